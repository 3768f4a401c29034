import DueDiligence
import Ledger
import Testing
import Traceability
import ValueTypes

/// What the ledger's own rules accept, verification accepts.
struct HonestLedgerTests {
  @Test func `given a doubt raised and answered then the bundle shows both`() throws {
    var scenario = try Scenario(lossOn: "P-2")
    let lot = try #require(StreamKey("lot:S-1A"))
    var report = try scenario.ledger.verify(try scenario.ledger.bundle(of: lot))
    #expect(report.isSound, "\(report.failures)")
    #expect(report.verdict == .notCompliant)
    let finding = try #require(scenario.ledger.world.findings.values.first)
    try scenario.ledger.run(
      .reviewFinding(
        FindingReviewed(
          finding: finding.raised.finding, outcome: .dismissed, reviewer: "Técnica",
          reason: "Sombra podada, visita de campo", evidence: [MerkleTree.digest([1])]),
        raisedBy: ["system"]))
    report = try scenario.ledger.verify(try scenario.ledger.bundle(of: lot))
    #expect(report.isSound, "\(report.failures)")
    #expect(report.verdict == .deforestationFree)
  }

  @Test func `given receipts, rejections and counts then every lot verifies`() throws {
    var scenario = try Scenario()
    let aco = scenario.aco
    let lot = try LotCode("C-4")
    try scenario.ledger.run(
      .adjust(
        Command.Adjustment(
          lot: lot, holder: aco, countedGrams: try Grams(295_000), reason: "inventario")))
    let sending = Command.dispatch(
      Command.Dispatch(lot: lot, from: aco, to: scenario.exporter))
    try scenario.ledger.run(sending)
    try scenario.ledger.run(
      .reject(Command.Rejection(lot: lot, by: scenario.exporter, reason: "humedad")))
    try scenario.ledger.run(
      .dispatch(
        Command.Dispatch(lot: lot, from: aco, to: scenario.exporter, waybill: "G-2")))
    try scenario.ledger.run(
      .receive(
        Command.Receipt(
          lot: lot, by: scenario.exporter, weighedGrams: try Grams(200_000))))
    let report = try scenario.ledger.verify(
      try scenario.ledger.bundle(of: try #require(StreamKey("lot:C-4"))))
    #expect(report.isSound, "\(report.failures)")
    #expect(
      Set(report.judgement?.reasons.map(\.code) ?? []) == [.unknownOrigin, .openFinding])
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func `given a season of random acts then every lot verifies`(_ seed: UInt64) throws {
    var scenario = try Scenario()
    var random = SeededRandom(seed: seed)
    var accepted = 0
    for number in 0..<160 {
      let lots = scenario.ledger.world.lots.keys.sorted()
      let some = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        lots[Int.random(in: 0..<lots.count, using: &random)]
      }
      let command = try act(number, some, scenario, &random)
      do {
        try scenario.ledger.run(command)
        accepted += 1
      } catch is Refusal {
        continue
      }
    }
    #expect(accepted > 25)
    for lot in scenario.ledger.world.lots.keys.sorted() {
      let report = try scenario.ledger.verify(try scenario.ledger.bundle(of: .lot(lot)))
      #expect(report.isSound, "\(lot): \(report.failures)")
    }
  }

  private func act(
    _ number: Int, _ lots: [LotCode], _ scenario: Scenario, _ random: inout SeededRandom
  ) throws -> Command {
    let holder = Bool.random(using: &random) ? scenario.aco : scenario.exporter
    let other = holder == scenario.aco ? scenario.exporter : scenario.aco
    let new = try LotCode("N-\(number)")
    func part(_ code: LotCode) throws -> LotDraw {
      let holds = scenario.ledger.world.lots[code]?.grams.value ?? 0
      return LotDraw(
        lot: code, grams: try Grams(Int64.random(in: 0...max(1, holds), using: &random)))
    }
    let product = scenario.ledger.world.lots[lots[0]]?.product
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      return .blend(Command.Blend(lot: new, holder: holder, inputs: try lots.map(part)))
    case 1:
      let half = try Grams((try part(lots[0])).grams.value / 2)
      return .split(
        Command.Split(
          source: lots[0], holder: holder,
          parts: [
            LotDraw(lot: new, grams: half),
            LotDraw(lot: try LotCode("N-\(number)b"), grams: half),
          ]))
    case 2:
      return .purchase(
        Command.Purchase(
          lot: new, buyer: holder, seller: .organisation(other),
          product: try #require(product), inputs: [try part(lots[0])],
          unknownOriginGrams: try Grams(Int64.random(in: 0...1, using: &random) * 500)))
    case 3: return .dispatch(Command.Dispatch(lot: lots[0], from: holder, to: other))
    case 4:
      return .receive(
        Command.Receipt(lot: lots[0], by: holder, weighedGrams: try part(lots[0]).grams))
    case 5:
      return .adjust(
        Command.Adjustment(
          lot: lots[0], holder: holder, countedGrams: try part(lots[0]).grams, reason: "count"))
    default:
      let input = try part(lots[0])
      let output = try Grams(input.grams.value * 36 / 100)
      return .process(
        Command.ProcessRun(
          process: try ProcessCode("cocoa-drying"), holder: holder, inputs: [input],
          outputs: [
            .init(lot: new, product: try ProductCode("cocoa-dry-beans"), grams: output)
          ]))
    }
  }
}
