import ValueTypes

/// A policy as its file has it. Version 1 of `eudr` named two thresholds and nothing else; later
/// files write their method out.
struct PolicyFile: Codable {
  let name: String
  let version: String
  let validFrom: CivilDate
  let source: String
  let cutOff: CivilDate
  let requiredDatasets: [DatasetKind]
  let treeCoverPercent: Double?
  let lossPercent: Double?
  let risk: RiskMethod?
  let rules: [PolicyRule]?
  let toleranceSquareMetres: Double
  let unseenPercent: Double?
  let pointLimitSquareMetres: Double
  let tenure: [TenureKind]

  var policy: Policy {
    get throws {
      if let fault = risk?.fault ?? rules?.lazy.compactMap(\.fault).first {
        throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: fault))
      }
      if let risk { return Policy(self, risk: risk, tellsRisk: true) }
      guard let treeCoverPercent, let lossPercent else {
        return Policy(self, risk: nil, tellsRisk: false)
      }
      return Policy(
        self, risk: Self.twoIndicators(treeCoverPercent, lossPercent), tellsRisk: false)
    }
  }

  /// Forest before, loss after.
  private static func twoIndicators(_ treeCover: Double, _ loss: Double) -> RiskMethod {
    RiskMethod(
      method: "tree cover and loss",
      indicators: [
        .init(
          name: "tree-cover", es: "bosque en la fecha límite", en: "tree cover at the cut-off",
          thresholdPercent: treeCover, period: nil, layers: [.init(kind: .forest2020)]),
        .init(
          name: "loss", es: "pérdida después de la fecha límite", en: "loss after the cut-off",
          thresholdPercent: loss, period: .afterCutOff, layers: [.init(kind: .lossYear)]),
      ],
      baseline: "tree-cover", loss: "loss",
      tree: [
        .init(answers: ["tree-cover": false], risk: .low),
        .init(answers: ["loss": false], risk: .moreInformationNeeded),
        .init(answers: [:], risk: .high),
      ])
  }
}
