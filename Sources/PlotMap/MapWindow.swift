public import Land

/// The cells of a raster map that a picture needs: never more than so many each way, however
/// large the plot.
public struct MapWindow: Sendable {
  /// More would be smaller than what an eye, or the paper, tells apart.
  public static let mostCellsAside = 384

  public let grid: RasterGrid
  public let values: [Int32]
  /// Each value stands for so many cells of the map each way: that of the middle one.
  public let stride: Int

  /// Reads what lies in the frame; nothing where the map does not reach it.
  public static func read(
    _ raster: RasterDataset, for frame: MapFrame
  ) throws(RasterError) -> MapWindow {
    let (grid, box) = (raster.grid, frame.box)
    let columns = range(
      from: (box.west - grid.west) / grid.cellWidth, to: (box.east - grid.west) / grid.cellWidth,
      within: grid.columns)
    let rows = range(
      from: (grid.north - box.north) / grid.cellHeight,
      to: (grid.north - box.south) / grid.cellHeight, within: grid.rows)
    guard !columns.isEmpty, !rows.isEmpty else {
      return MapWindow(
        grid: RasterGrid(
          west: box.west, north: box.north, cellWidth: grid.cellWidth, cellHeight: grid.cellHeight,
          columns: 0, rows: 0), values: [], stride: 1)
    }
    let most = mostCellsAside
    let stride = max(1, (max(columns.count, rows.count) + most - 1) / most)
    let part = RasterGrid(
      west: grid.west + Double(columns.lowerBound) * grid.cellWidth,
      north: grid.north - Double(rows.lowerBound) * grid.cellHeight,
      cellWidth: grid.cellWidth * Double(stride), cellHeight: grid.cellHeight * Double(stride),
      columns: (columns.count + stride - 1) / stride, rows: (rows.count + stride - 1) / stride)
    if stride == 1 {
      let values = try raster.read(
        RasterWindow(
          column: columns.lowerBound, row: rows.lowerBound, columns: columns.count,
          rows: rows.count))
      return MapWindow(grid: part, values: values, stride: 1)
    }
    var values: [Int32] = []
    values.reserveCapacity(part.columns * part.rows)
    for row in 0..<part.rows {
      let middle = min(rows.upperBound - 1, rows.lowerBound + row * stride + stride / 2)
      let line = try raster.read(
        RasterWindow(column: columns.lowerBound, row: middle, columns: columns.count, rows: 1))
      for column in 0..<part.columns {
        values.append(line[min(line.count - 1, column * stride + stride / 2)])
      }
    }
    return MapWindow(grid: part, values: values, stride: stride)
  }

  /// Whole cells that a span touches.
  private static func range(from: Double, to: Double, within count: Int) -> Range<Int> {
    let limit = Double(count)
    let first = Int(min(limit, max(0, from.rounded(.down))))
    let end = Int(min(limit, max(0, to.rounded(.up))))
    return first..<max(first, end)
  }
}

extension MapLayer {
  /// A layer from a window of its map.
  public init(
    dataset: String, version: String, meaning: MapMeaning, window: MapWindow, noData: Int?,
    measured: Measured? = nil
  ) {
    self.init(
      dataset: dataset, version: version, meaning: meaning, grid: window.grid,
      values: window.values, noData: noData, stride: window.stride, measured: measured)
  }
}
