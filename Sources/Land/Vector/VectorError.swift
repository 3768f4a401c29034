/// Why a vector file could not be read or used, and where.
public struct VectorError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable names; a user interface may key its own words by them.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    // The file
    case notLocalFile = "vector-not-local-file"
    case tooManyBytes = "vector-too-many-bytes"
    case unknownFormat = "vector-unknown-format"
    case endingLies = "vector-ending-lies"
    case bareShapefile = "vector-bare-shapefile"
    case inUse = "vector-in-use"
    case cannotOpen = "vector-cannot-open"
    // Zip
    case zipDamaged = "vector-zip-damaged"
    case zipUnsafeName = "vector-zip-unsafe-name"
    case zipTooManyEntries = "vector-zip-too-many-entries"
    case zipTooLarge = "vector-zip-too-large"
    case zipNotSupported = "vector-zip-not-supported"
    case zipNoShapefile = "vector-zip-no-shapefile"
    case kmzNoDocument = "vector-kmz-no-document"
    case kmzSeveralDocuments = "vector-kmz-several-documents"
    case zipSeveralShapefiles = "vector-zip-several-shapefiles"
    case zipPartMissing = "vector-zip-part-missing"
    // KML
    case kmlNotXML = "vector-kml-not-xml"
    case kmlDoctype = "vector-kml-doctype"
    case kmlLink = "vector-kml-link"
    case kmlTooDeep = "vector-kml-too-deep"
    case placemarksLost = "vector-placemarks-lost"
    // Layers and reference systems
    case noLayer = "vector-no-layer"
    case severalLayers = "vector-several-layers"
    case referenceMissing = "vector-reference-missing"
    case cannotReproject = "vector-cannot-reproject"
    // Features
    case tooManyFeatures = "vector-too-many-features"
    case tooManyPositions = "vector-too-many-positions"
    case cannotRead = "vector-cannot-read"
    case notText = "vector-not-text"
    case curved = "vector-curved"
    case noGeometry = "vector-no-geometry"
    case notArea = "vector-not-area"
    case ringNotClosed = "vector-ring-not-closed"
    case outOfRange = "vector-out-of-range"
    case invalid = "vector-invalid"
    case fieldMissing = "vector-field-missing"
    // Reckoning
    case engine = "vector-engine"
    case areasDisagree = "vector-areas-disagree"
  }

  public let code: Code
  /// The feature concerned, counted from 1 through the file; nil when none is.
  public let feature: Int?
  /// The layer, field, entry or part concerned; empty for the file as a whole.
  public let place: String
  /// What the messages fill in, as `["limit": "1000"]`.
  public let figures: [String: String]

  init(
    _ code: Code, feature: Int? = nil, at place: String = "", _ figures: [String: String] = [:]
  ) {
    self.code = code
    self.feature = feature
    self.place = place
    self.figures = figures
  }

  public var description: String {
    let number = feature.map { " at feature \($0)" } ?? ""
    let part = place.isEmpty ? "" : " (\(place))"
    return "\(code.rawValue)\(number)\(part): \(message(in: .english))"
  }

  /// What was wrong.
  public func message(in language: MessageLanguage) -> String {
    MessageTemplate.fill(language == .spanish ? code.texts.es : code.texts.en, filled)
  }

  /// What to do about it.
  public func remedy(in language: MessageLanguage) -> String {
    MessageTemplate.fill(language == .spanish ? code.remedies.es : code.remedies.en, filled)
  }

  private var filled: [String: String] {
    var all = figures
    all["place"] = place
    return all
  }
}

extension VectorError {
  /// A failure of the geometry engine, where nothing of the file is to blame.
  init(_ error: GEOSError, feature: Int? = nil) {
    self.init(.engine, feature: feature, ["reason": error.reason])
  }
}
