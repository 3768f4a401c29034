import DueDiligence
import Ledger
import Testing
import Traceability
import ValueTypes

/// Bundles of lots that came out of a tank: the window is worked out again from the tank's stream.
@Suite struct TankBundleTests {
  private func ledger() throws -> Scenario {
    var scenario = try Scenario()
    try scenario.ledger.run(
      .registerTank(
        TankRegistered(
          tank: try .init("T-1"), holder: scenario.aco,
          product: try ProductCode("cocoa-wet-beans"), capacityGrams: try Grams(50_000),
          form: .silo)))
    return scenario
  }

  private func fill(_ scenario: inout Scenario, _ lot: String, _ grams: Int64) throws {
    let draw = LotDraw(lot: try LotCode(lot), grams: try Grams(grams))
    try scenario.ledger.run(
      .fillTank(.init(tank: try .init("T-1"), holder: scenario.aco, inputs: [draw])))
  }

  private func tap(_ scenario: inout Scenario, _ lot: String, _ grams: Int64) throws {
    try scenario.ledger.run(
      .tapTank(
        .init(
          tank: try .init("T-1"), holder: scenario.aco, lot: try LotCode(lot),
          grams: try Grams(grams))))
  }

  private func bundle(_ scenario: Scenario, _ lot: String) throws -> Bundle {
    try scenario.ledger.bundle(of: .lot(try LotCode(lot)))
  }

  @Test func `given a lot out of a tank then its bundle holds the tank and verifies`() throws {
    var scenario = try ledger()
    try fill(&scenario, "C-4", 40_000)
    try tap(&scenario, "T-A", 40_000)
    try scenario.ledger.run(
      .emptyTank(
        .init(
          tank: try .init("T-1"), holder: scenario.aco, measuredBy: "Rosa", reason: "washed")))
    try fill(&scenario, "C-1", 10_000)
    try tap(&scenario, "T-B", 5_000)
    let bundle = try bundle(scenario, "T-B")
    let report = try scenario.ledger.verify(bundle)
    #expect(report.isSound, "\(report.failures)")
    #expect(report.verdict == .deforestationFree)
    let streams = try Set(bundle.events.map { try EventEnvelope.parse($0.bytes).stream.text })
    #expect(streams.isSuperset(of: ["tank:T-1", "lot:C-1", "plot:P-1"]))
    // What the tank held before it was empty is no origin of the lot.
    #expect(streams.isDisjoint(with: ["lot:C-4", "plot:P-4"]))
  }

  @Test func `given a fill told late then the bundle is sound and the lot not proven`() throws {
    var scenario = try ledger()
    try fill(&scenario, "C-4", 10_000)
    try tap(&scenario, "T-A", 5_000)
    let late = TankFilled(
      tank: try .init("T-1"), holder: scenario.aco, product: try .init("cocoa-wet-beans"),
      grams: try Grams(10), inputs: [LotDraw(lot: try .init("C-1"), grams: try Grams(10))],
      holdsGrams: try Grams(5_010))
    try scenario.ledger.record(
      .lotDrawn(
        LotDrawn(
          lot: try .init("C-1"), grams: try Grams(10), remainingGrams: try Grams(9_990),
          purpose: .fill, into: [.tank(late.tank)])))
    try scenario.ledger.record(.tankFilled(late), occurredEarlier: 4)
    let report = try scenario.ledger.verify(try bundle(scenario, "T-A"))
    #expect(report.failures.isEmpty)
    #expect(report.verdict == .insufficientEvidence)
    #expect(report.judgement?.reasons.map(\.code) == [.chainBroken])
  }

  @Test func `given a window shorter than the stream gives then the bundle is refused`() throws {
    var scenario = try ledger()
    try fill(&scenario, "C-4", 10_000)
    try fill(&scenario, "C-1", 10_000)
    let window = TankWindow(from: 3, to: 3)
    let lot = try LotCode("T-X")
    try scenario.ledger.record(
      .tankDrawn(
        TankDrawn(
          tank: try .init("T-1"), lot: lot, grams: try Grams(7), remainingGrams: try Grams(19_993),
          window: window)))
    try scenario.ledger.record(
      .lotTapped(
        LotTapped(
          lot: lot, tank: try .init("T-1"), holder: scenario.aco,
          product: try .init("cocoa-wet-beans"), grams: try Grams(7), window: window)))
    let report = try scenario.ledger.verify(try bundle(scenario, "T-X"))
    #expect(report.failures.map(\.code) == [.tankWindow])
    #expect(report.failures.first?.detail.es.contains("2–3") == true)
  }

  @Test func `given books of a tank that do not follow then the event is named`() throws {
    var scenario = try ledger()
    try fill(&scenario, "C-4", 10_000)
    let position = Int64(scenario.ledger.entries.count)
    let window = TankWindow(from: 2, to: 2)
    let lot = try LotCode("T-X")
    try scenario.ledger.record(
      .tankDrawn(
        TankDrawn(
          tank: try .init("T-1"), lot: lot, grams: try Grams(10_000),
          remainingGrams: try Grams(10_000), window: window)))
    try scenario.ledger.record(
      .lotTapped(
        LotTapped(
          lot: lot, tank: try .init("T-1"), holder: scenario.aco,
          product: try .init("cocoa-wet-beans"), grams: try Grams(10_000), window: window)))
    let report = try scenario.ledger.verify(try bundle(scenario, "T-X"))
    #expect(report.failures.map(\.code) == [.mass])
    #expect(report.failures.first?.position == position)
  }
}
