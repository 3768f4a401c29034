import Testing
import Traceability
import ValueTypes

/// What cannot be done with a tank, and what is said then.
@Suite struct TankRefusalTests {
  /// What only tanks are refused for.
  static let codes: Set<Refusal.Code> = [
    .unknownTank, .overCapacity, .tankOverdrawn, .tankNotEmpty, .beforeTankAct, .unknownCause,
    .causeDiffers,
  ]

  private func filled() throws -> Scenario {
    var ledger = try Scenario.withSilo()
    try ledger.fill("C1", plot: "A", 60_000)
    return ledger
  }

  @Test func `given a full tank when more comes then it is refused with the numbers`() throws {
    var ledger = try filled()
    try ledger.givenLot("C2", plot: "B", grams: 50_000)
    let refusal = try #require(try ledger.refusal(of: try Act.fill(["C2": 40_001])))
    #expect(refusal.code == .overCapacity)
    #expect(refusal.figures["room"] == "40 kg" && refusal.figures["wanted"] == "40.001 kg")
    #expect(Wording.text(of: refusal, in: .spanish).contains("100 kg"))
    #expect(try ledger.refusal(of: try Act.fill(["C2": 40_000])) == nil)
    #expect(try ledger.refusal(of: try Act.count(to: 100_001))?.code == .overCapacity)
  }

  @Test func `given a tank when more is drawn off than it holds then it is refused`() throws {
    let ledger = try filled()
    let refusal = try #require(try ledger.refusal(of: try Act.tap("S1", 60_001)))
    #expect(refusal.code == .tankOverdrawn && refusal.figures["holds"] == "60 kg")
    #expect(try ledger.refusal(of: try Act.tap("S1", 0))?.code == .massIsZero)
    #expect(try ledger.refusal(of: try Act.tap("C1", 5))?.code == .codeUsed)
    #expect(try ledger.refusal(of: try Act.tap("S1", 5, from: "U"))?.code == .unknownTank)
    #expect(try ledger.refusal(of: try Act.tap("S1", 5, by: "EXP"))?.code == .notHolder)
  }

  @Test func `given another product or holder when poured in then it is refused`() throws {
    var ledger = try filled()
    try ledger.givenLot("C2", plot: "B", grams: 1_000)
    try ledger.when(try Act.dry(["C2": 900], into: ["D2": 300]))
    #expect(try ledger.refusal(of: try Act.fill(["D2": 300]))?.code == .productsDiffer)
    #expect(try ledger.refusal(of: try Act.fill(["C2": 10], by: "EXP"))?.code == .notHolder)
    #expect(try ledger.refusal(of: try Act.fill([:]))?.code == .nothingGiven)
    #expect(try ledger.refusal(of: try Act.fill(["C2": 101]))?.code == .overdrawn)
    #expect(try ledger.refusal(of: try Act.fill(["C9": 1]))?.code == .unknownLot)
  }

  @Test func `given something left when declared empty then all of it must be booked`() throws {
    let ledger = try filled()
    let refusal = try #require(try ledger.refusal(of: try Act.empty()))
    #expect(refusal.code == .tankNotEmpty && refusal.figures["holds"] == "60 kg")
    #expect(try ledger.refusal(of: try Act.empty(loss: 60_000)) == nil)
    #expect(try ledger.refusal(of: try Act.empty(loss: 60_000, by: " "))?.code == .evidenceMissing)
    #expect(try ledger.refusal(of: try Act.count(to: 5, reason: ""))?.code == .evidenceMissing)
  }

  @Test func `given acts before the tank was empty or counted then they are refused`() throws {
    var ledger = try filled()
    try ledger.tap("S1", 60_000, at: "2026-05-12T12:00:00-05:00")
    let early = "2026-05-11T12:00:00-05:00"
    #expect(try ledger.refusal(of: try Act.empty(), at: early)?.code == .beforeTankAct)
    #expect(try ledger.refusal(of: try Act.count(to: 1), at: early)?.code == .beforeTankAct)
    try ledger.when(try Act.empty(), at: "2026-05-13T12:00:00-05:00")
    try ledger.givenLot("C2", plot: "B", grams: 1_000)
    let refusal = try ledger.refusal(of: try Act.fill(["C2": 1_000]), at: early)
    #expect(refusal?.code == .beforeTankAct)
    #expect(refusal.map { Wording.text(of: $0, in: .english).contains("2026-05-13") } == true)
  }

  @Test func `given every refusal about tanks then it is reached and its words lack no figure`()
    throws
  {
    var ledger = try filled()
    try ledger.givenLot("C2", plot: "B", grams: 50_000)
    var reached: Set<Refusal.Code> = []
    for (command, moment) in [
      (try Act.fill(["C2": 50_000]), Scenario.day), (try Act.tap("S", 70_000), Scenario.day),
      (try Act.tap("S", 1, from: "U"), Scenario.day), (try Act.empty(), Scenario.day),
      (try Act.count(to: 1), "2026-05-09T12:00:00-05:00"),
      (try Act.count(to: 1, cause: "magic"), Scenario.day),
      (try Act.count(to: 1, cause: "moisture"), Scenario.day),
    ] {
      let refusal = try #require(try ledger.refusal(of: command, at: moment))
      reached.insert(refusal.code)
      for language in Language.allCases {
        let text = Wording.text(of: refusal, in: language)
        #expect(!text.contains("—") && !text.contains("{"), "\(text)")
      }
    }
    #expect(reached == Self.codes)
  }

  @Test func `given an act repeated then it is known`() throws {
    var ledger = try filled()
    try ledger.tap("S1", 1_000)
    try ledger.when(try Act.count(to: 58_000))
    try ledger.when(try Act.empty(loss: 58_000))
    for command in [
      try Act.tank("T", capacity: 100_000), try Act.fill(["C1": 60_000]), try Act.tap("S1", 1_000),
      try Act.count(to: 58_000), try Act.empty(loss: 58_000),
    ] {
      #expect(try ledger.refusal(of: command)?.code == .alreadyRecorded)
    }
    #expect(try ledger.refusal(of: try Act.tank("T", capacity: 5))?.code == .codeUsed)
    #expect(try ledger.refusal(of: try Act.tap("S1", 1_001))?.code == .codeUsed)
  }

  @Test func `given only the streams that an act names then it is decided alike`() throws {
    var ledger = try filled()
    try ledger.givenLot("C2", plot: "B", grams: 1_000)
    for command in [
      try Act.fill(["C2": 1_000]), try Act.tap("S1", 1_000), try Act.count(to: 1),
      try Act.empty(loss: 60_000),
    ] {
      let moment = try Make.moment(Scenario.day)
      let part = try decide(
        command, occurredAt: moment, in: try ledger.loading(command), by: ledger.context)
      let whole = try decide(command, occurredAt: moment, in: ledger.world, by: ledger.context)
      #expect(part == whole && !part.isEmpty)
    }
  }
}
