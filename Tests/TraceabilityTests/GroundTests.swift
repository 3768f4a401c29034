import Testing
import ValueTypes

@testable import Traceability

/// G12: plots on water, on built-up land, or where their crop does not grow.
struct GroundTests {
  private func ledger() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A", forest: 0, loss: 0)
    return ledger
  }

  private func raised(_ events: [NewEvent]) -> [FindingRaised] {
    events.compactMap { event in
      guard event.stream.kind == .finding, case .findingRaised(let raised) = event.event
      else { return nil }
      return raised
    }
  }

  @Test(arguments: [
    (0.1, nil), (0.11, FindingSeverity.notice), (0.5, .notice), (0.51, .doubt), (1, .doubt),
  ])
  func `given a share on water when assessed then nothing, a notice or a doubt`(
    share: Double, severity: FindingSeverity?
  ) throws {
    var ledger = try ledger()
    try ledger.givenMap("cover", "water", .values([80]))
    let found = raised(
      try ledger.when(try Scenario.ground([("cover", "water", [80: share, 10: 1 - share])])))
    #expect(found.map(\.severity) == [severity].compactMap { $0 })
    let reasons = ledger.judge.reasons(plot: try .init("A"))
    #expect(reasons.map(\.code) == (severity == .doubt ? [.openFinding] : []))
    guard let one = found.first else { return }
    #expect(one.kind == .plotOnWater && one.finding.isOfProgram)
    #expect(one.figures["hectares"] == Wording.hectares(20_000 * share))
    #expect(one.figures["map"] == "cover" && one.figures["checks"] == "raiz-ground/1")
    for language in Language.allCases {
      let text = Wording.text(of: one.kind, one.figures, in: language)
      #expect(text.contains("cover") && !text.contains("—"), "\(text)")
    }
  }

  @Test func `given built-up land and a height when assessed then each is told by its map`() throws
  {
    var ledger = try ledger()
    try ledger.givenMap("town", "built-up", .values([50]))
    try ledger.givenMap("dem", "elevation", .metres(step: 10))
    let found = raised(
      try ledger.when(
        try Scenario.ground([
          ("town", "built-up", [50: 0.6, 10: 0.4]), ("dem", "elevation", [130: 0.9, 119: 0.1]),
        ])))
    #expect(found.map(\.kind) == [.plotOnBuiltUp, .plotOutsideAltitude])
    #expect(found.map(\.severity) == [.doubt, .notice])
    let figures = try #require(found.last).figures
    #expect(figures["metres"] == "1289" && figures["percent"] == "90.0")
    #expect(figures["lowest"] == "0" && figures["highest"] == "1200" && figures["crop"] == "cocoa")
  }

  @Test func `given the same ground on the same map when looked at again then nobody is asked`()
    throws
  {
    var ledger = try ledger()
    try ledger.givenMap("cover", "water", .values([80]))
    try ledger.givenMap("town", "built-up", .values([50]))
    let wet = ("cover", "water", [80: 0.7, 10: 0.3])
    #expect(raised(try ledger.when(try Scenario.ground([wet]))).count == 1)
    #expect(
      raised(try ledger.when(try Scenario.ground([wet, ("town", "built-up", [10: 1])]))).isEmpty)
    // Another figure of the map is asked anew.
    let drier = ("cover", "water", [80: 0.6, 10: 0.4])
    #expect(raised(try ledger.when(try Scenario.ground([drier]))).count == 1)
    // And decided again, it is the same.
    let first = try decide(
      try Scenario.ground([wet, ("town", "built-up", [50: 1])]), occurredAt: ledger.context.now,
      in: ledger.world, by: ledger.context)
    let second = try decide(
      try Scenario.ground([wet, ("town", "built-up", [50: 1])]), occurredAt: ledger.context.now,
      in: ledger.world, by: ledger.context)
    #expect(first == second && raised(first).map(\.kind) == [.plotOnBuiltUp])
  }

  @Test func `given a map that knows less than half of the plot then it says nothing of it`() throws
  {
    var ledger = try ledger()
    try ledger.givenMap("cover", "water", .values([80]))
    #expect(raised(try ledger.when(try Scenario.ground([("cover", "water", [80: 0.49])]))).isEmpty)
    #expect(
      raised(try ledger.when(try Scenario.ground([("cover", "water", [80: 0.5])]))).count == 1)
  }

  @Test func `given an answered doubt about the ground then the plot is proven again`() throws {
    var ledger = try ledger()
    try ledger.givenMap("cover", "water", .values([80]))
    let found = raised(try ledger.when(try Scenario.ground([("cover", "water", [80: 1])])))
    try ledger.when(
      .reviewFinding(
        FindingReviewed(
          finding: try #require(found.first).finding, outcome: .dismissed, reviewer: "Ana",
          reason: "el río cambió de cauce", evidence: [try Make.digest(9)]), raisedBy: ["raiz"]))
    #expect(ledger.judge.reasons(plot: try .init("A")).isEmpty)
  }

  @Test func `given heights then they mean something to elevation alone`() throws {
    let kinds = try DatasetKinds.shipped()
    let entry = try #require(kinds.entry(.elevation))
    #expect(DatasetMeaning(entry.meaning ?? "") == .metres(step: 1))
    #expect(DatasetKinds.fits(.metres(step: 1), entry))
    #expect(!DatasetKinds.fits(.values([1]), entry))
    #expect(!DatasetKinds.fits(.metres(step: 1), try #require(kinds.entry(.water))))
    #expect(DatasetMeaning("metres 0") == nil && DatasetMeaning("metres x") == nil)
  }
}

extension Scenario {
  mutating func givenMap(_ name: String, _ kind: String, _ meaning: DatasetMeaning) throws {
    try when(
      .registerDataset(
        DatasetRegistered(
          dataset: try .init(name), kind: try Make.unwrap(DatasetKind(rawValue: kind)),
          version: "1", digest: try Make.digest(3), byteCount: 1, licence: "CC0", source: "test",
          extent: [-78, -9, -76, -7], cellDegrees: 0.000_1, meaning: meaning)))
  }

  /// A plot's assessment with maps more, each with shares of the plot by value.
  static func ground(
    _ maps: [(name: String, kind: String, shares: [Int: Double])], on plot: String = "A"
  ) throws -> Command {
    let plain = try Make.assessment(plot, forest: 0, loss: 0)
    let more = try maps.map { map in
      let known = map.shares.values.reduce(0, +)
      return DatasetResult(
        dataset: try .init(map.name), kind: try Make.unwrap(DatasetKind(rawValue: map.kind)),
        datasetDigest: try Make.digest(3), squareMetres: 20_000, outsideSquareMetres: 0,
        noDataSquareMetres: 20_000 * (1 - known),
        classes: map.shares.sorted { $0.key < $1.key }.map {
          .init(value: $0.key, squareMetres: 20_000 * $0.value, cells: 1)
        })
    }
    return .recordAssessment(
      PlotAssessed(
        plot: plain.plot, geometryDigest: plain.geometryDigest, method: plain.method,
        form: plain.form, results: plain.results + more))
  }
}
