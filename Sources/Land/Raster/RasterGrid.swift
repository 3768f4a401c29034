/// Where a raster lies: north-up, in degrees of WGS 84.
public struct RasterGrid: Sendable, Hashable {
  /// Longitude of the west edge and latitude of the north edge.
  public let west: Double
  public let north: Double
  /// Degrees, both positive.
  public let cellWidth: Double
  public let cellHeight: Double
  public let columns: Int
  public let rows: Int

  public init(
    west: Double, north: Double, cellWidth: Double, cellHeight: Double, columns: Int, rows: Int
  ) {
    self.west = west
    self.north = north
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
    self.columns = columns
    self.rows = rows
  }

  public var box: GeographicBox {
    GeographicBox(
      west: west, south: north - Double(rows) * cellHeight,
      east: west + Double(columns) * cellWidth, north: north)
  }

  /// The whole raster.
  public var window: RasterWindow { RasterWindow(column: 0, row: 0, columns: columns, rows: rows) }

  /// Square metres of any cell of a row, on the ellipsoid; rows beyond the raster have one too,
  /// and what lies beyond a pole has none.
  public func cellSquareMetres(row: Int) -> Double {
    let top = north - Double(row) * cellHeight
    let bottom = north - Double(row + 1) * cellHeight
    guard top <= 90, bottom >= -90 else {
      let clampedTop = min(max(top, -90), 90)
      let clampedBottom = min(max(bottom, -90), 90)
      return EllipsoidStrip.squareMetres(
        middle: (clampedTop + clampedBottom) / 2, height: clampedTop - clampedBottom,
        width: cellWidth)
    }
    return EllipsoidStrip.squareMetres(
      middle: (top + bottom) / 2, height: cellHeight, width: cellWidth)
  }
}

/// Cells of a raster, counted from its north-west corner.
public struct RasterWindow: Sendable, Hashable {
  public let column: Int
  public let row: Int
  public let columns: Int
  public let rows: Int

  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = columns
    self.rows = rows
  }

  func contains(_ other: RasterWindow) -> Bool {
    other.column >= column && other.row >= row
      && other.column + other.columns <= column + columns
      && other.row + other.rows <= row + rows
  }

  /// What both have; nil if nothing.
  func intersection(_ other: RasterWindow) -> RasterWindow? {
    let left = max(column, other.column)
    let top = max(row, other.row)
    let right = min(column + columns, other.column + other.columns)
    let bottom = min(row + rows, other.row + other.rows)
    guard left < right, top < bottom else { return nil }
    return RasterWindow(column: left, row: top, columns: right - left, rows: bottom - top)
  }
}
