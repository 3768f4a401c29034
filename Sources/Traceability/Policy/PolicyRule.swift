import ValueTypes

/// One rule of a policy beyond its method of risk: broken where all its conditions hold.
public struct PolicyRule: Sendable, Hashable, Codable {
  /// What must hold together. Of those not given none is asked.
  public struct Condition: Sendable, Hashable, Codable {
    /// The plot has this area or more, hectares.
    public let fromHectares: Double?
    /// The strongest of these layers …
    public let layers: [DatasetKind]?
    /// … counting only dates of this period …
    public let period: EvidencePeriod?
    /// … shows strictly more than this share of the plot, percent …
    public let abovePercent: Double?
    /// … and strictly more than this, m²; the policy's tolerance where it is not given.
    public let aboveSquareMetres: Double?
    /// Planted after this year, or nobody says when.
    public let plantedAfter: Int?

    public init(
      fromHectares: Double? = nil, layers: [DatasetKind]? = nil, period: EvidencePeriod? = nil,
      abovePercent: Double? = nil, aboveSquareMetres: Double? = nil, plantedAfter: Int? = nil
    ) {
      self.fromHectares = fromHectares
      self.layers = layers
      self.period = period
      self.abovePercent = abovePercent
      self.aboveSquareMetres = aboveSquareMetres
      self.plantedAfter = plantedAfter
    }
  }

  public let name: String
  /// Where the rule is written.
  public let source: String
  public let conditions: [Condition]
  /// The worst verdict that a plot which breaks it can have.
  public let verdict: Verdict
  /// A finding of this kind on the same assessment, dismissed with evidence, answers it.
  public let answeredBy: FindingKind?
  /// What is said of a plot that breaks it; `{hectares}`, `{percent}`, `{map}` and
  /// `{plotHectares}` become the figures.
  public let es: String
  public let en: String

  public init(
    name: String, source: String, conditions: [Condition], verdict: Verdict,
    answeredBy: FindingKind?, es: String, en: String
  ) {
    self.name = name
    self.source = source
    self.conditions = conditions
    self.verdict = verdict
    self.answeredBy = answeredBy
    self.es = es
    self.en = en
  }

  /// The kinds of datasets without which the rule cannot be judged.
  var kinds: [DatasetKind] { conditions.flatMap { $0.layers ?? [] } }

  /// What is wrong with the rule as it is written; nil if it can judge.
  var fault: String? {
    if conditions.isEmpty { return "rule «\(name)» has no condition" }
    if verdict == .deforestationFree { return "rule «\(name)» bars nothing" }
    for condition in conditions {
      let asks =
        condition.fromHectares != nil || condition.layers != nil
        || condition.plantedAfter != nil
      if !asks || condition.layers?.isEmpty == true {
        return "a condition of rule «\(name)» asks nothing"
      }
    }
    return nil
  }
}
