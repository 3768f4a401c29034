/// One thing noticed about a plot's geometry, with its place and figures.
public struct GeometryFinding: Sendable, Hashable, Codable {
  /// What follows from it.
  public enum Severity: String, Sendable, Hashable, Codable {
    /// The geometry cannot stand for a plot.
    case refuse
    /// It can, and it proves nothing until someone has looked.
    case critical
    /// It can, and someone should look.
    case warning
    /// It was put right without changing the land it covers.
    case mended
    /// For information; nothing needs doing.
    case notice
  }

  public let problem: GeometryProblem
  /// The path in the file, as `features[3].geometry.coordinates[0][12]`.
  public let place: String
  /// The corner concerned, where it is one or is near one.
  public let spot: GeometrySpot?
  /// What the messages fill in, as `["longitude": "-76.5"]`.
  public let figures: [String: String]

  init(
    problem: GeometryProblem, place: String, spot: GeometrySpot? = nil, figures: [String: String]
  ) {
    self.problem = problem
    self.place = place
    self.spot = spot
    self.figures = figures
  }

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

/// Where a finding lies, for a map and for whoever opens the file; all counted from 0 as received.
public struct GeometrySpot: Sendable, Hashable, Codable {
  /// The polygon's number in the geometry, or the point's.
  public let part: Int
  /// 0 for the shell, then the holes.
  public let ring: Int
  /// The corner; where a side is concerned, the one it starts from.
  public let vertex: Int
  /// Degrees; on a side, between its corners.
  public let longitude: Double
  public let latitude: Double
}
