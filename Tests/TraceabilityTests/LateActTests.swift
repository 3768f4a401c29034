import Testing
import Traceability
import ValueTypes

/// Acts from devices that were offline take their place by when they happened.
@Suite struct LateActTests {
  /// C, 100 kg, bought on the 10th at noon; sent on the 12th and received on the 13th.
  private func ledger(isSent: Bool = true) throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 100_000)
    try ledger.when(try Act.purchase("C", ["H": 100_000]))
    guard isSent else { return ledger }
    try ledger.when(try Act.dispatch("C"), at: "2026-05-12T12:00:00-05:00")
    try ledger.when(try Act.receive("C", 100_000), at: "2026-05-13T12:00:00-05:00")
    return ledger
  }

  private func lot(_ code: String, _ ledger: Scenario) throws -> LotState {
    try #require(ledger.world.lots[try .init(code)])
  }

  @Test func `given a split before the dispatch when it comes late then it stands and is doubted`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(try Act.split("C", ["S": 30_000]), at: "2026-05-11T12:00:00-05:00")
    let lot = try lot("C", ledger)
    #expect(lot.grams.value == 70_000 && lot.holder.description == "organisation:EXP")
    #expect(lot.dispatches.first?.value.grams.value == 70_000)
    // 70 kg were sent and 100 weighed: the scale is asked.
    #expect(ledger.world.findings.values.map(\.raised.kind) == [.receiptDiffers])
    #expect(try self.lot("S", ledger).holder.description == "organisation:COOP")
  }

  @Test func `given who did not hold it then when the act comes late then it is refused`() throws {
    let ledger = try ledger()
    let before = "2026-05-11T12:00:00-05:00"
    let onTheWay = "2026-05-12T18:00:00-05:00"
    #expect(
      try ledger.refusal(of: Act.split("C", by: "EXP", ["S": 1]), at: before)?.code
        == .beforeCause)
    #expect(
      try ledger.refusal(of: Act.split("C", ["S": 1]), at: onTheWay)?.code == .inTransit)
    #expect(
      try ledger.refusal(of: Act.split("C", ["S": 1]), at: "2026-05-14T12:00:00-05:00")?.code
        == .notHolder)
    #expect(
      try ledger.refusal(of: Act.split("C", ["S": 1]), at: "2026-05-09T12:00:00-05:00")?.code
        == .beforeCause)
  }

  @Test func `given what was drawn later when a draw comes late then it leaves that mass alone`()
    throws
  {
    var ledger = try ledger(isSent: false)
    try ledger.when(try Act.split("C", ["S": 80_000]), at: "2026-05-14T12:00:00-05:00")
    let late = "2026-05-11T12:00:00-05:00"
    let refusal = try ledger.refusal(of: Act.split("C", ["T": 20_001]), at: late)
    #expect(refusal?.code == .overdrawn && refusal?.figures["holds"] == "20 kg")
    try ledger.when(try Act.split("C", ["T": 20_000]), at: late)
    #expect(try lot("C", ledger).grams == .zero)
    #expect(ledger.world.findings.isEmpty)
  }

  @Test func `given a later count when a draw comes late then the count stands`() throws {
    var ledger = try ledger(isSent: false)
    try ledger.when(try Act.adjust("C", to: 60_000), at: "2026-05-14T12:00:00-05:00")
    try ledger.when(try Act.split("C", ["T": 50_000]), at: "2026-05-11T12:00:00-05:00")
    let lot = try lot("C", ledger)
    #expect(lot.grams.value == 60_000)
    // 50 kg were left by the books and 60 counted.
    #expect(lot.unknownOriginGrams.value == 10_000)
  }

  @Test func `given a later split when the dispatch comes late then the split is in doubt`() throws
  {
    var ledger = try ledger(isSent: false)
    try ledger.when(try Act.split("C", ["S": 30_000]), at: "2026-05-14T12:00:00-05:00")
    try ledger.when(try Act.dispatch("C"), at: "2026-05-12T12:00:00-05:00")
    let lot = try lot("C", ledger)
    #expect(lot.transit?.to.text == "EXP" && lot.contradictions.count == 1)
    #expect(ledger.world.findings.values.map(\.raised.kind) == [.actsContradict])
    #expect(ledger.judge.judge(lot: try .init("C")).verdict == .insufficientEvidence)
  }

  @Test func `given acts in any order of arrival then the lot is the same`() throws {
    let days = ["2026-05-11", "2026-05-12", "2026-05-13", "2026-05-14"]
      .map { $0 + "T12:00:00-05:00" }
    var states: Set<[String]> = []
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
      var ledger = try ledger(isSent: false)
      for index in order {
        try ledger.when(
          try Act.split("C", ["S\(index)": Int64(10_000 * (index + 1))]), at: days[index])
      }
      let lot = try lot("C", ledger)
      states.insert(["\(lot.grams)"] + lot.draws.map { "\($0.grams) \($0.into)" })
    }
    #expect(states.count == 1)
  }

  @Test func `given a part sent and a part refused then each side has what is its own`() throws {
    var ledger = try ledger(isSent: false)
    try ledger.when(try Act.dispatch("C", part: try Make.draw("C-1", 60_000)))
    #expect(try lot("C", ledger).grams.value == 40_000 && lot("C", ledger).transit == nil)
    #expect(try lot("C-1", ledger).transit?.grams.value == 60_000)
    let back = try Make.draw("C-1-R", 12_000)
    #expect(
      try ledger.refusal(of: Act.receive("C-1", 48_000, returned: back))?.code == .evidenceMissing)
    #expect(
      try ledger.refusal(
        of: Act.receive("C-1", 1, returned: Make.draw("C-1-R", 60_000), reason: "mould"))?.code
        == .overdrawn)
    try ledger.when(try Act.receive("C-1", 48_000, returned: back, reason: "mould"))
    #expect(try lot("C-1", ledger).grams.value == 48_000)
    #expect(try lot("C-1", ledger).holder.description == "organisation:EXP")
    #expect(try lot("C-1-R", ledger).grams.value == 12_000)
    #expect(try lot("C-1-R", ledger).holder.description == "organisation:COOP")
    #expect(ledger.world.findings.isEmpty)
    for code in ["C-1", "C-1-R"] {
      #expect(ledger.judge.judge(lot: try .init(code)).verdict == .deforestationFree)
      let origins = Provenance(world: ledger.world).origins(of: try .init(code))
      #expect(origins.plots.count == 1 && origins.unknownGrams == 0)
    }
    #expect(
      try ledger.refusal(of: Act.receive("C-1", 48_000, returned: back, reason: "mould"))?.code
        == .alreadyRecorded)
  }

  @Test func `given a dispatch by mistake when voided then the sender holds it still`() throws {
    var ledger = try ledger(isSent: false)
    try ledger.when(try Act.dispatch("C"))
    let version = try #require(try lot("C", ledger).dispatches.last?.version)
    #expect(
      try ledger.refusal(of: Act.correct("C", version: version, by: "EXP"))?.code == .notRecorder)
    try ledger.when(try Act.correct("C", version: version))
    #expect(try lot("C", ledger).transit == nil)
    #expect(try ledger.refusal(of: Act.receive("C", 100_000))?.code == .notInTransit)
  }

  @Test
  func `given a weight typed wrongly on arrival when corrected then the difference is judged`()
    throws
  {
    var ledger = try ledger()
    let version = try #require(try lot("C", ledger).receipts.last?.version)
    try ledger.when(
      try Act.correct("C", version: version, by: "EXP") { $0.grams = try Grams(90_000) },
      at: "2026-05-14T12:00:00-05:00")
    #expect(try lot("C", ledger).grams.value == 90_000)
    #expect(ledger.world.findings.values.map(\.raised.kind) == [.receiptDiffers])
  }
}
