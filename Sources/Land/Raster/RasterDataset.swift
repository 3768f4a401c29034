import CGeo
public import ValueTypes

/// A map of classes in a GeoTIFF, read by windows through one GDAL handle.
///
/// Not `Sendable`: a handle belongs to one thread or actor; open the file again for another.
@safe
public final class RasterDataset {
  /// Most cells that one read may return (4 bytes each).
  public static let mostWindowCells = 1 << 24

  public let path: String
  public let grid: RasterGrid
  /// The value that means "nothing known here"; nil if every value means something.
  public let noData: Int?
  /// Cells of a stored block; reading along them decodes each once.
  public let blockColumns: Int
  public let blockRows: Int

  private let handle: GDALDatasetH
  private let band: GDALRasterBandH

  /// Opens a GeoTIFF in EPSG:4326, north up, with whole-number values.
  ///
  /// - Parameters:
  ///   - band: counted from 1.
  ///   - noData: the value that means "nothing known here", where the file does not say so;
  ///     nil takes the file's own.
  public static func open(
    _ path: String, band: Int = 1, noData: Int? = nil
  ) throws(RasterError) -> RasterDataset {
    // GDAL would take /vsicurl/ and its like as an address to fetch.
    guard !path.hasPrefix("/vsi") else {
      throw .cannotOpen(path: path, reason: "not a file of this machine")
    }
    let handle = unsafe GDAL.quietly { () -> GDALDatasetH? in
      let flags = UInt32(GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
      return unsafe GDAL.withList(["GTiff"]) { drivers in
        unsafe GDALOpenEx(
          path, flags,
          UnsafeRawPointer(drivers)?
            .assumingMemoryBound(to: UnsafePointer<CChar>?.self), nil, nil)
      }
    }
    guard let handle = unsafe handle else {
      throw .cannotOpen(path: path, reason: GDAL.lastMessage)
    }
    return try unsafe RasterDataset(path: path, handle: handle, band: band, noData: noData)
  }

  private init(
    path: String, handle: GDALDatasetH, band: Int, noData: Int?
  ) throws(RasterError) {
    do throws(RasterError) {
      self.grid = try unsafe Self.grid(of: handle, path: path)
      let band = unsafe try Self.band(band, of: handle, path: path)
      var columns: Int32 = 0
      var rows: Int32 = 0
      unsafe GDALGetBlockSize(band, &columns, &rows)
      self.blockColumns = Int(columns)
      self.blockRows = Int(rows)
      self.noData = unsafe noData ?? Self.noData(of: band)
      self.path = path
      unsafe self.handle = handle
      unsafe self.band = band
    } catch {
      unsafe GDALClose(handle)
      throw error
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
    let type = unsafe GDALGetRasterDataType(band)
    guard [GDT_Byte, GDT_UInt16, GDT_Int16, GDT_Int32].contains(type) else {
      let name = unsafe GDALGetDataTypeName(type).map { unsafe String(cString: $0) } ?? "unknown"
      throw .valuesNotWhole(path: path, type: name)
    }
    return unsafe band
  }

  private static func noData(of band: GDALRasterBandH) -> Int? {
    var isSet: Int32 = 0
    let value = unsafe GDALGetRasterNoDataValue(band, &isSet)
    return isSet != 0 ? Int(exactly: value) : nil
  }

  private static func grid(
    of handle: GDALDatasetH, path: String
  ) throws(RasterError) -> RasterGrid {
    guard let reference = unsafe GDALGetSpatialRef(handle) else {
      throw .notWGS84(path: path, found: "no coordinate reference system")
    }
    let code = unsafe OSRGetAuthorityCode(reference, nil).map { unsafe String(cString: $0) }
    guard code == "4326" else {
      let name = unsafe OSRGetName(reference).map { unsafe String(cString: $0) } ?? "unknown"
      throw .notWGS84(path: path, found: code.map { "EPSG:\($0) (\(name))" } ?? name)
    }
    var transform = [Double](repeating: 0, count: 6)
    guard unsafe GDALGetGeoTransform(handle, &transform) == CE_None,
      transform[2] == 0, transform[4] == 0, transform[1] > 0, transform[5] < 0,
      transform.allSatisfy(\.isFinite)
    else { throw .notNorthUp(path: path) }
    return RasterGrid(
      west: transform[0], north: transform[3], cellWidth: transform[1],
      cellHeight: -transform[5], columns: Int(unsafe GDALGetRasterXSize(handle)),
      rows: Int(unsafe GDALGetRasterYSize(handle)))
  }

  // MARK: Reading

  /// The values of a window, row by row from the north-west.
  public func read(_ window: RasterWindow) throws(RasterError) -> [Int32] {
    guard window.intersection(grid.window) == window else { throw .windowOutside(window) }
    let cells = window.columns * window.rows
    guard cells <= Self.mostWindowCells else {
      throw .windowTooLarge(cells: cells, limit: Self.mostWindowCells)
    }
    var values = [Int32](repeating: 0, count: cells)
    let answer = GDAL.quietly {
      unsafe values.withUnsafeMutableBytes {
        unsafe GDALRasterIO(
          band, GF_Read, Int32(window.column), Int32(window.row), Int32(window.columns),
          Int32(window.rows), $0.baseAddress, Int32(window.columns), Int32(window.rows),
          GDT_Int32, 0, 0)
      }
    }
    guard answer == CE_None else { throw .cannotRead(path: path, reason: GDAL.lastMessage) }
    return values
  }

  /// SHA-256 of the file as it is on disk now, read piece by piece.
  public func sha256() throws(RasterError) -> SHA256Digest {
    try FileDigest.sha256(path)
  }
}
