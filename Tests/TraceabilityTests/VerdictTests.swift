import Testing
import Traceability
import ValueTypes

@Suite struct VerdictTests {
  private func ledger() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    return ledger
  }

  @Test func `given a sound plot when its lot is judged then it is free without reasons`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A")
    let judgement = ledger.judge.judge(lot: try .init("H"))
    #expect(judgement.verdict == .deforestationFree && judgement.reasons.isEmpty)
  }

  @Test(arguments: [
    (0.5, 0.3, Verdict.notCompliant, Reason.Code.forestLossAfterCutOff),
    (0.5, 0.10, .insufficientEvidence, .forestLossAfterCutOff),
    (0.05, 0.3, .insufficientEvidence, .forestLossAfterCutOff),
    (0.5, 0.004, .insufficientEvidence, .treeCoverAtCutOff),
    (0.101, 0, .insufficientEvidence, .treeCoverAtCutOff),
  ])
  func `given what maps show when judged then as the policy says`(
    forest: Double, loss: Double, verdict: Verdict, code: Reason.Code
  ) throws {
    var ledger = try ledger()
    try ledger.givenPlot("A", forest: forest, loss: loss)
    let judgement = ledger.judge.judge(plot: try .init("A"))
    #expect(judgement.verdict == verdict)
    #expect(judgement.reasons.map(\.code) == [code])
    #expect(!judgement.reasons[0].restsOn.isEmpty)
  }

  @Test func `given tree cover at the threshold or loss off forest then nothing is held back`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("A", forest: 0.1, loss: 0)
    try ledger.givenPlot("B", forest: 0, loss: 0.9)
    #expect(ledger.judge.judge(plot: try .init("A")).verdict == .deforestationFree)
    #expect(ledger.judge.judge(plot: try .init("B")).verdict == .deforestationFree)
  }

  @Test func `given a review when it dismisses then free and when it upholds then barred`() throws {
    for (outcome, verdict) in [
      (ReviewOutcome.dismissed, Verdict.deforestationFree), (.upheld, .notCompliant),
    ] {
      var ledger = try ledger()
      try ledger.givenPlot("A", forest: 0.5, loss: 0.05)
      let code = try #require(ledger.world.findingsOn[.plot(try .init("A"))]?.first)
      try ledger.when(
        .reviewFinding(
          FindingReviewed(
            finding: code, outcome: outcome, reviewer: "Ana", reason: "shade trees",
            evidence: [try Make.digest(5)]), raisedBy: ["machine"]))
      #expect(ledger.judge.judge(plot: try .init("A")).verdict == verdict)
    }
  }

  @Test func `given what evidence lacks when judged then each lack is a reason`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A", tenure: false)
    try ledger.givenPlot("B", assessed: false)
    try ledger.when(.registerPlot(try Make.plot("C", producer: nil)))
    func codes(_ plot: String) throws -> Set<Reason.Code> {
      Set(ledger.judge.judge(plot: try .init(plot)).reasons.map(\.code))
    }
    #expect(try codes("A") == [.tenureMissing])
    #expect(try codes("B") == [.notAssessed])
    #expect(try codes("C") == [.notAssessed, .tenureMissing, .producerUnknown])
    #expect(try codes("Z") == [.plotUnknown])
  }

  @Test func `given a plot past the map's edge when judged then it is not proven`() throws {
    var ledger = try ledger()
    try ledger.when(.registerPlot(try Make.plot("A", producer: "P1")))
    try ledger.when(.documentTenure(try Make.title("A")))
    try ledger.when(
      .recordAssessment(try Make.assessment("A", forest: 0, loss: 0, outside: 101)))
    #expect(ledger.judge.judge(plot: try .init("A")).reasons.map(\.code).contains(.outsideMap))
  }

  @Test func `given unknown mass when blended then the blend is never proven`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A")
    try ledger.givenPurchase("C", from: "H", grams: 100_000)
    try ledger.when(
      .purchase(
        .init(
          lot: try .init("X"), buyer: try .init("COOP"),
          seller: .organisation(try .init("MILL")), product: try .init("cocoa-wet-beans"),
          inputs: [], unknownOriginGrams: try Grams(1))))
    try ledger.when(
      .blend(
        .init(
          lot: try .init("B"), holder: try .init("COOP"),
          inputs: [try Make.draw("C", 99_999), try Make.draw("X", 1)])))
    let judgement = ledger.judge.judge(lot: try .init("B"))
    #expect(judgement.verdict == .insufficientEvidence)
    #expect(judgement.reasons.map(\.code) == [.unknownOrigin])
    let origins = Provenance(world: ledger.world).origins(of: try .init("B"))
    #expect(origins.unknownGrams == 1 && origins.totalGrams == 100_000)
  }

  @Test func `given a receipt when it differs past tolerance then a doubt holds the lot`() throws {
    for (weighed, isHeld) in [(99_000, false), (98_999, true), (101_000, false), (101_001, true)] {
      var ledger = try ledger()
      try ledger.givenPlot("A")
      try ledger.givenHarvest("H", plot: "A", grams: 100_000)
      try ledger.givenPurchase("C", from: "H", grams: 100_000)
      try ledger.when(
        .dispatch(.init(lot: try .init("C"), from: try .init("COOP"), to: try .init("EXP"))))
      try ledger.when(
        .receive(
          .init(lot: try .init("C"), by: try .init("EXP"), weighedGrams: try Grams(Int64(weighed))))
      )
      let judgement = ledger.judge.judge(lot: try .init("C"))
      #expect((judgement.verdict == .insufficientEvidence) == isHeld, "\(weighed)")
      let lot = try #require(ledger.world.lots[try .init("C")])
      #expect(lot.grams.value == min(100_000, Int64(weighed)))
    }
  }

  @Test func `given a season when it passes what the area yields then a finding says so`() throws {
    // Two hectares: 4,000 kg of dry beans warn and 7,600 kg are impossible; wet counts 0.33.
    for (kilograms, severity) in [
      (12_000, nil), (12_200, FindingSeverity.notice), (23_100, .doubt),
    ] as [(Int64, FindingSeverity?)] {
      var ledger = try ledger()
      try ledger.givenPlot("A")
      try ledger.givenHarvest("H", plot: "A", grams: kilograms * 1_000)
      let raised = ledger.world.findings.values.map(\.raised.severity)
      #expect(raised == [severity].compactMap { $0 }, "\(kilograms)")
    }
  }

  @Test func `given fruit when it comes late then first a notice and then a doubt`() throws {
    for (moment, severity) in [
      ("2026-05-12T23:00:00-05:00", nil), ("2026-05-13T01:00:00-05:00", FindingSeverity.notice),
      ("2026-05-14T01:00:00-05:00", .doubt),
    ] as [(String, FindingSeverity?)] {
      var ledger = try ledger()
      try ledger.givenPlot("A", hectares: 10)
      try ledger.givenHarvest("H", plot: "A", product: "oil-palm-bunches")
      try ledger.givenPurchase(
        "C", from: "H", grams: 100_000, product: "oil-palm-bunches")
      try ledger.when(
        .dispatch(.init(lot: try .init("C"), from: try .init("COOP"), to: try .init("MILL"))))
      try ledger.when(
        .receive(
          .init(lot: try .init("C"), by: try .init("MILL"), weighedGrams: try Grams(100_000))),
        at: moment)
      let raised = ledger.world.findings.values.map(\.raised.severity)
      #expect(raised == [severity].compactMap { $0 }, "\(moment)")
    }
  }

  @Test func `given a conversion when out of its range then its outputs are in doubt`() throws {
    for (grams, isHeld) in [(30_000, false), (42_000, false), (29_999, true), (42_001, true)] {
      var ledger = try ledger()
      try ledger.givenPlot("A")
      try ledger.givenHarvest("H", plot: "A", grams: 100_000)
      try ledger.givenPurchase("C", from: "H", grams: 100_000)
      try ledger.when(
        .process(
          .init(
            process: try .init("cocoa-drying"), holder: try .init("COOP"),
            inputs: [try Make.draw("C", 100_000)],
            outputs: [
              .init(
                lot: try .init("S"), product: try .init("cocoa-dry-beans"),
                grams: try Grams(Int64(grams)))
            ])))
      let verdict = ledger.judge.judge(lot: try .init("S")).verdict
      #expect((verdict == .insufficientEvidence) == isHeld, "\(grams)")
    }
  }
}
