/// Why a raster could not be read or written.
public enum RasterError: Error, Sendable, Hashable, CustomStringConvertible {
  case cannotOpen(path: String, reason: String)
  case bandMissing(path: String, band: Int, bands: Int)
  case notWGS84(path: String, found: String)
  case notNorthUp(path: String)
  case valuesNotWhole(path: String, type: String)
  case windowOutside(RasterWindow)
  case windowTooLarge(cells: Int, limit: Int)
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case wrongCellCount(expected: Int, found: Int)
  case badGrid(reason: String)
  case blockTooLarge(path: String, bytes: Int, limit: Int)
  /// A VRT that is more than GeoTIFFs laid beside each other.
  case mosaicDerived(path: String, found: String)
  case mosaicMember(path: String, member: String, reason: String)
  /// A member that would be resampled or shifted.
  case mosaicMisplaced(path: String, member: String, reason: String)
  case mosaicNoData(path: String, member: String, found: Int, expected: Int?)
  case mosaicGap(path: String)
  case mosaicMalformed(path: String, reason: String)

  /// A stable name.
  public var code: String {
    switch self {
    case .cannotOpen: "raster-cannot-open"
    case .bandMissing: "raster-band-missing"
    case .notWGS84: "raster-not-wgs84"
    case .notNorthUp: "raster-not-north-up"
    case .valuesNotWhole: "raster-values-not-whole"
    case .windowOutside: "raster-window-outside"
    case .windowTooLarge: "raster-window-too-large"
    case .cannotRead: "raster-cannot-read"
    case .cannotWrite: "raster-cannot-write"
    case .wrongCellCount: "raster-wrong-cell-count"
    case .badGrid: "raster-bad-grid"
    case .blockTooLarge: "raster-block-too-large"
    case .mosaicDerived: "raster-mosaic-derived"
    case .mosaicMember: "raster-mosaic-member"
    case .mosaicMisplaced: "raster-mosaic-misplaced"
    case .mosaicNoData: "raster-mosaic-nodata"
    case .mosaicGap: "raster-mosaic-gap"
    case .mosaicMalformed: "raster-mosaic-malformed"
    }
  }

  public var description: String { "\(code): \(detail)" }

  private var detail: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "\(path) is no GeoTIFF or VRT that can be read (\(reason)); check the path, or download it"
        + " again"
    case .bandMissing(let path, let band, let bands):
      "\(path) has \(bands) bands and no band \(band)"
    case .notWGS84(let path, let found):
      "\(path) is in \(found); reproject it to EPSG:4326 by nearest neighbour"
    case .notNorthUp(let path):
      "\(path) is turned or has no geotransform; rewrite it north-up"
    case .valuesNotWhole(let path, let type):
      "\(path) holds \(type) values; classes must be whole numbers of 8 or 16 bits, or Int32"
    case .windowOutside(let window): "\(window) reaches beyond the raster"
    case .windowTooLarge(let cells, let limit):
      "\(cells) cells asked for at once, the most is \(limit); read fewer rows at a time"
    case .cannotRead(let path, let reason):
      "\(path): \(reason); the file may be damaged, download it again"
    case .cannotWrite(let path, let reason): "\(path): \(reason); check the folder and the space"
    case .wrongCellCount(let expected, let found):
      "a window needs \(expected) cells and \(found) came"
    case .badGrid(let reason): reason
    case .blockTooLarge(let path, let bytes, let limit):
      "\(path) is stored in blocks of \(bytes) bytes, the most is \(limit); rewrite it in tiles: "
        + "gdal_translate -co TILED=YES -co COMPRESS=DEFLATE"
    case .mosaicDerived(let path, let found):
      "\(path) computes its values (\(found)); a VRT may only lay GeoTIFFs side by side: write "
        + "the values out with gdal_translate"
    case .mosaicMember(let path, let member, let reason):
      "\(path) names \(member): \(reason); members must be GeoTIFFs on this machine: put the "
        + "file there, or build the VRT anew with gdalbuildvrt"
    case .mosaicMisplaced(let path, let member, let reason):
      "\(path) names \(member): \(reason); members must lie on one grid of cells: bring them "
        + "to it with gdalwarp -r near -tap"
    case .mosaicNoData(let path, let member, let found, let expected):
      "\(path) says that \(expected.map { "\($0)" } ?? "no value") means nothing known, and "
        + "\(member) says \(found); build the VRT anew with gdalbuildvrt -srcnodata and -vrtnodata"
    case .mosaicGap(let path):
      "\(path) has cells that no member fills and no value for nothing known; build it anew "
        + "with gdalbuildvrt -vrtnodata and a value that no class has"
    case .mosaicMalformed(let path, let reason):
      "\(path) is no VRT that can be read (\(reason)); build it anew with gdalbuildvrt"
    }
  }
}
