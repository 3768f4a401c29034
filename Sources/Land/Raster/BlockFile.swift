import CGeo

/// One GeoTIFF and its GDAL handle, read by stored blocks.
///
/// Not `Sendable`: a handle belongs to one thread.
@safe
final class BlockFile {
  let path: String
  let bandNumber: Int
  let grid: RasterGrid
  let type: CellType
  let noData: Int?
  let blockColumns: Int
  let blockRows: Int
  private let handle: GDALDatasetH
  private let band: GDALRasterBandH

  /// A block is decoded whole, so a file of one enormous block could not be read in little memory.
  static let mostBlockBytes = 1 << 26

  var blocksAcross: Int { (grid.columns + blockColumns - 1) / blockColumns }
  var blockBytes: Int { blockColumns * blockRows * type.bytes }

  /// Georeference and values come from the file alone: what lies beside it (`.aux.xml`, `.tfw`) is
  /// not under its hash.
  init(_ path: String, band number: Int) throws(RasterError) {
    let handle = unsafe GDAL.quietly { () -> GDALDatasetH? in
      let flags = UInt32(GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
      return unsafe GDAL.withList(["GTiff"]) { drivers in
        unsafe GDAL.withList(["GEOREF_SOURCES=INTERNAL", "NUM_THREADS=1"]) { options in
          unsafe GDALOpenEx(
            path, flags, GDAL.constant(drivers), GDAL.constant(options), nil)
        }
      }
    }
    guard let handle = unsafe handle else {
      throw .cannotOpen(path: path, reason: GDAL.lastMessage)
    }
    do throws(RasterError) {
      self.grid = try unsafe Self.grid(of: handle, path: path)
      let band = unsafe try Self.band(number, of: handle, path: path)
      self.type = unsafe try Self.type(of: band, path: path)
      var columns: Int32 = 0
      var rows: Int32 = 0
      unsafe GDALGetBlockSize(band, &columns, &rows)
      (self.blockColumns, self.blockRows) = (Int(columns), Int(rows))
      self.noData = unsafe Self.noData(of: band)
      (self.path, self.bandNumber) = (path, number)
      unsafe self.handle = handle
      unsafe self.band = band
    } catch {
      unsafe GDALClose(handle)
      throw error
    }
    guard blockBytes <= Self.mostBlockBytes else {
      throw .blockTooLarge(path: path, bytes: blockBytes, limit: Self.mostBlockBytes)
    }
  }

  deinit { unsafe GDALClose(handle) }

  // MARK: What the file says of itself

  private static func band(
    _ number: Int, of handle: GDALDatasetH, path: String
  ) throws(RasterError) -> GDALRasterBandH {
    let bands = Int(unsafe GDALGetRasterCount(handle))
    guard (1...max(1, bands)).contains(number),
      let band = unsafe GDALGetRasterBand(handle, Int32(number))
    else { throw .bandMissing(path: path, band: number, bands: bands) }
    return unsafe band
  }

  private static func type(
    of band: GDALRasterBandH, path: String
  ) throws(RasterError) -> CellType {
    let type = unsafe GDALGetRasterDataType(band)
    let name = unsafe GDALGetDataTypeName(type).map { unsafe String(cString: $0) } ?? "unknown"
    guard let known = CellType(gdalName: name) else {
      throw .valuesNotWhole(path: path, type: name)
    }
    return known
  }

  private static func noData(of band: GDALRasterBandH) -> Int? {
    var isSet: Int32 = 0
    let value = unsafe GDALGetRasterNoDataValue(band, &isSet)
    return isSet != 0 ? Int(exactly: value) : nil
  }

  private static func grid(
    of handle: GDALDatasetH, path: String
  ) throws(RasterError) -> RasterGrid {
    unsafe try GDAL.checkWGS84(GDALGetSpatialRef(handle), path: path)
    var transform = [Double](repeating: 0, count: 6)
    let answer = unsafe GDALGetGeoTransform(handle, &transform)
    return try RasterGrid(
      transform: answer == CE_None ? transform : [],
      columns: Int(unsafe GDALGetRasterXSize(handle)),
      rows: Int(unsafe GDALGetRasterYSize(handle)), path: path)
  }

  // MARK: Reading

  /// Decodes one block, cells beyond the raster's edge included, past GDAL's own cache and the
  /// lock that its threads share.
  func read(
    blockColumn: Int, blockRow: Int, into memory: UnsafeMutableRawPointer
  ) throws(RasterError) {
    let answer = GDAL.quietly {
      unsafe GDALReadBlock(band, Int32(blockColumn), Int32(blockRow), memory)
    }
    guard answer == CE_None else { throw .cannotRead(path: path, reason: GDAL.lastMessage) }
  }
}

extension CellType {
  /// From GDAL's name of a type of whole numbers.
  init?(gdalName: String) {
    switch gdalName {
    case "Byte": self = .uint8
    case "UInt16": self = .uint16
    case "Int16": self = .int16
    case "Int32": self = .int32
    default: return nil
    }
  }
}

extension RasterGrid {
  /// From GDAL's six numbers of a geotransform.
  init(
    transform: [Double], columns: Int, rows: Int, path: String
  ) throws(RasterError) {
    guard transform.count == 6, transform.allSatisfy(\.isFinite), transform[2] == 0,
      transform[4] == 0, transform[1] > 0, transform[5] < 0
    else { throw .notNorthUp(path: path) }
    self.init(
      west: transform[0], north: transform[3], cellWidth: transform[1],
      cellHeight: -transform[5], columns: columns, rows: rows)
  }
}
