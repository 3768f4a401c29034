/// One thing noticed about a plot's geometry, with its place and figures.
public struct GeometryFinding: Sendable, Hashable, Codable {
  /// What follows from it.
  public enum Severity: String, Sendable, Hashable, Codable {
    /// The geometry cannot stand for a plot.
    case refuse
    /// It can, and someone should look.
    case warning
    /// It was put right without changing the land it covers.
    case mended
  }

  public let problem: GeometryProblem
  /// The path in the file, as `features[3].geometry.coordinates[0]`.
  public let place: String
  /// What the messages fill in, as `["longitude": "-76.5"]`.
  public let figures: [String: String]

  /// The check's number, as `G02`.
  public var code: String { problem.code }
  public var severity: Severity { problem.severity }

  public func message(in language: MessageLanguage) -> String {
    let texts = problem.texts
    return MessageTemplate.fill(language == .spanish ? texts.es : texts.en, figures)
  }

  /// What the person who sent it can do.
  public func remedy(in language: MessageLanguage) -> String {
    let remedies = problem.remedies
    return MessageTemplate.fill(language == .spanish ? remedies.es : remedies.en, figures)
  }
}

/// What can be wrong, odd or mended about a geometry. Raw values are stable.
public enum GeometryProblem: String, Sendable, Hashable, Codable, CaseIterable {
  // G01: the form of rings and positions
  case geometryMissing = "geometry-missing"
  case geometryEmpty = "geometry-empty"
  case lineNotPlot = "line-not-plot"
  case mixedGeometry = "mixed-geometry"
  case severalPoints = "several-points"
  case tooFewPositions = "too-few-positions"
  case ringNotClosed = "ring-not-closed"
  case notFinite = "not-finite"
  case outOfRange = "out-of-range"
  case axesSwapped = "axes-swapped"
  case noArea = "no-area"
  case windingTurned = "winding-turned"
  case furtherNumbersDropped = "further-numbers-dropped"
  case collectionJoined = "collection-joined"
  // G02: what encloses what
  case selfIntersection = "self-intersection"
  case ringRepeated = "ring-repeated"
  case holeOutsideShell = "hole-outside-shell"
  case partsOverlap = "parts-overlap"
  case invalid = "invalid"
  case notChecked = "not-checked"
  case hole = "hole"
  // G03 to G08: shapes and digits
  case duplicatePositions = "duplicate-positions"
  case shortSegment = "short-segment"
  case spike = "spike"
  case sliver = "sliver"
  case round = "round"
  case rectangle = "rectangle"
  case fewDecimals = "few-decimals"
  // G09: declared area
  case declaredAreaNotPositive = "declared-area-not-positive"
  case pointTooLarge = "point-too-large"
  case areaDiffers = "area-differs"

  public var code: String {
    switch self {
    case .geometryMissing, .geometryEmpty, .lineNotPlot, .mixedGeometry, .severalPoints,
      .tooFewPositions, .ringNotClosed, .notFinite, .outOfRange, .axesSwapped, .noArea,
      .windingTurned, .furtherNumbersDropped, .collectionJoined:
      "G01"
    case .selfIntersection, .ringRepeated, .holeOutsideShell, .partsOverlap, .invalid,
      .notChecked, .hole:
      "G02"
    case .duplicatePositions, .shortSegment: "G03"
    case .spike: "G04"
    case .sliver: "G05"
    case .round: "G06"
    case .rectangle: "G07"
    case .fewDecimals: "G08"
    case .declaredAreaNotPositive, .pointTooLarge, .areaDiffers: "G09"
    }
  }

  public var severity: GeometryFinding.Severity {
    switch self {
    case .windingTurned, .furtherNumbersDropped, .collectionJoined, .duplicatePositions: .mended
    case .hole, .shortSegment, .spike, .sliver, .round, .rectangle, .fewDecimals, .areaDiffers:
      .warning
    default: .refuse
    }
  }
}
