import Testing
import Traceability
import ValueTypes

/// Every command's accepted path: the exact facts, in their order, each in its stream.
@Suite struct CommandTests {
  private func ready() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 1_000_000)
    try ledger.when(try Act.purchase("C", ["H": 600_000]))
    return ledger
  }

  /// `type in stream` of each event, and that versions follow on without a gap.
  private func taken(_ command: Command, by ledger: inout Scenario) throws -> [String] {
    let before = ledger.world.versions
    let events = try ledger.when(command)
    for (stream, version) in ledger.world.versions {
      let count = events.filter { $0.stream == stream }.count
      #expect(version == (before[stream] ?? 0) + Int64(count), "\(stream)")
    }
    return events.map { "\($0.event.type) in \($0.stream)" }
  }

  @Test func `given registrations when taken then one fact each`() throws {
    var ledger = try Scenario()
    let coop = OrganisationRegistered(
      organisation: try .init("COOP"), name: "c", kind: .cooperative, country: "PE")
    #expect(
      try taken(.registerOrganisation(coop), by: &ledger)
        == ["organisation.registered in organisation:COOP"])
    let producer = ProducerRegistered(
      producer: try .init("P1"), organisation: coop.organisation, district: nil, person: nil)
    #expect(
      try taken(.registerProducer(producer), by: &ledger)
        == ["producer.registered in producer:P1"])
    let plot = try Make.plot("A", producer: "P1")
    #expect(try taken(.registerPlot(plot), by: &ledger) == ["plot.registered in plot:A"])
    #expect(
      try taken(.documentTenure(try Make.title("A")), by: &ledger)
        == ["plot.tenure-documented in plot:A"])
    let policy = PolicyRegistered(
      name: "eudr", version: "1", text: "{}", digest: try Make.digest(4))
    #expect(
      try taken(.registerPolicy(policy), by: &ledger) == ["policy.registered in policy:eudr-1"])
    for kind in [DatasetKind.forest2020, .lossYear] {
      let name = kind == .lossYear ? "loss" : "forest"
      #expect(
        try taken(.registerDataset(try Make.dataset(name, kind)), by: &ledger)
          == ["dataset.registered in dataset:\(name)"])
    }
    let assessment = try Make.assessment("A", forest: 0, loss: 0)
    #expect(
      try taken(.recordAssessment(assessment), by: &ledger) == ["plot.assessed in plot:A"])
  }

  @Test func `given acts that found lots when taken then draws and lots stand in one commit`()
    throws
  {
    var ledger = try ready()
    #expect(
      ledger.recorded.suffix(4).map(\.event.type)
        == ["lot.harvested", "plot.harvested", "lot.drawn", "lot.purchased"])
    #expect(
      try taken(try Act.split("C", ["S1": 1, "S2": 2]), by: &ledger)
        == ["lot.drawn in lot:C", "lot.split in lot:S1", "lot.split in lot:S2"])
    #expect(
      try taken(try Act.blend("B", ["C": 99_997, "S1": 1, "S2": 2]), by: &ledger)
        == [
          "lot.drawn in lot:C", "lot.drawn in lot:S1", "lot.drawn in lot:S2",
          "lot.blended in lot:B",
        ])
    #expect(
      try taken(try Act.dry(["B": 100_000], into: ["D1": 30_000, "D2": 5_000]), by: &ledger)
        == ["lot.drawn in lot:B", "lot.processed in lot:D1", "lot.processed in lot:D2"])
    let lots = ledger.world.lots
    #expect(lots[try .init("C")]?.grams.value == 500_000)
    for code in ["B", "S1", "S2"] { #expect(lots[try .init(code)]?.grams == .zero) }
    guard case .processed(let run) = lots[try .init("D2")]?.origin else {
      Issue.record("D2 was not processed")
      return
    }
    #expect(run.lossGrams.value == 65_000 && run.outputs.count == 2)
  }

  @Test func `given a lot when sent then received, rejected or counted as told`() throws {
    var ledger = try ready()
    let lot = try LotCode("C")
    #expect(
      try taken(try Act.dispatch("C", waybill: "T1"), by: &ledger) == ["lot.dispatched in lot:C"])
    #expect(try taken(try Act.reject("C"), by: &ledger) == ["lot.rejected in lot:C"])
    #expect(ledger.world.lots[lot]?.holder == .organisation(try .init("COOP")))
    try ledger.when(try Act.dispatch("C", waybill: "T2"))
    #expect(try taken(try Act.receive("C", 600_500), by: &ledger) == ["lot.received in lot:C"])
    #expect(ledger.world.lots[lot]?.grams.value == 600_000)
    #expect(ledger.world.lots[lot]?.holder == .organisation(try .init("EXP")))
    #expect(
      try taken(try Act.adjust("C", by: "EXP", to: 600_001), by: &ledger)
        == ["lot.adjusted in lot:C"])
    #expect(ledger.world.lots[lot]?.unknownOriginGrams.value == 1)
    try ledger.when(try Act.adjust("C", by: "EXP", to: 5))
    #expect(ledger.world.lots[lot]?.grams.value == 5)
    #expect(ledger.world.lots[lot]?.unknownOriginGrams.value == 1)
  }

  @Test func `given a shipment when loaded, sealed and exported then each is a fact`() throws {
    var ledger = try ready()
    #expect(try taken(try Act.open("EMB"), by: &ledger) == ["shipment.opened in shipment:EMB"])
    #expect(
      try taken(try Act.load("EMB", "C", 5), by: &ledger)
        == ["lot.drawn in lot:C", "shipment.lot-loaded in shipment:EMB"])
    #expect(try taken(try Act.seal("EMB"), by: &ledger) == ["shipment.sealed in shipment:EMB"])
    #expect(
      try taken(try Act.export("EMB"), by: &ledger) == ["shipment.exported in shipment:EMB"])
  }

  @Test func `given a doubt when raised and reviewed then every subject's stream shows it`()
    throws
  {
    var ledger = try ready()
    #expect(
      try taken(try Act.doubt("doubt-1", on: ["plot:A", "lot:C"]), by: &ledger)
        == [
          "finding.raised in finding:doubt-1", "finding.raised in plot:A",
          "finding.raised in lot:C",
        ])
    #expect(
      try taken(try Act.review(try .init("doubt-1"), .upheld, hasEvidence: false), by: &ledger)
        == [
          "finding.reviewed in finding:doubt-1", "finding.reviewed in plot:A",
          "finding.reviewed in lot:C",
        ])
    #expect(ledger.judge.judge(lot: try .init("C")).verdict == .notCompliant)
  }

  @Test func `given acts when asked for a second time then they are known`() throws {
    var ledger = try ready()
    try ledger.when(try Act.open("EMB"))
    let acts = [
      try Act.purchase("C2", ["H": 10]), try Act.blend("B", ["C": 5_000]),
      try Act.split("B", ["S1": 10, "S2": 20]), try Act.dry(["B": 1_000], into: ["D": 350]),
      try Act.dispatch("D"), try Act.receive("D", 350), try Act.adjust("D", by: "EXP", to: 340),
      try Act.dispatch("S1", waybill: "1"), try Act.reject("S1"), try Act.load("EMB", "C", 5),
      try Act.doubt("doubt-1", on: ["lot:D"]), try Act.review(try .init("doubt-1"), .dismissed),
      try Act.seal("EMB"), try Act.export("EMB"),
    ]
    for act in acts { try ledger.when(act) }
    for act in acts + [try Act.open("EMB")] {
      #expect(try ledger.refusal(of: act)?.code == .alreadyRecorded, "\(act.subject)")
    }
  }

  @Test func `given every command when its streams are loaded then it decides as with all`()
    throws
  {
    var ledger = try ready()
    try ledger.when(try Act.open("EMB"))
    try ledger.when(try Act.doubt("doubt-1", on: ["lot:C"]))
    for command in [
      try Act.purchase("C2", ["H": 10]), try Act.blend("B", ["C": 5]),
      try Act.split("C", ["S": 10]), try Act.dry(["C": 1_000], into: ["D": 350]),
      try Act.dispatch("C"), try Act.adjust("C", to: 1), try Act.load("EMB", "C", 5),
      try Act.doubt("doubt-2", on: ["plot:A"]), try Act.review(try .init("doubt-1"), .upheld),
      .harvest(try Make.harvest("H2", plot: "A", grams: 50_000_000)),
      .recordAssessment(try Make.assessment("A", forest: 0.5, loss: 0.5)),
    ] {
      let part = try ledger.loading(command)
      let moment = try Make.moment(Scenario.day)
      #expect(
        try decide(command, occurredAt: moment, in: part, by: ledger.context)
          == decide(command, occurredAt: moment, in: ledger.world, by: ledger.context),
        "\(command.subject)")
    }
  }
}
