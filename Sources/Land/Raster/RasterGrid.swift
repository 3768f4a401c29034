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
    cellSquareMetres(rows: SIMD4(repeating: Double(row)), strip)[0]
  }

  /// A cell as a strip; what is the same of every row is computed once.
  var strip: EllipsoidStrip { EllipsoidStrip(height: cellHeight, width: cellWidth) }

  /// The same of four rows, whose numbers are given.
  func cellSquareMetres(rows: SIMD4<Double>, _ strip: EllipsoidStrip) -> SIMD4<Double> {
    let top = north - rows * cellHeight
    let bottom = north - (rows + 1) * cellHeight
    var areas = strip.squareMetres(middles: (top + bottom) / 2)
    for lane in 0..<4 where top[lane] > 90 || bottom[lane] < -90 {
      areas[lane] = clampedSquareMetres(top[lane], bottom[lane])
    }
    return areas
  }

  /// Of a cell that reaches over a pole, what is on the earth.
  private func clampedSquareMetres(_ top: Double, _ bottom: Double) -> Double {
    let (top, bottom) = (min(max(top, -90), 90), min(max(bottom, -90), 90))
    guard top > bottom else { return 0 }
    return EllipsoidStrip(height: top - bottom, width: cellWidth)
      .squareMetres(middles: SIMD4(repeating: (top + bottom) / 2))[0]
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
