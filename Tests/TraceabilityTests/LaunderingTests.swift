import Testing
import Traceability
import ValueTypes

/// Ways in which somebody might wash mass or evidence, and that none works.
@Suite struct LaunderingTests {
  private func ledger() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    return ledger
  }

  private func finding(_ ledger: Scenario, _ plot: String) throws -> FindingRaised {
    let code = try #require(ledger.world.findingsOn[.plot(try .init(plot))]?.first)
    return try #require(ledger.world.findings[code]?.raised)
  }

  @Test func `given a person's doubt about forest loss when the maps show none then it holds`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    let figures = ["cutOff": "2020-12-31", "lossHectares": "1.0000", "lossMap": "field visit"]
    try ledger.when(
      try Act.doubt(
        "seen", on: ["plot:A"], .forestLossAfterCutOff,
        restsOn: [EventReference(stream: .plot(try .init("A")), version: 3)], figures: figures))
    let judgement = ledger.judge.judge(plot: try .init("A"))
    #expect(judgement.reasons.map(\.code) == [.openFinding])
    try ledger.when(try Act.review(try .init("seen"), .upheld))
    #expect(ledger.judge.judge(plot: try .init("A")).verdict == .notCompliant)
  }

  @Test func `given one doubt dismissed when another about the same is upheld then it bars`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("A", forest: 0.5, loss: 0.05)
    let first = try finding(ledger, "A")
    try ledger.when(
      try Act.doubt(
        "second", on: ["plot:A"], first.kind, restsOn: first.restsOn, figures: first.figures))
    try ledger.when(try Act.review(first.finding, .dismissed))
    #expect(ledger.judge.judge(plot: try .init("A")).verdict == .insufficientEvidence)
    var cleared = ledger
    try cleared.when(try Act.review(try .init("second"), .dismissed))
    #expect(cleared.judge.judge(plot: try .init("A")).verdict == .deforestationFree)
    try ledger.when(try Act.review(try .init("second"), .upheld))
    #expect(ledger.judge.judge(plot: try .init("A")).verdict == .notCompliant)
  }

  @Test func `given one's own doubt when dismissed then the program's still holds`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A", forest: 0.5, loss: 0.05)
    let first = try finding(ledger, "A")
    try ledger.when(
      try Act.doubt(
        "decoy", on: ["plot:A"], first.kind, restsOn: first.restsOn, figures: first.figures))
    try ledger.when(try Act.review(try .init("decoy"), .dismissed))
    #expect(ledger.judge.judge(plot: try .init("A")).verdict == .insufficientEvidence)
  }

  @Test func `given an answered doubt when the plot is assessed again then it is asked again`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenPlot("A", forest: 0.5, loss: 0.05)
    try ledger.when(try Act.review(try finding(ledger, "A").finding, .dismissed))
    try ledger.when(.recordAssessment(try Make.assessment("A", forest: 0.5, loss: 0.3)))
    #expect(ledger.judge.judge(plot: try .init("A")).verdict == .notCompliant)
  }

  @Test func `given a bad assessment when a clean one follows then the doubt stays open`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A", forest: 0.5, loss: 0.3)
    try ledger.when(.recordAssessment(try Make.assessment("A", forest: 0, loss: 0)))
    #expect(
      ledger.judge.judge(plot: try .init("A")).reasons.map(\.code) == [.openFinding])
  }

  @Test func `given maps of a small plot when they show nothing then nothing is proven`() throws {
    var ledger = try ledger()
    try ledger.when(.registerPlot(try Make.plot("A", producer: "P1", hectares: 0.009)))
    try ledger.when(.documentTenure(try Make.title("A")))
    try ledger.when(
      .recordAssessment(
        try Make.assessment("A", hectares: 0.009, forest: 0, loss: 0, outside: 90)))
    #expect(ledger.judge.judge(plot: try .init("A")).reasons.first?.code == .outsideMap)
  }

  @Test func `given two maps of a kind when they differ then the one that shows most counts`()
    throws
  {
    var ledger = try ledger()
    let second = try Make.dataset("forest-b", .forest2020)
    try ledger.when(.registerDataset(second))
    try ledger.givenPlot("A", assessed: false)
    let clean = try Make.assessment("A", forest: 0, loss: 0)
    let worse = try Make.assessment("A", forest: 0.4, loss: 0).results[0]
    for flip in [false, true] {
      let other = DatasetResult(
        dataset: second.dataset, kind: .forest2020, datasetDigest: second.digest,
        squareMetres: worse.squareMetres, outsideSquareMetres: 0, noDataSquareMetres: 0,
        classes: worse.classes)
      var copy = ledger
      try copy.when(
        .recordAssessment(
          PlotAssessed(
            plot: clean.plot, geometryDigest: clean.geometryDigest, method: "m", form: .polygon,
            results: flip ? [other] + clean.results : clean.results + [other])))
      #expect(
        copy.judge.judge(plot: clean.plot).reasons.map(\.code) == [.treeCoverAtCutOff])
    }
  }

  @Test func `given mass found by a count when it goes on then its origin stays unknown`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 100)
    for act in [
      try Act.purchase("C", ["H": 100]), try Act.adjust("C", to: 50), try Act.adjust("C", to: 150),
      try Act.split("C", ["S": 150]), try Act.dry(["S": 150], into: ["D": 60]),
    ] { try ledger.when(act) }
    let provenance = Provenance(world: ledger.world)
    #expect(provenance.origins(of: try .init("S")).plots == [try .init("A"): 75])
    #expect(provenance.origins(of: try .init("S")).unknownGrams == 75)
    #expect(provenance.origins(of: try .init("D")).totalGrams == 60)
    #expect(
      ledger.judge.judge(lot: try .init("D")).reasons.map(\.code) == [.unknownOrigin])
  }

  @Test func `given the same load twice at two moments then both are recorded`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 100)
    try ledger.when(try Act.purchase("C", ["H": 100]))
    try ledger.when(try Act.open("EMB"))
    let load = try Act.load("EMB", "C", 40)
    try ledger.when(load)
    try ledger.when(load, at: "2026-05-10T13:00:00-05:00")
    #expect(ledger.world.lots[try .init("C")]?.grams.value == 20)
    #expect(ledger.world.shipments[try .init("EMB")]?.loads.count == 2)
    #expect(try ledger.refusal(of: load)?.code == .alreadyRecorded)
    #expect(ledger.judge.judge(shipment: try .init("EMB")).verdict == .deforestationFree)
  }

  @Test func `given a lot sent twice when the first sending is repeated then it is known`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 100_000)
    try ledger.when(try Act.purchase("C", ["H": 100_000]))
    try ledger.when(try Act.dispatch("C", waybill: "1"))
    try ledger.when(try Act.receive("C", 99_500))
    try ledger.when(try Act.dispatch("C", from: "EXP", to: "MILL"))
    #expect(try ledger.refusal(of: try Act.dispatch("C", waybill: "1"))?.code == .alreadyRecorded)
  }

  @Test func `given the greatest masses when they are weighed then nothing overflows`() throws {
    var ledger = try ledger()
    try ledger.givenPlot("A")
    for number in 0..<12 {
      try ledger.givenHarvest("H\(number)", plot: "A", grams: Grams.limit)
    }
    try ledger.when(try Act.purchase("C", ["H1": Grams.limit]))
    try ledger.when(try Act.dispatch("C"))
    try ledger.when(try Act.receive("C", Grams.limit))
    try ledger.when(try Act.dry(by: "EXP", ["C": Grams.limit], into: ["D": Grams.limit]))
    #expect(
      try ledger.refusal(of: try Act.purchase("X", ["H2": Grams.limit, "H3": 1]))?.code
        == .massTooLarge)
    #expect(Provenance(world: ledger.world).origins(of: try .init("D")).totalGrams == Grams.limit)
    #expect(ledger.judge.judge(lot: try .init("D")).verdict == .insufficientEvidence)
  }
}
