/// Kinds of vector file, told by their content.
public enum VectorFormat: String, Sendable, Hashable, CaseIterable {
  case geoJSON = "GeoJSON"
  case geoPackage = "GeoPackage"
  /// A zip with one shapefile.
  case shapefile = "Shapefile"
  case kml = "KML"
  /// A zip with one KML.
  case kmz = "KMZ"

  /// GDAL's driver, the only one that is let near the file.
  var driver: String {
    switch self {
    case .geoJSON: "GeoJSON"
    case .geoPackage: "GPKG"
    case .shapefile: "ESRI Shapefile"
    case .kml, .kmz: "LIBKML"
    }
  }

  /// Endings of names, in lower case.
  var endings: [String] {
    switch self {
    case .geoJSON: ["geojson", "json"]
    case .geoPackage: ["gpkg"]
    case .shapefile: ["zip"]
    case .kml: ["kml"]
    case .kmz: ["kmz"]
    }
  }

  /// What the first bytes of a file show; nil for none of these. A KMZ shows as a zip, which only
  /// its name's ending tells from a shapefile's.
  init?(head: [UInt8]) {
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      self = .shapefile
      return
    }
    if head.starts(with: Array("SQLite format 3\0".utf8)) {
      self = .geoPackage
      return
    }
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    switch text.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
    case UInt8(ascii: "{"): self = .geoJSON
    case UInt8(ascii: "<"): self = .kml
    default: return nil
    }
  }

  /// The format that a name's ending promises; nil for any other ending.
  public init?(ending name: String) {
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let format = Self.allCases.first(where: { $0.endings.contains(ending) }) else {
      return nil
    }
    self = format
  }
}
