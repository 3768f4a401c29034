import Testing
import Traceability
import ValueTypes

/// What is recorded and doubted: each finding at its bound and one step past it.
@Suite struct FindingTests {
  private func ledger() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    return ledger
  }

  private func raised(_ ledger: Scenario) -> [FindingRaised] {
    ledger.world.findings.values.map(\.raised)
  }

  @Test(
    arguments: [
      (0.5, 5_000, false), (0.5, 4_999, false), (6, 55_000, false), (5, 55_555, false),
      (5, 55_556, true),
      (6, 54_545, true), (6, 65_001, false), (6, 66_667, true), (2, 0, false),
    ] as [(Double, Int64, Bool)])
  func `given declared and measured areas when over a tenth and half a hectare apart then a notice`(
    hectares: Double, declared: Int64, expected: Bool
  ) throws {
    var ledger = try ledger()
    try ledger.when(
      .registerPlot(
        try Make.plot("A", producer: "P1", hectares: hectares, declared: declared)))
    #expect(raised(ledger).map(\.kind) == (expected ? [.areaDiffers] : []))
    #expect(raised(ledger).allSatisfy { $0.severity == .notice })
  }

  @Test(
    arguments: [
      (100_000, 99_000, false), (100_000, 98_999, true), (100_000, 101_000, false),
      (100_000, 101_001, true), (50_000, 49_000, false), (50_000, 48_999, true),
      (1_000_000, 990_000, false), (1_000_000, 989_999, true), (500, 0, false), (1_001, 0, true),
    ] as [(Int64, Int64, Bool)])
  func `given a receipt when a gram past tolerance then a doubt with both masses`(
    sent: Int64, weighed: Int64, expected: Bool
  ) throws {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: sent)
    try ledger.when(try Act.purchase("C", ["H": sent]))
    try ledger.when(try Act.dispatch("C"))
    try ledger.when(try Act.receive("C", weighed))
    #expect(raised(ledger).map(\.kind) == (expected ? [.receiptDiffers] : []))
    #expect(ledger.world.lots[try .init("C")]?.grams.value == min(sent, weighed))
  }

  @Test(
    arguments: [
      (4_000_000, nil), (4_000_001, .notice), (7_600_000, .notice), (7_600_001, .doubt),
    ] as [(Int64, FindingSeverity?)])
  func `given two hectares when a season is a gram past the bound then it is said`(
    grams: Int64, severity: FindingSeverity?
  ) throws {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H1", plot: "A", grams: grams - 999, product: "cocoa-dry-beans")
    let before = raised(ledger).count
    try ledger.givenHarvest("H2", plot: "A", grams: 999, product: "cocoa-dry-beans")
    let lot = StreamKey.lot(try .init("H2"))
    let last = raised(ledger).first { $0.subjects.contains(lot) }
    #expect(last?.severity == severity)
    #expect(before <= 1)
    if let last {
      #expect(Set(last.restsOn.map(\.stream.kind)) == [.lot, .plot])
      #expect(last.figures["possibleKilograms"] == "7600")
      #expect(!Wording.text(of: last.kind, last.figures, in: .spanish).contains("—"))
    }
  }

  @Test func `given a finding opened twice when its streams are read one by one then twice it was`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    try ledger.when(try Act.doubt("seen", on: ["plot:A"]))
    let code = try FindingCode("seen")
    for reason in ["photo", "call"] {
      try ledger.when(try Act.review(code, .dismissed))
      try ledger.when(
        .reopenFinding(.init(finding: code, by: "Luis", reason: reason, evidence: [])))
    }
    var world = World()
    for kind in [StreamKind.finding, .plot] {
      for event in ledger.recorded where event.stream.kind == kind { world.apply(event) }
    }
    #expect(world.findings[code] == ledger.world.findings[code])
    #expect(world.findings[code]?.reopenings.map(\.reason) == ["photo", "call"])
  }

  @Test func `given two seasons when each is possible then their sum is not held against them`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    for (lot, day) in [("H1", "2025-12-31"), ("H2", "2026-01-01")] {
      try ledger.when(
        .harvest(
          try Make.harvest(lot, plot: "A", grams: 4_000_000, "cocoa-dry-beans", to: day)))
    }
    #expect(raised(ledger).isEmpty)
  }

  @Test func `given two products out of range in one run then each is a finding`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A", hectares: 20)
    try ledger.givenHarvest("H", plot: "A", grams: 100_000, product: "oil-palm-bunches")
    try ledger.when(try Act.purchase("C", ["H": 100_000], product: "oil-palm-bunches"))
    try ledger.when(
      .process(
        .init(
          process: try .init("palm-milling"), holder: try .init("COOP"),
          inputs: try Act.draws(["C": 100_000]),
          outputs: [
            .init(
              lot: try .init("O"), product: try .init("crude-palm-oil"), grams: try Grams(26_001)),
            .init(lot: try .init("K"), product: try .init("palm-kernels"), grams: try Grams(2_999)),
          ])))
    #expect(raised(ledger).map(\.kind) == [.conversionOutOfRange, .conversionOutOfRange])
    #expect(Set(raised(ledger).map(\.finding)).count == 2)
    #expect(raised(ledger).allSatisfy { $0.subjects.count == 2 })
    #expect(ledger.judge.judge(lot: try .init("K")).reasons.count == 2)
  }

  @Test(arguments: [
    ("2026-05-10", "2026-05-10T12:00:00-05:00", 0), ("2021-10-28", "2026-05-10T12:00:00-05:00", 0),
    ("2021-10-27", "2026-05-10T12:00:00-05:00", 1), ("2021-10-27", "2021-10-27T12:00:00-05:00", 1),
  ])
  func `given a harvest years ago when recorded now then it is noted whatever the act's date`(
    harvested: String, act: String, expected: Int
  ) throws {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    try ledger.when(
      .harvest(try Make.harvest("H", plot: "A", grams: 1_000, to: harvested)), at: act)
    #expect(raised(ledger).filter { $0.kind == .recordedLate }.count == expected)
    #expect(ledger.judge.judge(lot: try .init("H")).verdict == .deforestationFree)
  }

  @Test func `given every finding that deciding raises then its words lack no figure`() throws {
    var ledger = try ledger()
    try ledger.when(
      .registerPlot(try Make.plot("W", producer: "P1", hectares: 6, declared: 20_000)))
    try ledger.givenPlot("L", forest: 0.5, loss: 0.5)
    try ledger.givenPlot("T", forest: 0.5)
    try ledger.givenPlot("GR")
    try ledger.givenMap("cover", "water", .values([80]))
    try ledger.givenMap("town", "built-up", .values([50]))
    try ledger.givenMap("dem", "elevation", .metres(step: 1))
    let ground = [
      ("cover", "water", [80: 1.0]), ("town", "built-up", [50: 0.2, 10: 0.8]),
      ("dem", "elevation", [1_900: 1.0]),
    ]
    try ledger.when(try Scenario.ground(ground, on: "GR"))
    try ledger.givenPlot("A", hectares: 1)
    try ledger.when(
      .harvest(
        try Make.harvest("H", plot: "A", grams: 40_000_000, "oil-palm-bunches", to: "2020-01-01")))
    for act in [
      try Act.purchase("C", ["H": 100_000], product: "oil-palm-bunches"), try Act.dispatch("C"),
      try Act.receive("C", 5_000),
      try Act.dry(
        by: "EXP", ["C": 5_000], into: ["D": 5_000], process: "palm-milling",
        product: "crude-palm-oil"),
      try Act.doubt("seen", on: ["lot:D"]),
      try Act.purchase("V", ["H": 9], product: "oil-palm-bunches"),
      try Act.split("V", ["V1": 9]), try Act.correct("V"),
      try Act.purchase("S", ["H": 9], product: "oil-palm-bunches"), try Act.dispatch("S"),
      .noteOverdue(try .init("S")),
      try Act.doubt(
        "overlap", on: ["plot:A"], .plotOverlap, figures: ["other": "T", "percent": "12.0"]),
    ] { try ledger.when(act) }
    try ledger.when(
      try Act.purchase("L1", ["H": 9], product: "oil-palm-bunches"))
    try ledger.when(try Act.split("L1", ["L2": 1]), at: "2026-05-14T12:00:00-05:00")
    try ledger.when(try Act.dispatch("L1"), at: "2026-05-12T12:00:00-05:00")
    try ledger.givenGradingLoss()
    try ledger.when(.registerPlot(try Make.plot("Y", producer: "P1", planted: 2_025)))
    try ledger.when(
      .harvest(
        try Make.harvest("HY", plot: "Y", grams: 1_900_000, "cocoa-dry-beans", to: "2026-03-10")))
    let patterns = FindingKind.allCases.filter(\.isPattern)
    // Tanks have tests of their own.
    #expect(
      Set(raised(ledger).map(\.kind))
        == Set(FindingKind.allCases).subtracting(patterns + [.emptiedWithLoss]))
    for finding in raised(ledger) {
      #expect(!finding.restsOn.isEmpty || !finding.finding.isOfProgram)
      for language in Language.allCases {
        let text = Wording.text(of: finding.kind, finding.figures, in: language)
        #expect(!text.contains("—") && !text.contains("{"), "\(text)")
      }
    }
    for reason in ledger.judge.judge(lot: try .init("D")).reasons {
      #expect(!Wording.text(of: reason, in: .english).contains("—"), "\(reason.code)")
    }
  }
}
