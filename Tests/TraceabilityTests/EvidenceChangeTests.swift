import Testing
import Traceability
import ValueTypes

/// Evidence that changes: new maps, corrected outlines, reviews that still answer.
struct EvidenceChangeTests {
  private func ledger(forest: Double = 0, loss: Double = 0) throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A", forest: forest, loss: loss)
    return ledger
  }

  private func reasons(_ ledger: Scenario) throws -> [Reason] {
    ledger.judge.reasons(plot: try .init("A"))
  }

  /// The same look with one dataset more, which shows `share` of the plot as value `value`.
  private func look(
    _ forest: Double, _ loss: Double, and name: String, _ kind: DatasetKind, _ value: Int,
    _ share: Double
  ) throws -> PlotAssessed {
    let plain = try Make.assessment("A", forest: forest, loss: loss)
    let more = DatasetResult(
      dataset: try .init(name), kind: kind, datasetDigest: try Make.digest(3),
      squareMetres: 20_000, outsideSquareMetres: 0, noDataSquareMetres: 0,
      classes: [.init(value: value, squareMetres: 20_000 * share, cells: 2)])
    return PlotAssessed(
      plot: plain.plot, geometryDigest: plain.geometryDigest, method: plain.method,
      form: plain.form, results: plain.results + [more])
  }

  private func register(
    _ name: String, _ kind: DatasetKind, _ meaning: DatasetMeaning, _ ledger: inout Scenario
  ) throws {
    try ledger.when(
      .registerDataset(
        DatasetRegistered(
          dataset: try .init(name), kind: kind, version: "1", digest: try Make.digest(3),
          byteCount: 1, licence: "CC0", source: "test", extent: [-78, -9, -76, -7],
          cellDegrees: 0.000_1, meaning: meaning)))
  }

  private func dismiss(_ ledger: inout Scenario) throws {
    for finding in ledger.world.findings.values where finding.review == nil {
      try ledger.when(
        .reviewFinding(
          FindingReviewed(
            finding: finding.raised.finding, outcome: .dismissed, reviewer: "Ana",
            reason: "cacao bajo sombra de 1998", evidence: [try Make.digest(9)]),
          raisedBy: ["raiz"]))
    }
  }

  private let radd = DatasetKind(rawValue: "alert-radd") ?? .lossYear

  @Test func `given a dismissed doubt when a map more shows nothing then nobody is asked again`()
    throws
  {
    var ledger = try ledger(forest: 0.5)
    #expect(try reasons(ledger).map(\.code) == [.treeCoverAtCutOff])
    try dismiss(&ledger)
    #expect(try reasons(ledger).isEmpty)
    try register("radd", radd, .yearAndDay, &ledger)
    let events = try ledger.when(
      .recordAssessment(try look(0.5, 0, and: "radd", radd, 0, 1)))
    #expect(events.map(\.event.type) == ["plot.assessed"])
    #expect(try reasons(ledger).isEmpty)
  }

  @Test func `given a dismissed doubt when an alert comes then it is asked anew and holds`() throws
  {
    var ledger = try ledger(forest: 0.5)
    try dismiss(&ledger)
    try register("radd", radd, .yearAndDay, &ledger)
    try ledger.when(.recordAssessment(try look(0.5, 0, and: "radd", radd, 25_100, 0.2)))
    let found = try reasons(ledger)
    #expect(found.map(\.code) == [.forestLossAfterCutOff])
    #expect(found.first?.verdict == .notCompliant)
    #expect(found.first?.figures["lossMap"] == "radd")
    #expect(found.first?.figures["risk"] == "high")
    try dismiss(&ledger)
    #expect(try reasons(ledger).isEmpty)
  }

  @Test func `given an alert before the cut-off then it is no loss after it`() throws {
    var ledger = try ledger(forest: 0.05)
    try register("radd", radd, .yearAndDay, &ledger)
    try ledger.when(.recordAssessment(try look(0.05, 0, and: "radd", radd, 20_300, 0.9)))
    #expect(try reasons(ledger).isEmpty)
  }

  @Test func `given low risk by a commodity map then loss on forest stays a doubt all the same`()
    throws
  {
    var ledger = try ledger()
    let cocoa = try #require(DatasetKind(rawValue: "cocoa-2020"))
    try register("cocoa", cocoa, .atLeast(50), &ledger)
    try ledger.when(.recordAssessment(try look(0.5, 0.3, and: "cocoa", cocoa, 90, 0.8)))
    let risk = try #require(ledger.judge.risk(plot: try .init("A")))
    #expect(risk.risk == .low)
    let found = try reasons(ledger)
    #expect(found.map(\.code) == [.forestLossAfterCutOff])
    #expect(found.first?.verdict == .insufficientEvidence)
  }

  @Test func `given a commodity map over half of the plot then forest alone asks for no more`()
    throws
  {
    var ledger = try ledger()
    let cocoa = try #require(DatasetKind(rawValue: "cocoa-2020"))
    try register("cocoa", cocoa, .atLeast(50), &ledger)
    try ledger.when(.recordAssessment(try look(0.5, 0, and: "cocoa", cocoa, 90, 0.8)))
    #expect(try reasons(ledger).isEmpty)
    let risk = try #require(ledger.judge.risk(plot: try .init("A")))
    let answers = risk.indicators.map(\.isYes)
    #expect(answers == [true, true, false, false])
    let shown = try #require(risk.indicators[1].layers.first { $0.dataset != nil })
    #expect(shown.column == "Cocoa_ETH")
    #expect(shown.percent == 80)
    // What no map was asked is said, and answers no.
    #expect(risk.indicators[1].layers.filter { $0.dataset == nil && !$0.isYes }.count == 4)
  }

  @Test func `given a corrected outline then the old assessment no longer counts`() throws {
    var ledger = try ledger()
    #expect(try reasons(ledger).isEmpty)
    try ledger.when(.correctGeometry(try Make.correction("A", hectares: 3)))
    #expect(try reasons(ledger).map(\.code) == [.assessmentOfOtherGeometry])
    let plot = try #require(ledger.world.plots[try .init("A")])
    #expect(plot.registered.squareMetres == 30_000)
    #expect(plot.registered.producer == (try ProducerCode("P1")))
    // The file that brought the plot, given again, is still what was recorded.
    #expect(
      try ledger.refusal(of: .registerPlot(try Make.plot("A", producer: "P1")))?.code
        == .alreadyRecorded)
    #expect(
      try ledger.refusal(of: .correctGeometry(try Make.correction("A", hectares: 3)))?.code
        == .alreadyRecorded)
  }

  @Test func `given a superseded map then its word stands until the plot is looked at again`()
    throws
  {
    var ledger = try ledger(forest: 0.5)
    try ledger.when(
      .supersedeDataset(DatasetSuperseded(dataset: try .init("forest"), by: nil, reason: "wrong")))
    #expect(try reasons(ledger).map(\.code) == [.treeCoverAtCutOff])
    #expect(
      try ledger.refusal(
        of: .recordAssessment(try Make.assessment("A", forest: 0, loss: 0)))?.code
        == .datasetSuperseded)
  }
}
