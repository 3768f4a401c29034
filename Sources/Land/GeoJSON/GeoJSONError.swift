/// Why a file was not read as GeoJSON, and where.
public struct GeoJSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable names; a user interface may key its own words by them.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case tooManyBytes = "geojson-too-many-bytes"
    case notUTF8 = "geojson-not-utf8"
    case tooDeep = "geojson-too-deep"
    case tooManyFeatures = "geojson-too-many-features"
    case tooManyPositions = "geojson-too-many-positions"
    case numberTooLong = "geojson-number-too-long"
    case endsTooEarly = "geojson-ends-too-early"
    case notJSON = "geojson-not-json"
    case numberOutOfRange = "geojson-number-out-of-range"
    case duplicateMember = "geojson-duplicate-member"
    case memberMissing = "geojson-member-missing"
    case misplacedMember = "geojson-misplaced-member"
    case wrongKind = "geojson-wrong-kind"
    case unknownType = "geojson-unknown-type"
    case badCoordinates = "geojson-bad-coordinates"
    case crsNotSupported = "geojson-crs-not-supported"
  }

  public let code: Code
  /// The path of the value concerned, as `features[3].geometry`; empty for the whole document.
  public let place: String
  /// The feature concerned, counted from 0; nil when none is.
  public let featureIndex: Int?
  /// Where in the file, in bytes from its start.
  public let byteOffset: Int
  /// What the messages fill in, as `["limit": "64"]`.
  public let figures: [String: String]

  init(_ code: Code, at path: JSONPath, byte: Int, _ figures: [String: String] = [:]) {
    self.code = code
    self.place = path.text
    self.featureIndex = path.featureIndex
    self.byteOffset = byte
    self.figures = figures
  }

  public var description: String {
    "\(code.rawValue) at \(place.isEmpty ? "the document" : place), byte \(byteOffset): "
      + message(in: .english)
  }

  /// What was wrong.
  public func message(in language: MessageLanguage) -> String {
    guard language == .spanish else { return MessageTemplate.fill(code.texts.en, figures) }
    let inSpanish = figures.mapValues { Self.spanishWords[$0] ?? $0 }
    return MessageTemplate.fill(code.texts.es, inSpanish)
  }

  /// What to do about it.
  public func remedy(in language: MessageLanguage) -> String {
    MessageTemplate.fill(language == .spanish ? code.remedies.es : code.remedies.en, figures)
  }
}
