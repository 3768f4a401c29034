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
    }
  }

  public var description: String { "\(code): \(detail)" }

  private var detail: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "\(path) is no GeoTIFF that can be read (\(reason)); check the path, or download it again"
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
    }
  }
}
