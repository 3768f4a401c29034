import Testing
import Traceability
import ValueTypes

/// Policies that are files: eligibility for trees, palm oil, and one made up here.
struct PolicyRuleTests {
  private static let layers: [(name: String, meaning: DatasetMeaning)] = [
    ("forest-2020", .values([1])), ("loss-year", .yearsAfter(zero: 2_000)),
    ("primary-forest", .values([1])), ("protected-area", .inside),
    ("conservation-concession", .inside), ("hcv-area", .inside), ("hcs-area", .inside),
  ]

  /// A plot of so many hectares on which the layers show these values on these shares.
  private func reasons(
    _ name: String, hectares: Double = 2, planted: Int? = 2_012,
    _ shown: [String: (value: Int, share: Double)], without: String? = nil,
    dismissing: FindingKind? = nil
  ) throws -> [Reason] {
    var ledger = try Scenario()
    try ledger.givenParties()
    let plain = try Make.plot("A", producer: "P1", hectares: hectares)
    try ledger.when(
      .registerPlot(
        PlotRegistered(
          plot: plain.plot, producer: plain.producer, commodities: ["oil-palm"], country: "PE",
          district: nil, declaredSquareMetres: nil, plantedYear: planted,
          geometry: plain.geometry)))
    try ledger.when(.documentTenure(try Make.title("A")))
    var results: [DatasetResult] = []
    for (index, layer) in Self.layers.enumerated() where layer.name != without {
      let kind = try #require(DatasetKind(rawValue: layer.name))
      let name = try DatasetName("map-" + layer.name)
      let digest = try Make.digest(UInt8(100 + index))
      try ledger.when(
        .registerDataset(
          DatasetRegistered(
            dataset: name, kind: kind, version: "1", digest: digest, byteCount: 1,
            licence: "CC0", source: "test", extent: [-78, -9, -76, -7], cellDegrees: 0,
            meaning: layer.meaning)))
      let area = hectares * 10_000
      let seen = shown[layer.name].map {
        [DatasetResult.ClassArea(value: $0.value, squareMetres: area * $0.share, cells: 1)]
      }
      results.append(
        DatasetResult(
          dataset: name, kind: kind, datasetDigest: digest, squareMetres: area,
          outsideSquareMetres: 0, noDataSquareMetres: 0, classes: seen ?? []))
    }
    try ledger.when(
      .recordAssessment(
        PlotAssessed(
          plot: plain.plot, geometryDigest: plain.geometry.digest, method: "test",
          form: .polygon, results: results)))
    for finding in ledger.world.findings.values where finding.raised.kind == dismissing {
      try ledger.when(
        .reviewFinding(
          FindingReviewed(
            finding: finding.raised.finding, outcome: .dismissed, reviewer: "Ana",
            reason: "visit", evidence: [try Make.digest(9)]), raisedBy: ["raiz"]))
    }
    let text = try #require(try Policy.shippedText(name: name, version: "1"))
    let policy = try Policy(json: text)
    return Judge(world: ledger.world, policy: policy).reasons(plot: plain.plot)
      .filter { $0.code != .openFinding }
  }

  private func rules(_ reasons: [Reason]) -> [String] {
    reasons.map { $0.figures["rule"] ?? $0.code.rawValue }
  }

  @Test func `given each rule of eligibility then the plot that breaks it is named and no other`()
    throws
  {
    let name = "pur-eligibility"
    #expect(try reasons(name, [:]).isEmpty)
    #expect(try reasons(name, hectares: 19.99, [:]).isEmpty)
    #expect(rules(try reasons(name, hectares: 20, [:])) == ["area"])
    // Assessed in 2026: a loss of 2016 may be within ten years, one of 2015 is not.
    #expect(rules(try reasons(name, ["loss-year": (16, 0.1)])) == ["recent-loss"])
    #expect(try reasons(name, ["loss-year": (15, 0.9)]).isEmpty)
    #expect(rules(try reasons(name, ["forest-2020": (1, 0.11)])) == ["not-forest"])
    #expect(try reasons(name, ["forest-2020": (1, 0.1)]).isEmpty)
    #expect(rules(try reasons(name, ["protected-area": (1, 0.01)])) == ["conservation"])
    #expect(rules(try reasons(name, ["conservation-concession": (1, 1)])) == ["conservation"])
    // Inside by less than the maps can tell.
    #expect(try reasons(name, ["protected-area": (1, 0.004)]).isEmpty)
    #expect(try reasons(name, ["protected-area": (0, 1)]).isEmpty)
  }

  @Test func `given a rule that a review answers then it does, and one that none answers stays`()
    throws
  {
    let name = "pur-eligibility"
    #expect(
      try reasons(name, ["forest-2020": (1, 0.5)], dismissing: .treeCoverAtCutOff).isEmpty)
    #expect(
      rules(
        try reasons(
          name, ["forest-2020": (1, 0.5), "protected-area": (1, 0.5)],
          dismissing: .treeCoverAtCutOff)) == ["conservation"])
  }

  @Test func `given a layer that a rule reads and nobody laid then the plot is not cleared`() throws
  {
    let found = try reasons("pur-eligibility", [:], without: "protected-area")
    #expect(found.map(\.code) == [.datasetMissing])
    #expect(found.first?.figures["kind"] == "protected-area")
    #expect(found.first?.verdict == .insufficientEvidence)
  }

  @Test func `given palm on land of high value then the date of the loss and of planting decide`()
    throws
  {
    let name = "rspo"
    #expect(try reasons(name, [:]).isEmpty)
    #expect(try reasons(name, ["loss-year": (20, 0.9)]).isEmpty)
    #expect(
      Set(rules(try reasons(name, ["hcv-area": (1, 0.3), "loss-year": (20, 0.9)])))
        == ["hcv-hcs-2018", "hcv-2005"])
    #expect(
      rules(try reasons(name, ["hcs-area": (1, 0.3), "loss-year": (19, 0.9)])) == ["hcv-hcs-2018"])
    #expect(
      rules(try reasons(name, ["primary-forest": (1, 0.3), "loss-year": (10, 0.9)]))
        == ["hcv-2005"])
    #expect(
      try reasons(
        name, planted: 2_004, ["primary-forest": (1, 0.3), "loss-year": (10, 0.9)]
      ).isEmpty)
    #expect(
      rules(
        try reasons(
          name, planted: nil, ["primary-forest": (1, 0.3), "loss-year": (10, 0.9)]))
        == ["hcv-2005"])
    #expect(
      try reasons(name, ["hcv-area": (1, 0.3), "loss-year": (4, 0.9)]).isEmpty)
    #expect(rules(try reasons(name, ["hcs-area": (1, 0.6)])) == ["hcv-now"])
  }

  @Test func `given a broken rule then its own words say so in both languages with its numbers`()
    throws
  {
    let found = try #require(
      try reasons("pur-eligibility", ["protected-area": (1, 0.5)]).first)
    #expect(
      Wording.text(of: found, in: .spanish)
        == "1.0000 ha (50.0 %) están dentro de map-protected-area.")
    #expect(
      Wording.text(of: found, in: .english)
        == "1.0000 ha (50.0 %) lie inside map-protected-area.")
    #expect(found.verdict == .notCompliant)
  }

  @Test func `given a policy file for coffee then a new commodity has cost no code`() throws {
    let text = String(decoding: Policy.shippedText, as: UTF8.self)
      .replacing("\"name\": \"eudr\"", with: "\"name\": \"coffee\"")
      .replacing("cocoa-2020", with: "coffee-2020").replacing("Cocoa_ETH", with: "Coffee_FDaP")
    let policy = try Policy(json: Array(text.utf8))
    #expect(policy.code == "coffee-2")
    let layers = policy.risk?.indicators[1].layers.map(\.kind.rawValue) ?? []
    #expect(layers.contains("coffee-2020") && !layers.contains("cocoa-2020"))
  }
}
