import Testing
import Traceability
import ValueTypes

/// The lines that acts add to books, and the sheets they make.
@Suite struct BalanceTests {
  private func movements(_ ledger: Scenario) -> [Movement] {
    var world = World()
    var movements: [Movement] = []
    for event in ledger.recorded {
      let version = world.version(of: event.stream) + 1
      world.apply(
        event.event, stream: event.stream, version: version, occurredAt: event.occurredAt)
      movements += Movement.of(event.event, occurredAt: event.occurredAt, in: world)
    }
    return movements + world.lots.values.flatMap { $0.book().flatMap(\.lines) }
  }

  private func sheet(
    _ ledger: Scenario, _ holder: String, _ month: String
  ) throws -> BalanceSheet? {
    let period = try Make.unwrap(BalancePeriod(month: month))
    return try BalanceSheet.make(
      try movements(ledger).sums(of: try Party(holder), period)
    ).first
  }

  private func lines(
    _ sheet: BalanceSheet?, _ place: Movement.Place
  ) -> [String: Int64] {
    Dictionary(
      uniqueKeysWithValues: (sheet?.account(place)?.lines ?? []).map { ($0.kind, $0.grams) })
  }

  @Test func `given a lot on its way then it stands with its sender until it is received`() throws {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 1_000)
    try ledger.givenPurchase("C", from: "H", grams: 900)
    try ledger.when(try Act.dispatch("C"), at: "2026-05-20T12:00:00-05:00")
    try ledger.when(try Act.receive("C", 880), at: "2026-06-02T12:00:00-05:00")
    let may = try sheet(ledger, "organisation:COOP", "2026-05")
    #expect(lines(may, .lots) == ["bought": 900, "dispatched": -900])
    #expect(may?.account(.lots)?.closingGrams == 0)
    #expect(may?.account(.transit)?.closingGrams == 900)
    let june = try sheet(ledger, "organisation:COOP", "2026-06")
    #expect(lines(june, .transit) == ["received": -880, "lost": -20])
    #expect(june?.account(.transit)?.closingGrams == 0)
    #expect(lines(try sheet(ledger, "organisation:EXP", "2026-06"), .lots) == ["received": 880])
    #expect(
      lines(try sheet(ledger, "producer:P1", "2026-05"), .lots) == [
        "harvested": 1_000, "sold": -900,
      ])
  }

  @Test func `given a day's end then the month is that of the place, not of UTC`() throws {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 1_000)
    // In Peru it is the last of May still; in UTC it is June.
    try ledger.when(try Act.purchase("C", ["H": 10]), at: "2026-05-31T20:00:00-05:00")
    #expect(lines(try sheet(ledger, "organisation:COOP", "2026-05"), .lots) == ["bought": 10])
  }

  @Test func `given an act told late then the sheet of its own month changes`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("C1", plot: "A", 5_000, at: "2026-06-20T12:00:00-05:00")
    let before = try sheet(ledger, "organisation:COOP", "2026-05")
    #expect(before?.account(.tanks) == nil)
    try ledger.fill("C2", plot: "A", 2_000, at: "2026-05-20T12:00:00-05:00")
    let may = try sheet(ledger, "organisation:COOP", "2026-05")
    #expect(may?.account(.tanks)?.closingGrams == 2_000)
    let june = try sheet(ledger, "organisation:COOP", "2026-06")
    #expect(june?.account(.tanks)?.openingGrams == 2_000)
    #expect(june?.account(.tanks)?.closingGrams == 7_000)
  }

  @Test func `given causes of counts then the sheet tells them apart`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("C1", plot: "A", 5_000)
    try ledger.when(try Act.count(to: 4_900, cause: "drying"))
    try ledger.when(try Act.count(to: 4_800, cause: "theft"))
    try ledger.when(try Act.count(to: 4_700))
    let tanks = try sheet(ledger, "organisation:COOP", "2026-05")?.account(.tanks)
    let lost = tanks?.lines.filter { $0.kind == "lost" } ?? []
    #expect(lost.map { $0.cause?.text } == [nil, "drying", "theft"])
    #expect(lost.allSatisfy { $0.grams == -100 })
    #expect(tanks?.closingGrams == 4_700)
  }

  @Test func `given a cause that does not fit when counted then it is refused`() throws {
    var ledger = try Scenario.withSilo()
    try ledger.fill("C1", plot: "A", 5_000)
    try ledger.givenLot("C2", plot: "B", grams: 1_000)
    func adjust(_ grams: Int64, _ cause: String) throws -> Command {
      .adjust(
        .init(
          lot: try .init("C2"), holder: try .init("COOP"), countedGrams: try Grams(grams),
          reason: "count", cause: try .init(cause)))
    }
    for (command, code) in [
      (try Act.count(to: 4_000, cause: "magic"), Refusal.Code.unknownCause),
      (try Act.count(to: 6_000, cause: "theft"), .causeDiffers),
      (try Act.count(to: 4_000, cause: "count-more"), .causeDiffers),
      (try adjust(900, "moisture"), .causeDiffers), (try adjust(1_100, "drying"), .causeDiffers),
      (try adjust(900, "nothing"), .unknownCause),
    ] {
      let refusal = try #require(try ledger.refusal(of: command))
      #expect(refusal.code == code)
      for language in Language.allCases {
        let text = Wording.text(of: refusal, in: language)
        #expect(!text.contains("—") && !text.contains("{"), "\(text)")
      }
    }
    #expect(try ledger.refusal(of: try adjust(900, "spillage")) == nil)
    #expect(try ledger.refusal(of: try adjust(1_100, "scale-error")) == nil)
  }

  @Test func `given the causes that ship then each has its words and explains something`() throws {
    let causes = try AdjustmentCauses.shipped().causes
    #expect(Set(causes.map(\.code)).count == causes.count && causes.count > 5)
    #expect(causes.allSatisfy { !$0.es.isEmpty && !$0.en.isEmpty && ($0.loses || $0.finds) })
  }

  @Test func `given masses beyond all bounds then it is said and nothing traps`() throws {
    let product = try ProductCode("cocoa-wet-beans")
    let sum = MovementSum(
      product: product, place: .lots, kind: .found, beforeGrams: Int64.max, inGrams: 1)
    #expect(throws: BalanceSheet.Beyond.self) { try BalanceSheet.make([sum]) }
  }

  @Test(arguments: [
    ("2026-02", "2026-02-28"), ("2024-02", "2024-02-29"), ("2026-12", "2026-12-31"),
    ("9999-12", "9999-12-31"),
  ])
  func `given a month then it has all its days`(month: String, last: String) {
    #expect(BalancePeriod(month: month)?.to.description == last)
  }

  @Test(arguments: ["2026", "2026-13", "2026-5", "", "2026-00", "05-2026"])
  func `given no month then there is no period`(text: String) {
    #expect(BalancePeriod(month: text) == nil)
  }
}
