import Testing
import Traceability
import ValueTypes

/// What each side may see of a lot that passes between them.
@Suite struct VisibilityTests {
  private func ledger() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 100_000)
    try ledger.when(
      .purchase(
        .init(
          lot: try .init("C"), buyer: try .init("COOP"), seller: .producer(try .init("P1")),
          product: try .init("cocoa-wet-beans"), inputs: [try Make.draw("H", 90_000)],
          price: try Money(minorUnits: 900, currency: "PEN"), receipt: "F-1")))
    return ledger
  }

  private func view(_ lot: String, _ viewer: String, _ ledger: Scenario) throws -> LotDisclosure? {
    let code = try LotCode(lot)
    let viewer = try OrganisationCode(viewer)
    let below = Provenance(world: ledger.world).downstream(of: [code]).lots
    let sight = ledger.world.sight(of: code, by: viewer, below: below)
    return try #require(ledger.world.lots[code]).disclosed(to: viewer, with: sight)
  }

  @Test func `given a lot when held then its buyer sees the price and nobody else sees it`() throws
  {
    let ledger = try ledger()
    let own = try #require(try view("C", "COOP", ledger))
    #expect(own.price?.minorUnits == 900 && own.grams?.value == 90_000)
    for stranger in ["EXP", "MILL"] { #expect(try view("C", stranger, ledger) == nil) }
    // The harvest is an origin of what the cooperative holds.
    let origin = try #require(try view("H", "COOP", ledger))
    #expect(origin.grams == nil && origin.holder == nil && origin.draws.isEmpty)
    #expect(try view("H", "EXP", ledger) == nil)
  }

  @Test func `given a dispatch then the addressee sees what comes and not what was paid`() throws {
    var ledger = try ledger()
    try ledger.when(try Act.split("C", ["S": 10_000]))
    try ledger.when(
      try Act.dispatch("C", waybill: "T-1"), at: "2026-05-11T12:00:00-05:00")
    let incoming = try #require(try view("C", "EXP", ledger))
    #expect(incoming.grams?.value == 80_000 && incoming.waybill == "T-1")
    #expect(incoming.sender == .organisation(try .init("COOP")))
    #expect(incoming.price == nil && incoming.seller == nil && incoming.draws.isEmpty)
    #expect(try view("S", "EXP", ledger) == nil && view("C", "MILL", ledger) == nil)
    #expect(try view("H", "EXP", ledger) != nil)
  }

  @Test func `given a receipt then the sender sees how it arrived and not what came of it`() throws
  {
    var ledger = try ledger()
    try ledger.when(try Act.dispatch("C"), at: "2026-05-11T12:00:00-05:00")
    try ledger.when(try Act.receive("C", 88_000), at: "2026-05-12T12:00:00-05:00")
    try ledger.when(
      try Act.split("C", by: "EXP", ["X": 8_000]), at: "2026-05-13T12:00:00-05:00")
    let sent = try #require(try view("C", "COOP", ledger))
    #expect(sent.arrivals.map(\.weighedGrams.value) == [88_000])
    #expect(sent.holder == .organisation(try .init("EXP")))
    #expect(sent.grams == nil && sent.draws.isEmpty && sent.price?.minorUnits == 900)
    #expect(try view("X", "COOP", ledger) == nil)
    let held = try #require(try view("C", "EXP", ledger))
    #expect(held.draws.map(\.grams.value) == [8_000] && held.price == nil)
    #expect(held.grams?.value == 80_000)
  }
}
