import Testing
import Traceability
import ValueTypes

/// What a lot out of a tank is made of, and how it is judged.
@Suite struct TankTests {
  @Test func `given two fills when drawn off then both are origins and shares add up`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("C1", plot: "A", 60_000)
    try ledger.fill("C2", plot: "B", 30_000)
    try ledger.tap("S1", 50_000)
    #expect(try ledger.window(of: "S1") == TankWindow(from: 2, to: 3))
    #expect(try ledger.sources(of: "S1") == ["C1": 33_333, "C2": 16_667])
    let origins = Provenance(world: ledger.world).origins(of: try .init("S1"))
    #expect(origins.plots == [try .init("A"): 33_333, try .init("B"): 16_667])
    #expect(try ledger.verdict("S1") == .deforestationFree)
    #expect(ledger.world.tanks[try .init("T")]?.grams.value == 40_000)
  }

  @Test func `given a dirty fill then all until the tank is empty is as bad`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("C1", plot: "A", 20_000)
    try ledger.tap("S1", 10_000)
    try ledger.fill("CX", plot: "X", 1_000)
    try ledger.tap("S2", 5_000)
    try ledger.fill("C2", plot: "B", 20_000)
    try ledger.tap("S3", 26_000)
    try ledger.when(try Act.empty())
    try ledger.fill("C3", plot: "D", 20_000)
    try ledger.tap("S4", 20_000)
    #expect(try ledger.verdict("S1") == .deforestationFree)
    #expect(try ledger.verdict("S2") == .notCompliant)
    #expect(try ledger.verdict("S3") == .notCompliant)
    #expect(try ledger.verdict("S4") == .deforestationFree)
    #expect(try ledger.sources(of: "S4") == ["C3": 20_000])
    let down = Provenance(world: ledger.world).downstream(of: [try .init("CX")])
    #expect(down.lots == [try .init("CX"), try .init("S2"), try .init("S3")])
  }

  @Test func `given a heel when 200 % of capacity has passed through then it is flushed`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("CX", plot: "X", 50_000)
    try ledger.tap("S0", 40_000)
    // 10 kg of heel; five fills of 40 kg are 200 % of 100 kg.
    for number in 1...5 {
      try ledger.fill("C\(number)", plot: "A", 40_000)
      try ledger.tap("S\(number)", 40_000)
    }
    for number in 0...4 { #expect(try ledger.verdict("S\(number)") == .notCompliant) }
    #expect(try ledger.verdict("S5") == .deforestationFree)
    #expect(try ledger.sources(of: "S5").count == 5)
    // One gram less and the heel counts.
    try ledger.fill("C6", plot: "A", 39_999)
    try ledger.tap("S6", 1_000)
    #expect(try ledger.sources(of: "S6").count == 6)
    #expect(try ledger.verdict("S6") == .deforestationFree)
  }

  @Test func `given many fills then what a draw-off declares is bounded`() throws {
    var ledger = try Scenario.withSilo()
    for number in 0..<300 {
      try ledger.fill("C\(number)", plot: ["A", "B", "D"][number % 3], 1_000)
      if number > 50 { try ledger.tap("S\(number)", 1_000) }
    }
    #expect(try ledger.sources(of: "S299").count == 200)
    let event = try #require(ledger.recorded.last { $0.event.type == "lot.tapped" }?.event)
    #expect(try event.encoded().count < 300)
  }

  @Test func `given mass that a count found then it is unknown until it is flushed`() throws {
    var ledger = try Scenario.withSilo(capacity: 20_000)
    try ledger.fill("C1", plot: "A", 10_000)
    try ledger.when(try Act.count(to: 10_500))
    try ledger.tap("S1", 10_500)
    #expect(try ledger.verdict("S1") == .insufficientEvidence)
    let origins = Provenance(world: ledger.world).origins(of: try .init("S1"))
    #expect(origins.unknownGrams == 500 && origins.totalGrams == 10_500)
    for number in 2...5 {
      try ledger.fill("C\(number)", plot: "A", 10_000)
      try ledger.tap("S\(number)", 10_000)
    }
    #expect(try ledger.verdict("S4") == .insufficientEvidence)
    #expect(ledger.world.unknownOriginGrams(of: try .init("S4")) > 0)
    // Four fills of 10 kg are 200 % of 20 kg.
    #expect(try ledger.verdict("S5") == .deforestationFree)
  }

  @Test func `given what is left booked as lost when it is much then the tank is not empty`()
    throws
  {
    var ledger = try Scenario.withSilo()
    try ledger.fill("CX", plot: "X", 10_000)
    try ledger.tap("S1", 9_800)
    var honest = ledger
    try honest.when(try Act.empty(loss: 200))
    try honest.fill("C1", plot: "A", 10_000)
    try honest.tap("S2", 10_000)
    #expect(try honest.verdict("S2") == .deforestationFree)
    // Counted away first, then declared empty: the same loss, and more than two per cent.
    try ledger.when(try Act.count(to: 0, reason: "gone"))
    try ledger.fill("C0", plot: "B", 100)
    try ledger.when(try Act.empty(loss: 100))
    let finding = try #require(
      ledger.world.findings.values.first {
        $0.raised.kind == .emptiedWithLoss
      }?.raised)
    #expect(finding.severity == .notice)
    #expect(finding.subjects.map(\.description) == ["tank:T"])
    #expect(finding.figures == ["loss": "0.3 kg", "filled": "10.1 kg"])
    for language in Language.allCases {
      #expect(Wording.text(of: finding.kind, finding.figures, in: language).contains("10.1 kg"))
    }
    try ledger.fill("C1", plot: "A", 10_000)
    try ledger.tap("S2", 10_000)
    #expect(try ledger.verdict("S2") == .notCompliant)
    #expect(ledger.world.tanks[try .init("T")]?.starts.count == 1)
  }

  @Test func `given a fill told late then draw-offs after it are a broken chain`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("C1", plot: "A", 20_000, at: "2026-05-10T13:00:00-05:00")
    try ledger.tap("S1", 5_000, at: "2026-05-10T14:00:00-05:00")
    try ledger.tap("S2", 5_000, at: "2026-05-10T16:00:00-05:00")
    try ledger.fill("CX", plot: "X", 5_000, at: "2026-05-10T15:00:00-05:00")
    #expect(try ledger.verdict("S1") == .deforestationFree)
    let judgement = ledger.judge.judge(lot: try .init("S2"))
    #expect(judgement.verdict == .insufficientEvidence)
    #expect(judgement.reasons.map(\.code) == [.chainBroken])
    #expect(judgement.reasons.first?.figures["required"] == "2–5")
    let text = try #require(judgement.reasons.first.map { Wording.text(of: $0, in: .spanish) })
    #expect(text.contains("2–3") && text.contains("2–5"))
    // What is drawn off from now on declares it.
    try ledger.tap("S3", 5_000, at: "2026-05-10T17:00:00-05:00")
    #expect(try ledger.verdict("S3") == .notCompliant)
  }

  @Test func `given a window shorter than the stream gives then the chain is broken`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("CX", plot: "X", 5_000)
    try ledger.fill("C1", plot: "A", 5_000)
    let window = TankWindow(from: 3, to: 3)
    let lot = try LotCode("S1")
    let drawn = TankDrawn(
      tank: try .init("T"), lot: lot, grams: try Grams(5_000), remainingGrams: try Grams(5_000),
      window: window)
    let tapped = LotTapped(
      lot: lot, tank: try .init("T"), holder: try .init("COOP"),
      product: try .init("cocoa-wet-beans"), grams: try Grams(5_000), window: window)
    let moment = try Make.moment(Scenario.day)
    ledger.world.apply(
      .tankDrawn(drawn), stream: .tank(drawn.tank), version: 4, occurredAt: moment)
    ledger.world.apply(.lotTapped(tapped), stream: .lot(lot), version: 1, occurredAt: moment)
    let judgement = ledger.judge.judge(lot: lot)
    #expect(judgement.verdict == .insufficientEvidence)
    #expect(judgement.reasons.contains { $0.code == .chainBroken })
  }

  @Test func `given a draw-off that the tank does not record then the chain is broken`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("C1", plot: "A", 5_000)
    let lot = try LotCode("S1")
    let tapped = LotTapped(
      lot: lot, tank: try .init("T"), holder: try .init("COOP"),
      product: try .init("cocoa-wet-beans"), grams: try Grams(5_000),
      window: TankWindow(from: 2, to: 2))
    ledger.world.apply(
      .lotTapped(tapped), stream: .lot(lot), version: 1,
      occurredAt: try Make.moment(Scenario.day))
    #expect(ledger.judge.judge(lot: lot).reasons.map(\.code) == [.chainBroken])
  }

  @Test func `given a fill that its lot does not record then the chain is broken`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("C1", plot: "A", 5_000)
    // The same draw poured in twice.
    let fill = TankFilled(
      tank: try .init("T"), holder: try .init("COOP"), product: try .init("cocoa-wet-beans"),
      grams: try Grams(5_000), inputs: [try Make.draw("C1", 5_000)],
      holdsGrams: try Grams(10_000))
    ledger.world.apply(
      .tankFilled(fill), stream: .tank(fill.tank), version: 3,
      occurredAt: try Make.moment(Scenario.day))
    try ledger.tap("S1", 10_000)
    let judgement = ledger.judge.judge(lot: try .init("S1"))
    #expect(judgement.reasons.map(\.code) == [.chainBroken])
  }
}
