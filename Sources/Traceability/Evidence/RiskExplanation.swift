import ValueTypes

/// A class of risk with all that led to it, indicator by indicator.
public struct RiskExplanation: Sendable, Hashable, Codable {
  public struct Layer: Sendable, Hashable, Codable {
    public let kind: DatasetKind
    public let column: String?
    /// The dataset of this kind that shows most; nil where the assessment has none, which answers
    /// no by itself and is said.
    public let dataset: DatasetName?
    public let squareMetres: Double?
    /// Of the plot.
    public let percent: Double?
    public let isYes: Bool
  }

  public struct Indicator: Sendable, Hashable, Codable {
    public let name: String
    public let es: String
    public let en: String
    public let thresholdPercent: Double
    public let isYes: Bool
    public let layers: [Layer]
  }

  public let method: String
  public let indicators: [Indicator]
  /// Nil where the method's tree decides nothing.
  public let risk: RiskMethod.Risk?

  public init(method: String, indicators: [Indicator], risk: RiskMethod.Risk?) {
    self.method = method
    self.indicators = indicators
    self.risk = risk
  }
}

/// A share of a plot, as the method of convergence of evidence counts it.
public enum EvidenceShare {
  /// `value` of `area` in percent, as binary64 division and then multiplication, kept within 0 to
  /// 100. Of a plot without area any value above 0 is all of it. Nil where there is no value or no
  /// such area.
  public static func percent(_ value: Double?, of area: Double?) -> Double? {
    guard let value, let area, area >= 0 else { return nil }
    guard area > 0 else { return value > 0 ? 100 : 0 }
    return min(100, max(0, (value / area) * 100))
  }

  /// Strictly above; no value is a no.
  public static func isYes(_ percent: Double?, thresholdPercent: Double) -> Bool {
    percent.map { $0 > thresholdPercent } ?? false
  }
}
