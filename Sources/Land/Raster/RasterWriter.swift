import CGeo

/// Writes maps of classes as GeoTIFF: EPSG:4326, one band of bytes, tiled, DEFLATE.
public enum RasterWriter {
  /// Most columns or rows; a 10° tile at 10 m has some 111,000.
  public static let mostCellsAside = 1 << 20

  /// Writes a raster a row of tiles at a time.
  ///
  /// The same cells give the same bytes with the same GDAL: tiles are written in order, by one
  /// thread, with fixed settings. The file appears under its name only when it is whole.
  /// - Parameters:
  ///   - tile: cells along a tile's side, a multiple of 16.
  ///   - noData: the value that means "nothing known here".
  ///   - cells: gives a window's values row by row from the north-west; called from north to
  ///     south with windows as wide as the raster.
  public static func write(
    to path: String, grid: RasterGrid, tile: Int = 256, noData: UInt8? = nil,
    cells: (RasterWindow) throws -> [UInt8]
  ) throws {
    try check(grid, tile: tile)
    let partial = path + ".partial"
    do {
      let raster = try NewRaster(path: partial, grid: grid, tile: tile, noData: noData)
      for row in stride(from: 0, to: grid.rows, by: tile) {
        let window = RasterWindow(
          column: 0, row: row, columns: grid.columns, rows: min(tile, grid.rows - row))
        try raster.write(try cells(window), to: window)
      }
      try raster.finish()
    } catch {
      _ = unsafe remove(partial)
      throw error
    }
    guard unsafe rename(partial, path) == 0 else {
      _ = unsafe remove(partial)
      throw RasterError.cannotWrite(path: path, reason: "the file could not be given its name")
    }
  }

  private static func check(_ grid: RasterGrid, tile: Int) throws(RasterError) {
    guard (1...mostCellsAside).contains(grid.columns), (1...mostCellsAside).contains(grid.rows)
    else { throw .badGrid(reason: "a raster has 1 to \(mostCellsAside) columns and rows") }
    guard grid.cellWidth > 0, grid.cellHeight > 0, grid.cellWidth.isFinite,
      grid.cellHeight.isFinite
    else { throw .badGrid(reason: "cells need a positive width and height in degrees") }
    guard (16...4_096).contains(tile), tile.isMultiple(of: 16) else {
      throw .badGrid(reason: "a tile's side is a multiple of 16, up to 4096")
    }
  }
}

/// A GeoTIFF being written; closed when it goes.
@safe
private final class NewRaster {
  private let path: String
  private var handle: GDALDatasetH?

  init(path: String, grid: RasterGrid, tile: Int, noData: UInt8?) throws(RasterError) {
    self.path = path
    let settings = [
      "TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=6", "PREDICTOR=1", "NUM_THREADS=1",
      "BLOCKXSIZE=\(tile)", "BLOCKYSIZE=\(tile)", "BIGTIFF=IF_SAFER",
    ]
    let handle = unsafe GDAL.quietly { () -> GDALDatasetH? in
      guard let driver = unsafe GDALGetDriverByName("GTiff") else { return nil }
      return unsafe GDAL.withList(settings) { options in
        unsafe GDALCreate(
          driver, path, Int32(grid.columns), Int32(grid.rows), 1, GDT_Byte, options)
      }
    }
    guard let handle = unsafe handle else {
      throw .cannotWrite(path: path, reason: GDAL.lastMessage)
    }
    unsafe self.handle = handle
    var transform = [grid.west, grid.cellWidth, 0, grid.north, 0, -grid.cellHeight]
    let isPlaced = GDAL.quietly {
      let reference = unsafe OSRNewSpatialReference(nil)
      defer { unsafe OSRDestroySpatialReference(reference) }
      return unsafe OSRImportFromEPSG(reference, 4326) == 0
        && GDALSetSpatialRef(handle, reference) == CE_None
        && GDALSetGeoTransform(handle, &transform) == CE_None
    }
    guard isPlaced else { throw .cannotWrite(path: path, reason: GDAL.lastMessage) }
    if let noData {
      unsafe GDALSetRasterNoDataValue(GDALGetRasterBand(handle, 1), Double(noData))
    }
  }

  deinit {
    if let handle = unsafe handle { unsafe GDALClose(handle) }
  }

  func write(_ cells: [UInt8], to window: RasterWindow) throws(RasterError) {
    guard cells.count == window.columns * window.rows else {
      throw .wrongCellCount(expected: window.columns * window.rows, found: cells.count)
    }
    var cells = cells
    let answer = GDAL.quietly {
      let answer = unsafe cells.withUnsafeMutableBytes {
        unsafe GDALRasterIO(
          GDALGetRasterBand(handle, 1), GF_Write, Int32(window.column), Int32(window.row),
          Int32(window.columns), Int32(window.rows), $0.baseAddress, Int32(window.columns),
          Int32(window.rows), GDT_Byte, 0, 0)
      }
      // Tiles leave the cache in the order they came, not in the order it runs full.
      unsafe GDALFlushCache(handle)
      return answer
    }
    guard answer == CE_None, CPLGetLastErrorType() == CE_None else {
      throw .cannotWrite(path: path, reason: GDAL.lastMessage)
    }
  }

  /// Closes the file; GDAL reports a full disk only now.
  func finish() throws(RasterError) {
    GDAL.quietly { unsafe GDALClose(handle) }
    unsafe handle = nil
    guard CPLGetLastErrorType() == CE_None else {
      throw .cannotWrite(path: path, reason: GDAL.lastMessage)
    }
  }
}
