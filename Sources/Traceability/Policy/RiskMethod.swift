public import ValueTypes

/// How the shares that maps show become a class of risk: indicators with thresholds, and a tree
/// over their answers. Convergence of evidence as Whisp does it is one such method.
public struct RiskMethod: Sendable, Hashable, Codable {
  public struct Layer: Sendable, Hashable, Codable {
    public let kind: DatasetKind
    /// What the method's own tables call it.
    public let column: String?

    public init(kind: DatasetKind, column: String? = nil) {
      self.kind = kind
      self.column = column
    }
  }

  public struct Indicator: Sendable, Hashable, Codable {
    public let name: String
    public let es: String
    public let en: String
    /// The answer is yes where a layer's share of the plot is strictly above this.
    public let thresholdPercent: Double
    /// Of a layer with dates, only those in this period count.
    public let period: EvidencePeriod?
    /// Any one of them answers for all; they are never added up.
    public let layers: [Layer]

    public init(
      name: String, es: String, en: String, thresholdPercent: Double, period: EvidencePeriod?,
      layers: [Layer]
    ) {
      self.name = name
      self.es = es
      self.en = en
      self.thresholdPercent = thresholdPercent
      self.period = period
      self.layers = layers
    }
  }

  /// Applies where all its answers are given; one without any always applies.
  public struct Branch: Sendable, Hashable, Codable {
    public let answers: [String: Bool]
    public let risk: Risk

    public init(answers: [String: Bool], risk: Risk) {
      self.answers = answers
      self.risk = risk
    }
  }

  public enum Risk: String, Sendable, Hashable, Codable, CaseIterable {
    case low
    case moreInformationNeeded = "more-information-needed"
    case high
  }

  /// Name and release of the published method.
  public let method: String
  public let indicators: [Indicator]
  /// The indicator of forest at the baseline …
  public let baseline: String
  /// … and of what was lost after the cut-off.
  public let loss: String
  /// The first that applies decides.
  public let tree: [Branch]

  public init(
    method: String, indicators: [Indicator], baseline: String, loss: String, tree: [Branch]
  ) {
    self.method = method
    self.indicators = indicators
    self.baseline = baseline
    self.loss = loss
    self.tree = tree
  }

  /// The class for the indicators' answers; nil where no branch applies, or an answer is missing.
  public func risk(_ answers: [String: Bool]) -> Risk? {
    guard indicators.allSatisfy({ answers[$0.name] != nil }) else { return nil }
    return tree.first { branch in
      branch.answers.allSatisfy { answers[$0.key] == $0.value }
    }?.risk
  }

  func indicator(_ name: String) -> Indicator? { indicators.first { $0.name == name } }

  /// What is wrong with the method as it is written; nil if it can judge every plot.
  var fault: String? {
    let names = Set(indicators.map(\.name))
    if names.count != indicators.count { return "two indicators have one name" }
    for name in [baseline, loss] where !names.contains(name) {
      return "there is no indicator «\(name)»"
    }
    for indicator in indicators {
      if indicator.layers.isEmpty { return "indicator «\(indicator.name)» has no layer" }
      if !(0...100).contains(indicator.thresholdPercent) {
        return "the threshold of «\(indicator.name)» is no share in percent"
      }
    }
    for branch in tree {
      if let name = branch.answers.keys.first(where: { !names.contains($0) }) {
        return "the tree asks for «\(name)», which is no indicator"
      }
    }
    return tree.last?.answers.isEmpty == true
      ? nil : "the tree's last branch must apply always"
  }
}

/// Which of a layer's dates count.
public enum EvidencePeriod: Sendable, Hashable {
  /// Up to the cut-off day.
  case untilCutOff
  case afterCutOff
  /// After a day of its own.
  case after(CivilDate)
  /// In the year of the assessment or so many years before it.
  case lastYears(Int)
}

extension EvidencePeriod: Codable {
  private enum Key: String, CodingKey { case after, lastYears }

  public init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(String.self) {
      switch word {
      case "until-cut-off": self = .untilCutOff
      case "after-cut-off": self = .afterCutOff
      default:
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "no period: \(word)"))
      }
      return
    }
    let container = try decoder.container(keyedBy: Key.self)
    if let day = try container.decodeIfPresent(CivilDate.self, forKey: .after) {
      self = .after(day)
    } else {
      self = .lastYears(try container.decode(Int.self, forKey: .lastYears))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .untilCutOff, .afterCutOff:
      var container = encoder.singleValueContainer()
      try container.encode(self == .untilCutOff ? "until-cut-off" : "after-cut-off")
    case .after(let day):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(day, forKey: .after)
    case .lastYears(let years):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(years, forKey: .lastYears)
    }
  }
}

extension EvidencePeriod {
  /// The days that bound the period: after the first, up to the second.
  func bounds(cutOff: CivilDate, assessed: CivilDate) -> (after: CivilDate?, upTo: CivilDate?) {
    switch self {
    case .untilCutOff: (nil, cutOff)
    case .afterCutOff: (cutOff, nil)
    case .after(let day): (day, nil)
    case .lastYears(let years):
      // The whole year counts in which the period began: a map knows no day.
      (CivilDate(year: assessed.year - years - 1, month: 12, day: 31), nil)
    }
  }
}
