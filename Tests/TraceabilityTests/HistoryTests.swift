import Testing
import Traceability
import ValueTypes

/// Random histories of legal and illegal acts: what must hold whatever happens.
@Suite struct HistoryTests {
  private func command(
    _ step: Int, _ world: World, _ random: inout Random
  ) throws -> Command {
    let lots = world.lots.keys.sorted()
    func lot() throws -> LotCode { lots.isEmpty ? try .init("H0") : lots[random.below(lots.count)] }
    func mass() throws -> Grams { try Grams(Int64(random.below(60_000))) }
    func org() throws -> OrganisationCode {
      try .init(["COOP", "EXP", "MILL"][random.below(3)])
    }
    let new = try LotCode("L\(step)")
    switch random.below(9) {
    case 0, 1:
      return .harvest(
        try Make.harvest(
          "L\(step)", plot: ["A", "B", "D"][random.below(3)], grams: Int64(random.below(90_000))))
    case 2, 3:
      let source = try lot()
      let stranger = Party.organisation(try org())
      return .purchase(
        .init(
          lot: new, buyer: try org(), seller: world.lots[source]?.holder ?? stranger,
          product: try .init("cocoa-wet-beans"),
          inputs: [LotDraw(lot: source, grams: try mass())],
          unknownOriginGrams: random.below(8) == 0 ? try Grams(7) : .zero))
    case 4:
      return .blend(
        .init(
          lot: new, holder: try org(),
          inputs: try (0...random.below(3)).map { _ in LotDraw(lot: try lot(), grams: try mass()) })
      )
    case 5:
      return .split(
        .init(
          source: try lot(), holder: try org(),
          parts: [
            LotDraw(lot: new, grams: try mass()),
            LotDraw(lot: try .init("L\(step)b"), grams: try mass()),
          ]))
    case 6:
      return .dispatch(.init(lot: try lot(), from: try org(), to: try org()))
    case 7:
      return .receive(.init(lot: try lot(), by: try org(), weighedGrams: try mass()))
    default:
      return .process(
        .init(
          process: try .init("cocoa-drying"), holder: try org(),
          inputs: [LotDraw(lot: try lot(), grams: try mass())],
          outputs: [
            .init(lot: new, product: try .init("cocoa-dry-beans"), grams: try mass())
          ]))
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6])
  func `given random acts then mass is conserved and replay gives the same`(seed: UInt64) throws {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenPlot("B", forest: 0.5, loss: 0.5)
    try ledger.givenPlot("D", tenure: false)
    var random = Random(state: seed)
    var taken = 0
    for step in 0..<400 {
      let command = try command(step, ledger.world, &random)
      do {
        try ledger.when(command)
        taken += 1
      } catch let refusal as Refusal {
        #expect(!Wording.text(of: refusal, in: .spanish).isEmpty)
      }
    }
    #expect(taken > 60)
    try checkMass(ledger.world)
    try checkVerdicts(ledger)
    try checkReplay(ledger)
  }

  private func checkMass(_ world: World) throws {
    for (code, lot) in world.lots {
      let drawn = lot.draws.reduce(Int64(0)) { $0 + $1.grams.value }
      let shrunk = lot.receipts.reduce(Int64(0)) {
        $0 + $1.value.dispatchedGrams.value - $1.value.grams.value
      }
      #expect(drawn + lot.grams.value + shrunk == lot.origin.grams.value, "\(code)")
      let origins = Provenance(world: world).origins(of: code)
      #expect(origins.totalGrams == lot.origin.grams.value, "\(code)")
      #expect(origins.plots.values.allSatisfy { $0 > 0 } && origins.unknownGrams >= 0)
    }
  }

  private func checkVerdicts(_ ledger: Scenario) throws {
    let judge = ledger.judge
    for (code, lot) in ledger.world.lots {
      let verdict = judge.judge(lot: code).verdict
      for input in lot.origin.inputs {
        #expect(judge.judge(lot: input.lot).verdict <= verdict, "\(input.lot) into \(code)")
      }
      if let plot = lot.origin.plot { #expect(judge.judge(plot: plot).verdict <= verdict) }
    }
  }

  /// Through the codec and back: the same world, stream by stream.
  private func checkReplay(_ ledger: Scenario) throws {
    var world = World()
    for event in ledger.recorded {
      let decoded = try DomainEvent.decode(
        type: event.event.type, schema: DomainEvent.schema, data: try event.event.encoded())
      #expect(decoded == event.event)
      world.apply(NewEvent(decoded, at: event.occurredAt, stream: event.stream))
    }
    #expect(world.lots == ledger.world.lots)
    #expect(world.plots == ledger.world.plots)
    #expect(world.versions == ledger.world.versions)
    #expect(world.findings == ledger.world.findings)
  }

  @Test func `given a lot used by two when the second comes then never a gram too much`() throws {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 10)
    try ledger.givenPurchase("C1", from: "H", grams: 6)
    let second = Command.purchase(
      .init(
        lot: try .init("C2"), buyer: try .init("EXP"), seller: .producer(try .init("P1")),
        product: try .init("cocoa-wet-beans"), inputs: [try Make.draw("H", 5)]))
    #expect(try ledger.refusal(of: second)?.figures["holds"] == "0.004 kg")
  }

  @Test func `given shares when divided then they add up and ties go by code`() throws {
    var ledger = try Scenario()
    try ledger.givenParties()
    for plot in ["A", "B", "D"] {
      try ledger.givenPlot(plot)
      try ledger.givenHarvest("H" + plot, plot: plot, grams: 1)
      try ledger.givenPurchase("C" + plot, from: "H" + plot, grams: 1)
    }
    try ledger.when(
      .blend(
        .init(
          lot: try .init("X"), holder: try .init("COOP"),
          inputs: try ["A", "B", "D"].map { try Make.draw("C" + $0, 1) })))
    try ledger.when(
      .split(
        .init(
          source: try .init("X"), holder: try .init("COOP"), parts: [try Make.draw("Y", 2)])))
    let origins = Provenance(world: ledger.world).origins(of: try .init("Y"))
    #expect(origins.plots == [try .init("A"): 1, try .init("B"): 1])
  }

  @Test func `given composed and decomposed accents then they are two codes`() throws {
    #expect(try LotCode("caf\u{E9}") == LotCode("caf\u{E9}"))
    #expect(throws: InvalidValue.self) { try LotCode("cafe\u{301}") }
    #expect(throws: InvalidValue.self) { try LotCode("") }
    #expect(throws: InvalidValue.self) { try LotCode("a b") }
    #expect(throws: InvalidValue.self) { try LotCode(String(repeating: "x", count: 65)) }
  }

  @Test func `given unknown types or broken data when decoded then a named error`() throws {
    #expect(throws: EventCodingError.self) {
      try DomainEvent.decode(type: "lot.eaten", schema: 1, data: Array("{}".utf8))
    }
    #expect(throws: EventCodingError.self) {
      try DomainEvent.decode(type: "lot.harvested", schema: 2, data: Array("{}".utf8))
    }
    #expect(throws: EventCodingError.self) {
      try DomainEvent.decode(type: "lot.harvested", schema: 1, data: Array("{\"lot\":1}".utf8))
    }
  }
}
