import Testing
import Traceability
import ValueTypes

/// DESIGN's «refused at once»: nothing is recorded and the reason names the numbers.
@Suite struct RefusalTests {
  private func ready() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H1", plot: "A")
    try ledger.givenPurchase("C1", from: "H1", grams: 60_000)
    return ledger
  }

  @Test func `given a lot when more is drawn than it holds then it says what is left`() throws {
    let ledger = try ready()
    let blend = Command.blend(
      .init(lot: try .init("B"), holder: try .init("COOP"), inputs: [try Make.draw("C1", 60_001)]))
    let refusal = try #require(try ledger.refusal(of: blend))
    #expect(refusal.code == .overdrawn)
    #expect(refusal.figures["holds"] == "60 kg" && refusal.figures["wanted"] == "60.001 kg")
    #expect(Wording.text(of: refusal, in: .spanish).contains("60 kg"))
  }

  @Test func `given inputs when outputs are heavier then both masses are named`() throws {
    let ledger = try ready()
    let run = Command.process(
      .init(
        process: try .init("cocoa-drying"), holder: try .init("COOP"),
        inputs: [try Make.draw("C1", 1_000)],
        outputs: [
          .init(lot: try .init("S"), product: try .init("cocoa-dry-beans"), grams: try Grams(1_001))
        ]))
    let refusal = try #require(try ledger.refusal(of: run))
    #expect(refusal.code == .outputExceedsInput)
    #expect(refusal.figures == ["input": "1 kg", "output": "1.001 kg"])
  }

  @Test func `given a lot code when it is used for something else then it is refused`() throws {
    let ledger = try ready()
    let other = try Make.harvest("H1", plot: "A", grams: 5)
    #expect(try ledger.refusal(of: .harvest(other))?.code == .codeUsed)
    let same = try Make.harvest("H1", plot: "A", grams: 100_000)
    #expect(try ledger.refusal(of: .harvest(same))?.code == .alreadyRecorded)
  }

  @Test func `given a holder when another acts then it is refused`() throws {
    let ledger = try ready()
    let blend = Command.blend(
      .init(lot: try .init("B"), holder: try .init("EXP"), inputs: [try Make.draw("C1", 1)]))
    #expect(try ledger.refusal(of: blend)?.code == .notHolder)
    let sale = Command.purchase(
      .init(
        lot: try .init("X"), buyer: try .init("COOP"), seller: .producer(try .init("P2")),
        product: try .init("cocoa-wet-beans"), inputs: [try Make.draw("H1", 1)]))
    #expect(try ledger.refusal(of: sale)?.code == .sellerNotHolder)
  }

  @Test func `given a clock when an act is dated ahead then only minutes are forgiven`() throws {
    let ledger = try ready()
    let harvest = Command.harvest(
      try Make.harvest("H2", plot: "A", grams: 5, to: "2026-11-01"))
    #expect(try ledger.refusal(of: harvest, at: "2026-11-01T12:05:00-05:00") == nil)
    #expect(
      try ledger.refusal(of: harvest, at: "2026-11-01T12:05:01-05:00")?.code == .futureDated)
    let late = Command.harvest(try Make.harvest("H2", plot: "A", grams: 5, to: "2026-05-11"))
    #expect(try ledger.refusal(of: late)?.code == .futureDated)
  }

  @Test func `given a plot when another producer claims it then both are named`() throws {
    let ledger = try ready()
    let claim = try Make.plot("A", producer: "P2")
    let refusal = try #require(try ledger.refusal(of: .registerPlot(claim)))
    #expect(refusal.code == .plotOfAnotherProducer)
    #expect(refusal.figures["producer"] == "P1" && refusal.figures["claimant"] == "P2")
    let harvest = try Make.harvest("H9", plot: "A", grams: 5, producer: "P2")
    #expect(try ledger.refusal(of: .harvest(harvest))?.code == .producerNotOwner)
  }

  @Test(
    arguments: [
      (nil, Refusal.Code.pointTooLarge), (40_001, .pointTooLarge), (40_000, nil),
      (0, .pointTooLarge),
    ] as [(Int64?, Refusal.Code?)])
  func `given a point when its area passes four hectares then a polygon is asked for`(
    declared: Int64?, expected: Refusal.Code?
  ) throws {
    var ledger = try Scenario()
    try ledger.givenParties()
    let plot = try Make.plot("Q", producer: "P1", form: .point, declared: declared)
    #expect(try ledger.refusal(of: .registerPlot(plot))?.code == expected)
  }

  @Test func `given a lot on its way when it is drawn or misdirected then it is refused`() throws {
    var ledger = try ready()
    let send = Command.Dispatch(
      lot: try .init("C1"), from: try .init("COOP"), to: try .init("EXP"))
    try ledger.when(.dispatch(send))
    let blend = Command.blend(
      .init(lot: try .init("B"), holder: try .init("COOP"), inputs: [try Make.draw("C1", 1)]))
    #expect(try ledger.refusal(of: blend)?.code == .inTransit)
    let wrong = Command.Receipt(
      lot: try .init("C1"), by: try .init("MILL"), weighedGrams: try Grams(60_000))
    #expect(try ledger.refusal(of: .receive(wrong))?.code == .wrongReceiver)
    #expect(try ledger.refusal(of: .dispatch(send))?.code == .alreadyRecorded)
    let none = Command.Receipt(
      lot: try .init("H1"), by: try .init("EXP"), weighedGrams: try Grams(1))
    #expect(try ledger.refusal(of: .receive(none))?.code == .notInTransit)
  }

  @Test func `given a shipment when sealed or empty then loading and sealing are refused`() throws {
    var ledger = try ready()
    let code = try ShipmentCode("EMB")
    let coop = try OrganisationCode("COOP")
    try ledger.when(
      .openShipment(
        ShipmentOpened(shipment: code, exporter: coop, importerName: nil, destination: "NL")))
    let seal = ShipmentSealed(shipment: code, container: nil, seals: ["1"])
    #expect(try ledger.refusal(of: .seal(holder: coop, seal))?.code == .shipmentEmpty)
    let export = ShipmentExported(shipment: code, port: nil, transportDocument: nil)
    #expect(try ledger.refusal(of: .export(holder: coop, export))?.code == .shipmentNotSealed)
    let load = Command.Loading(
      shipment: code, holder: coop, lot: try .init("C1"), grams: try Grams(1_000))
    try ledger.when(.load(load))
    #expect(try ledger.refusal(of: .load(load))?.code == .alreadyRecorded)
    try ledger.when(.seal(holder: coop, seal))
    let more = Command.Loading(
      shipment: code, holder: coop, lot: try .init("C1"), grams: try Grams(2_000))
    #expect(try ledger.refusal(of: .load(more))?.code == .shipmentSealed)
    try ledger.when(.export(holder: coop, export))
    #expect(
      try ledger.refusal(of: .export(holder: try .init("EXP"), export))?.code == .alreadyRecorded)
  }

  @Test func `given a finding when reviewed without evidence or by its raiser then it stays`()
    throws
  {
    var ledger = try ready()
    try ledger.givenPlot("F", forest: 0.5, loss: 0.3)
    let code = try #require(ledger.world.findingsOn[.plot(try .init("F"))]?.first)
    func review(
      _ reviewer: String, _ outcome: ReviewOutcome, _ evidence: [SHA256Digest]
    ) -> Command {
      .reviewFinding(
        FindingReviewed(
          finding: code, outcome: outcome, reviewer: reviewer, reason: "visited",
          evidence: evidence), raisedBy: ["machine"])
    }
    let photo = try Make.digest(5)
    #expect(try ledger.refusal(of: review("Ana", .dismissed, []))?.code == .evidenceMissing)
    #expect(
      try ledger.refusal(of: review("machine", .dismissed, [photo]))?.code == .reviewerRaisedIt)
    try ledger.when(review("Ana", .dismissed, [photo]))
    #expect(try ledger.refusal(of: review("Eva", .upheld, []))?.code == .alreadyReviewed)
  }

  @Test func `given every code when worded then nothing is left unfilled`() {
    for code in Refusal.Code.allCases {
      for language in Language.allCases {
        let text = Wording.text(
          of: Refusal(code, StreamKey(kind: .lot, code: "L"), [:]), in: language)
        #expect(!text.contains("{") && text.count > 10, "\(code) in \(language)")
      }
    }
    for kind in FindingKind.allCases where kind != .raisedByPerson {
      #expect(Wording.text(of: kind, [:], in: .spanish).count > 10)
    }
    for code in Reason.Code.allCases {
      let reason = Reason(code, .notCompliant, StreamKey(kind: .plot, code: "P"))
      #expect(!Wording.text(of: reason, in: .english).contains("{"))
    }
  }
}
