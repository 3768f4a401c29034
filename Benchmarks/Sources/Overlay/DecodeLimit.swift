import CGeo
import Land

/// What no overlay on one thread can be faster than: decoding, once, each block that a plot's box
/// touches, through GDAL, and nothing else.
enum DecodeLimit {
  /// Seconds, with opening the file.
  static func seconds(_ plots: [PlotGeometry], _ source: RasterSource) throws -> Double {
    let raster = source.open()
    let grid = source.grid
    let (width, height) = (raster.blockColumns, raster.blockRows)
    let across = (grid.columns + width - 1) / width
    var blocks: Set<Int> = []
    for plot in plots {
      let box = plot.box
      let west = Int((box.west - grid.west) / grid.cellWidth) / width
      let east = Int((box.east - grid.west) / grid.cellWidth) / width
      let north = Int((grid.north - box.north) / grid.cellHeight) / height
      let south = Int((grid.north - box.south) / grid.cellHeight) / height
      for row in north...south {
        for column in west...east { blocks.insert(row * across + column) }
      }
    }
    let order = blocks.sorted()
    var memory = [UInt8](repeating: 0, count: width * height)
    let began = ContinuousClock.now
    guard let file = unsafe GDALOpen(source.path, GA_ReadOnly) else {
      throw Misuse("\(source.path) cannot be opened")
    }
    defer { unsafe GDALClose(file) }
    let band = unsafe GDALGetRasterBand(file, 1)
    for block in order {
      let answer = unsafe GDALReadBlock(
        band, Int32(block % across), Int32(block / across), &memory)
      guard answer == CE_None else { throw Misuse("\(source.path) cannot be read") }
    }
    return Clock.seconds(since: began)
  }
}
