import Testing
import Traceability
import ValueTypes

/// Fruit that keeps badly: what a corrected day of harvest makes of it.
@Suite struct FreshnessTests {
  private static let fruit = "oil-palm-bunches"

  /// Bunches of the 10th, bought from two harvests, received by the mill and milled on the 12th.
  private func ledger() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A", hectares: 20)
    for lot in ["H", "G"] {
      try ledger.givenHarvest(lot, plot: "A", grams: 100_000, product: Self.fruit)
    }
    try ledger.when(try Act.purchase("C", ["H": 60_000], product: Self.fruit))
    try ledger.when(try Act.purchase("D", ["G": 60_000], product: Self.fruit))
    try ledger.when(try Act.blend("B", ["C": 50_000, "D": 50_000]))
    try ledger.when(try Act.dispatch("B", to: "MILL"), at: "2026-05-10T13:00:00-05:00")
    try ledger.when(try Act.receive("B", by: "MILL", 100_000), at: "2026-05-11T12:00:00-05:00")
    try ledger.when(
      try Act.dry(
        by: "MILL", ["B": 100_000], into: ["O": 21_000], process: "palm-milling",
        product: "crude-palm-oil"), at: "2026-05-12T12:00:00-05:00")
    return ledger
  }

  private func late(_ ledger: Scenario) -> [FindingRaised] {
    ledger.world.findings.values.map(\.raised).filter { $0.kind == .deliveredLate }
      .sorted { $0.finding < $1.finding }
  }

  private func harvested(_ lot: String = "H", on day: String) throws -> Command {
    let date = try Make.unwrap(CivilDate(day))
    return try Act.correct(lot) {
      $0.from = date
      $0.to = date
    }
  }

  private static let after = "2026-05-20T12:00:00-05:00"

  @Test func `given a harvest days before when corrected then receipt and milling came late`()
    throws
  {
    var ledger = try ledger()
    #expect(late(ledger).isEmpty)
    let act = try harvested(on: "2026-05-08")
    let named = try ledger.loading(act)
    let events = try ledger.when(act, at: Self.after)
    #expect(
      try decide(
        act, occurredAt: try Make.moment(Self.after), in: named, by: ledger.context) == events)
    // Received 60 hours after the 8th, which is past the notice; milled after 84, past keeping.
    #expect(late(ledger).map { $0.subjects.map(\.description) } == [["lot:B"], ["lot:O"]])
    #expect(late(ledger).map(\.severity) == [.notice, .doubt])
    #expect(late(ledger).map { $0.figures["hours"] } == ["60", "84"])
    #expect(late(ledger).allSatisfy { $0.figures["harvested"] == "2026-05-08" })
    let correction = EventReference(stream: .lot(try .init("H")), version: 3)
    #expect(late(ledger).allSatisfy { $0.restsOn.contains(correction) })
    #expect(ledger.judge.judge(lot: try .init("O")).verdict == .insufficientEvidence)
    #expect(ledger.judge.judge(lot: try .init("B")).verdict == .deforestationFree)
  }

  @Test func `given it is late already when corrected again then only worse is raised`() throws {
    var ledger = try ledger()
    try ledger.when(try harvested(on: "2026-05-08"), at: Self.after)
    try ledger.when(try harvested(on: "2026-05-09"), at: Self.after)
    #expect(late(ledger).count == 2)
    try ledger.when(try harvested(on: "2026-05-06"), at: Self.after)
    // The receipt goes from notice to doubt; of the milling people are asked already.
    #expect(late(ledger).filter { $0.severity == .doubt }.count == 2)
    let blend = StreamKey.lot(try .init("B"))
    #expect(late(ledger).filter { $0.subjects == [blend] }.count == 2)
  }

  @Test func `given an answer for so many hours when it is later still then it is asked again`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(try harvested(on: "2026-05-08"), at: Self.after)
    for finding in late(ledger) { try ledger.when(try Act.review(finding.finding, .dismissed)) }
    try ledger.when(try harvested(on: "2026-05-10"), at: Self.after)
    try ledger.when(try harvested(on: "2026-05-08"), at: Self.after)
    #expect(late(ledger).count == 2)
    try ledger.when(try harvested(on: "2026-05-07"), at: Self.after)
    #expect(late(ledger).count == 4)
  }

  @Test func `given the older of two harvests when the younger is corrected then nothing is late`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(try harvested("G", on: "2026-05-09"), at: Self.after)
    let known = late(ledger).count
    try ledger.when(try harvested("H", on: "2026-05-09"), at: Self.after)
    #expect(late(ledger).count == known)
  }

  @Test func `given another harvest taken when the purchase is corrected then its date counts`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(
      .harvest(
        try Make.harvest("OLD", plot: "A", grams: 60_000, Self.fruit, to: "2026-05-05")))
    let act = try Act.correct("C") { $0.inputs = [try Make.draw("OLD", 60_000)] }
    let named = try ledger.loading(act)
    let events = try ledger.when(act, at: Self.after)
    #expect(
      try decide(
        act, occurredAt: try Make.moment(Self.after), in: named, by: ledger.context) == events)
    #expect(late(ledger).map(\.severity) == [.doubt, .doubt])
    #expect(late(ledger).allSatisfy { $0.figures["harvested"] == "2026-05-05" })
  }

  @Test func `given cocoa that keeps when its date is corrected then nothing is late`() throws {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 100_000, product: "cocoa-dry-beans")
    try ledger.when(try Act.purchase("C", ["H": 60_000], product: "cocoa-dry-beans"))
    try ledger.when(try Act.dispatch("C"), at: "2026-05-10T13:00:00-05:00")
    try ledger.when(try Act.receive("C", 60_000), at: "2026-05-11T12:00:00-05:00")
    try ledger.when(try harvested(on: "2026-01-08"), at: Self.after)
    #expect(late(ledger).isEmpty)
  }
}
