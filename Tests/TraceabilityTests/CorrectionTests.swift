import Testing
import Traceability
import ValueTypes

/// An error is corrected by a new fact; what it makes impossible is a finding.
@Suite struct CorrectionTests {
  private func ledger() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 100_000)
    return ledger
  }

  private func lot(_ code: String, _ ledger: Scenario) throws -> LotState {
    try #require(ledger.world.lots[try .init(code)])
  }

  private func kinds(_ ledger: Scenario) -> [FindingKind] {
    ledger.world.findings.values.map(\.raised.kind).sorted { $0.rawValue < $1.rawValue }
  }

  @Test func `given a harvest typed too heavy when corrected then mass, season and shares follow`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(try Act.purchase("C", ["H": 40_000]))
    try ledger.when(try Act.correct("H") { $0.grams = try Grams(60_000) })
    #expect(try lot("H", ledger).grams.value == 20_000)
    #expect(try lot("H", ledger).origin.grams.value == 60_000)
    let plot = try #require(ledger.world.plots[try .init("A")])
    #expect(plot.harvested(try .init("cocoa-wet-beans"), in: 2_026) == 60_000)
    #expect(kinds(ledger).isEmpty)
    #expect(ledger.judge.judge(lot: try .init("C")).verdict == .deforestationFree)
  }

  @Test func `given more drawn than there was when corrected then it is raised and holds below`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(try Act.purchase("C", ["H": 90_000]))
    try ledger.when(try Act.correct("H") { $0.grams = try Grams(50_000) })
    let source = try lot("H", ledger)
    #expect(source.grams == .zero && source.deficitGrams == 40_000)
    #expect(kinds(ledger) == [.massImpossible])
    let finding = try #require(ledger.world.findings.values.first?.raised)
    #expect(finding.severity == .doubt && finding.figures["lacking"] == "40 kg")
    let judgement = ledger.judge.judge(lot: try .init("C"))
    #expect(judgement.verdict == .insufficientEvidence)
    #expect(Set(judgement.reasons.map(\.code)) == [.openFinding, .massLacking])
    // Dismissing the finding does not bring the mass.
    try ledger.when(try Act.review(finding.finding, .dismissed))
    #expect(ledger.judge.judge(lot: try .init("C")).reasons.map(\.code) == [.massLacking])
    // The buyer's weight was wrong too: all closes again.
    try ledger.when(try Act.correct("C") { $0.inputs = try Act.draws(["H": 45_000]) })
    #expect(ledger.judge.judge(lot: try .init("C")).verdict == .deforestationFree)
    #expect(try lot("H", ledger).grams.value == 5_000)
    #expect(try lot("C", ledger).grams.value == 45_000)
  }

  @Test func `given a harvest on the wrong plot when corrected then its origin is the right one`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("DIRTY", forest: 0.5, loss: 0.5)
    try ledger.when(try Act.purchase("C", ["H": 100_000]))
    try ledger.when(try Act.correct("H") { $0.plot = try .init("DIRTY") })
    let origins = Provenance(world: ledger.world).origins(of: try .init("C"))
    #expect(origins.plots == [try .init("DIRTY"): 100_000])
    #expect(ledger.judge.judge(lot: try .init("C")).verdict != .deforestationFree)
    for (plot, mass) in [("A", Int64(0)), ("DIRTY", 100_000)] {
      let state = try #require(ledger.world.plots[try .init(plot)])
      #expect(state.harvested(try .init("cocoa-wet-beans"), in: 2_026) == mass)
    }
    try ledger.when(try Act.correct("H") { $0.plot = try .init("A") })
    #expect(ledger.judge.judge(lot: try .init("C")).verdict == .deforestationFree)
  }

  @Test func `given a purchase that never was when voided then its inputs have their mass again`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(try Act.purchase("C", ["H": 70_000]))
    try ledger.when(try Act.correct("C"))
    #expect(try lot("H", ledger).grams.value == 100_000)
    #expect(try lot("C", ledger).isVoided && lot("C", ledger).grams == .zero)
    #expect(ledger.judge.judge(lot: try .init("C")).reasons.map(\.code) == [.lotVoided])
    #expect(Provenance(world: ledger.world).downstream(of: [try .init("H")]).lots.count == 1)
    #expect(try ledger.refusal(of: Act.correct("C"))?.code == .alreadyVoided)
    // What had been made of it was never there.
    try ledger.when(try Act.purchase("D", ["H": 100_000]))
    try ledger.when(try Act.split("D", ["E": 60_000]))
    try ledger.when(try Act.correct("D"))
    #expect(kinds(ledger) == [.massImpossible])
    #expect(ledger.judge.judge(lot: try .init("E")).verdict == .insufficientEvidence)
  }

  @Test
  func `given the wrong input when corrected then the right one gives and the wrong has back`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("B")
    try ledger.givenHarvest("G", plot: "B", grams: 50_000)
    try ledger.when(try Act.purchase("C", ["H": 60_000]))
    try ledger.when(try Act.correct("C") { $0.inputs = try Act.draws(["G": 60_000]) })
    #expect(try lot("H", ledger).grams.value == 100_000)
    // What was really taken is not refused: it is doubted.
    #expect(try lot("G", ledger).deficitGrams == 10_000)
    #expect(kinds(ledger) == [.massImpossible])
    #expect(ledger.judge.judge(lot: try .init("C")).reasons.contains { $0.code == .openFinding })
    #expect(!ledger.judge.judge(lot: try .init("C")).reasons.contains { $0.code == .chainBroken })
  }

  @Test func `given a run typed wrongly when corrected then every output carries the right run`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(try Act.purchase("C", ["H": 100_000]))
    try ledger.when(try Act.dry(["C": 100_000], into: ["D": 33_000, "E": 2_000]))
    try ledger.when(
      try Act.correct("E") {
        $0.outputs = try ["D": 30_000, "E": 5_000].map {
          .init(
            lot: try .init($0.key), product: try .init("cocoa-dry-beans"),
            grams: try Grams($0.value))
        }.sorted { $0.lot < $1.lot }
      })
    for (code, mass) in [("D", Int64(30_000)), ("E", 5_000)] {
      #expect(try lot(code, ledger).grams.value == mass)
      #expect(ledger.judge.judge(lot: try .init(code)).verdict == .deforestationFree)
    }
    try ledger.when(try Act.correct("D"))
    #expect(try lot("C", ledger).grams.value == 100_000)
    #expect(try lot("E", ledger).isVoided)
  }

  @Test func `given a split and a count typed wrongly when corrected then the books close`() throws
  {
    var ledger = try ledger()
    try ledger.when(try Act.purchase("C", ["H": 100_000]))
    try ledger.when(try Act.split("C", ["S1": 30_000, "S2": 20_000]))
    try ledger.when(try Act.correct("S2") { $0.grams = try Grams(25_000) })
    #expect(try lot("C", ledger).grams.value == 45_000)
    #expect(ledger.judge.judge(lot: try .init("S1")).verdict == .deforestationFree)
    try ledger.when(try Act.adjust("C", to: 50_000))
    #expect(try lot("C", ledger).unknownOriginGrams.value == 5_000)
    let count = try #require(try lot("C", ledger).adjustments.last?.version)
    try ledger.when(try Act.correct("C", version: count) { $0.grams = try Grams(44_000) })
    #expect(try lot("C", ledger).unknownOriginGrams == .zero)
    #expect(try lot("C", ledger).grams.value == 44_000)
    try ledger.when(try Act.correct("C", version: count))
    #expect(try lot("C", ledger).grams.value == 45_000)
  }

  @Test func `given a correction when not its own act, empty or the same then it is refused`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(try Act.purchase("C", ["H": 70_000]))
    func code(_ act: Command) throws -> Refusal.Code? { try ledger.refusal(of: act)?.code }
    #expect(try code(Act.correct("C", by: "EXP")) == .notRecorder)
    #expect(try code(Act.correct("C", reason: " ")) == .reasonMissing)
    #expect(try code(Act.correct("C", version: 99)) == .nothingToCorrect)
    #expect(try code(Act.correct("C") { $0.plot = try .init("A") }) == .correctionUnfit)
    #expect(try code(Act.correct("H") { $0.grams = try Grams(100_000) }) == .alreadyRecorded)
    #expect(
      try code(Act.correct("C") { $0.inputs = try Act.draws(["H": 70_000]) }) == .alreadyRecorded)
    #expect(try code(Act.correct("NONE")) == .unknownLot)
    #expect(
      try code(Act.correct("H") { $0.plot = try .init("NONE") }) == .unknownPlot)
  }

  @Test func `given acts that were corrected when given again then nothing changes`() throws {
    var ledger = try ledger()
    let acts = [
      try Act.purchase("C", ["H": 70_000]), try Act.split("C", ["S": 5_000]),
      try Act.adjust("C", to: 64_000), try Act.dispatch("C"),
    ]
    for act in acts { try ledger.when(act) }
    let count = try #require(try lot("C", ledger).adjustments.last?.version)
    let sent = try #require(try lot("C", ledger).dispatches.last?.version)
    let corrections = [
      try Act.correct("H") {
        $0.grams = try Grams(99_000)
        $0.from = CivilDate("2026-05-08")
        $0.to = CivilDate("2026-05-09")
      },
      try Act.correct("C") { $0.inputs = try Act.draws(["H": 71_000]) },
      try Act.correct("S") { $0.grams = try Grams(4_000) }, try Act.correct("C", version: count),
      try Act.correct("C", version: sent),
    ]
    for act in corrections { try ledger.when(act) }
    let harvest = Command.harvest(try Make.harvest("H", plot: "A", grams: 100_000))
    for act in [harvest] + acts + corrections.prefix(3) {
      #expect(try ledger.refusal(of: act)?.code == .alreadyRecorded, "\(act)")
    }
  }

  @Test func `given a correction when loaded by its streams alone then it decides the same`() throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("B")
    try ledger.givenHarvest("G", plot: "B", grams: 50_000)
    try ledger.when(try Act.purchase("C", ["H": 70_000]))
    let act = try Act.correct("C") { $0.inputs = try Act.draws(["H": 10_000, "G": 5_000]) }
    let moment = try Make.moment(Scenario.day)
    let whole = try decide(act, occurredAt: moment, in: ledger.world, by: ledger.context)
    let part = try decide(
      act, occurredAt: moment, in: try ledger.loading(act), by: ledger.context)
    #expect(whole == part && !whole.isEmpty)
  }
}
