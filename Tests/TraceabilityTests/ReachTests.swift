import Testing
import Traceability
import ValueTypes

/// Every refusal is reached by some act, and tells what it promises in both languages.
@Suite struct ReachTests {
  private func ready() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.when(.registerDataset(try Make.dataset("past", .forest2020)))
    try ledger.when(
      .supersedeDataset(DatasetSuperseded(dataset: try .init("past"), by: nil, reason: "old")))
    try ledger.givenPlot("A")
    try ledger.givenHarvest("H", plot: "A", grams: 1_000_000)
    try ledger.givenHarvest("N", plot: "A", grams: 500, product: "cocoa-dry-beans")
    for act in [
      try Act.purchase("C", ["H": 600_000]),
      try Act.purchase("N1", ["N": 500], product: "cocoa-dry-beans"),
      try Act.purchase("T", ["H": 5]), try Act.dispatch("T"), try Act.open("EMPTY"),
      try Act.open("OPEN"), try Act.open("SHUT"), try Act.load("OPEN", "C", 1),
      try Act.load("SHUT", "C", 1), try Act.seal("SHUT"), try Act.doubt("old", on: ["lot:C"]),
      try Act.doubt("done", on: ["lot:C"]), try Act.review(try .init("done"), .dismissed),
      try Act.person("HELD"), try Act.person("GONE"), try Act.erase("GONE"),
      try Act.purchase("VOID", ["H": 7]), try Act.correct("VOID"),
    ] { try ledger.when(act) }
    try ledger.when(try Act.purchase("YOUNG", ["H": 5]))
    try ledger.when(try Act.dispatch("YOUNG"), at: "2026-10-25T12:00:00-05:00")
    return ledger
  }

  private typealias Case = (Refusal.Code, Command)

  private func registry() throws -> [Case] {
    let plot = try Make.plot("A", producer: "P1")
    var dataset = try Make.dataset("forest", .lossYear)
    var cases: [Case] = [
      (.alreadyRecorded, .registerPlot(plot)),
      (.codeUsed, .registerPlot(try Make.plot("A", producer: "P1", hectares: 3))),
      (.plotOfAnotherProducer, .registerPlot(try Make.plot("A", producer: "P2"))),
      (.unknownProducer, .registerPlot(try Make.plot("Z", producer: "P9"))),
      (.pointTooLarge, .registerPlot(try Make.plot("Z", producer: "P1", form: .point))),
      (.unknownPlot, .documentTenure(try Make.title("Z"))),
      (.datasetChanged, .registerDataset(dataset)),
      (.unknownProducer, try Act.erase("P9")), (.unknownProducer, try Act.give("P9")),
      (.noPersonalData, try Act.erase("P1")), (.alreadyErased, try Act.erase("GONE")),
      (.personalDataHeld, try Act.give("HELD")),
    ]
    let truck = CapacityDeclared(organisation: try .init("COOP"), vehicle: "S2P-418")
    let hours = CapacityDeclared(
      organisation: try .init("COOP"), hourGrams: try Grams(5), hoursPerDay: 25)
    cases += [
      (.capacityIncomplete, .declareCapacity(truck)),
      (.capacityIncomplete, .declareCapacity(hours)),
      (
        .unknownOrganisation,
        .declareCapacity(
          CapacityDeclared(organisation: try .init("ZZZ"), hourGrams: try Grams(5)))
      ),
    ]
    for hectares in [0, -1, .nan, .infinity, 1_000_001] as [Double] {
      cases.append(
        (.geometryInvalid, .registerPlot(try Make.plot("Z", producer: "P1", hectares: hectares))))
    }
    for kind in try DatasetKinds.shipped().kinds.map(\.kind) {
      dataset = DatasetRegistered(
        dataset: try .init("bare"), kind: kind, version: "1", digest: try Make.digest(8),
        byteCount: 1, licence: "", source: "", extent: [], cellDegrees: 1, forestValues: [],
        yearZero: nil)
      cases.append((.datasetIncomplete, .registerDataset(dataset)))
    }
    return cases
  }

  private func assessments() throws -> [Case] {
    let plain = try Make.assessment("A", forest: 0, loss: 0)
    func assessed(
      _ digest: SHA256Digest, _ form: GeometryForm, _ results: [DatasetResult]
    ) -> Command {
      .recordAssessment(
        PlotAssessed(
          plot: plain.plot, geometryDigest: digest, method: "m", form: form, results: results))
    }
    func result(
      _ name: String, kind: DatasetKind = .forest2020, area: Double = 20_000,
      part: Double = 0, unseen: Double = 0
    ) throws -> DatasetResult {
      DatasetResult(
        dataset: try .init(name), kind: kind, datasetDigest: try Make.digest(1),
        squareMetres: area, outsideSquareMetres: unseen, noDataSquareMetres: 0,
        classes: [.init(value: 1, squareMetres: part, cells: 1)])
    }
    let digest = plain.geometryDigest
    func superseded(_ name: String, by other: String?, _ reason: String = "old") throws -> Command {
      .supersedeDataset(
        DatasetSuperseded(
          dataset: try .init(name), by: try other.map { try DatasetName($0) }, reason: reason))
    }
    var cases: [Case] = [
      (.unknownDataset, try superseded("nowhere", by: nil)),
      (.unknownDataset, try superseded("forest", by: "nowhere")),
      (.datasetChanged, try superseded("forest", by: "loss")),
      (.datasetChanged, try superseded("forest", by: "forest")),
      (.reasonMissing, try superseded("forest", by: nil, " ")),
      (.alreadyRecorded, try superseded("past", by: nil)),
      (.datasetSuperseded, try superseded("past", by: "forest")),
      (.datasetSuperseded, assessed(digest, .polygon, [try result("past")])),
      (.unknownPlot, .correctGeometry(try Make.correction("ZZZ", hectares: 2))),
      (.reasonMissing, .correctGeometry(try Make.correction("A", hectares: 3, reason: ""))),
      (.geometryInvalid, .correctGeometry(try Make.correction("A", hectares: -1))),
      (.nothingGiven, assessed(digest, .polygon, [])),
      (.geometryChanged, assessed(try Make.digest(0), .polygon, plain.results)),
      (.unknownDataset, assessed(digest, .polygon, [try result("nowhere")])),
      (.datasetChanged, assessed(digest, .polygon, [try result("loss")])),
      (.datasetChanged, assessed(digest, .polygon, [try result("forest", kind: .lossYear)])),
      (.assessmentInvalid, assessed(digest, .point, plain.results)),
    ]
    for bad in [
      try result("forest", area: .nan), try result("forest", area: -1),
      try result("forest", area: 2_000_000), try result("forest", area: 0),
      try result("forest", part: .nan), try result("forest", part: -1),
      try result("forest", part: 30_000), try result("forest", unseen: -.infinity),
    ] { cases.append((.assessmentInvalid, assessed(digest, .polygon, [bad]))) }
    return cases
  }

  private func custody() throws -> [Case] {
    [
      (.unknownOrganisation, try Act.blend("B", by: "ZZZ", ["C": 1])),
      (.unknownLot, try Act.blend("B", ["ZZZ": 1])),
      (.unknownProduct, try Act.purchase("B", ["H": 1], product: "tea")),
      (.unknownProcess, try Act.dry(["C": 1], into: ["D": 1], process: "frying")),
      (.overdrawn, try Act.blend("B", ["C": 600_001])),
      (.outputExceedsInput, try Act.dry(["C": 10], into: ["D": 11])),
      (.notHolder, try Act.split("C", by: "EXP", ["S": 1])),
      (.sellerNotHolder, try Act.purchase("B", from: "producer:P2", ["H": 1])),
      (.sellerIsBuyer, try Act.purchase("B", from: "organisation:COOP", ["C": 1])),
      (.producerNotOwner, .harvest(try Make.harvest("B", plot: "A", grams: 1, producer: "P2"))),
      (.productNotHarvested, .harvest(try Make.harvest("B", plot: "A", grams: 1, "palm-kernels"))),
      (.productsDiffer, try Act.blend("B", ["C": 1, "N1": 1])),
      (.wrongProductForProcess, try Act.dry(["N1": 1], into: ["D": 1])),
      (.wrongProductForProcess, try Act.dry(["C": 1], into: ["D": 1], product: "palm-kernels")),
      (.nothingGiven, try Act.blend("B", [:])), (.nothingGiven, try Act.split("C", [:])),
      (.nothingGiven, try Act.dry([:], into: ["D": 1])),
      (.nothingGiven, try Act.dry(["C": 1], into: [:])),
      (.massIsZero, try Act.blend("B", ["C": 0])), (.massIsZero, try Act.purchase("B", [:])),
      (.massTooLarge, try Act.split("C", ["S1": Grams.limit, "S2": 1])),
      (.inputTwice, try Act.blend("B", ["C": 1, "C": 2])),
      (.inputTwice, try Act.split("C", ["S": 1, "S": 1])),
      (.inputTwice, try Act.dry(["C": 10], into: ["D": 1, "D": 1])),
      // A lot that is both taken and made in one act.
      (.codeUsed, try Act.blend("C", ["C": 1])), (.codeUsed, try Act.split("C", ["C": 1])),
      (.codeUsed, try Act.dry(["C": 10], into: ["C": 1])),
      (.codeUsed, try Act.purchase("H", ["H": 1])),
      (.inTransit, try Act.blend("B", ["T": 1])), (.inTransit, try Act.dispatch("T", to: "MILL")),
      (.inTransit, try Act.adjust("T", to: 1)), (.inTransit, try Act.load("OPEN", "T", 1)),
      (.inTransit, try Act.purchase("B", by: "EXP", from: "organisation:COOP", ["T": 1])),
      (.notInTransit, try Act.receive("C", 1)), (.notInTransit, try Act.reject("C")),
      (.wrongReceiver, try Act.receive("T", by: "MILL", 5)),
      (.wrongReceiver, try Act.reject("T", by: "COOP")),
      (.evidenceMissing, try Act.adjust("C", to: 1, reason: " ")),
      (.evidenceMissing, try Act.reject("T", reason: "\t")),
    ]
  }

  private func papers() throws -> [Case] {
    [
      (.unknownShipment, try Act.load("ZZZ", "C", 1)), (.shipmentEmpty, try Act.seal("EMPTY")),
      (.shipmentNotSealed, try Act.export("OPEN")), (.shipmentSealed, try Act.load("SHUT", "C", 2)),
      (.notHolder, try Act.seal("OPEN", by: "EXP")),
      (.overdrawn, try Act.load("OPEN", "C", 999_999)),
      (.unknownFinding, try Act.review(try .init("none"), .upheld)),
      (.unknownSubject, try Act.doubt("d", on: ["lot:none"])),
      (.unknownSubject, try Act.doubt("d", on: ["dataset:forest"])),
      (.unknownSubject, try Act.doubt("d", on: ["producer:P1"])),
      (.nothingGiven, try Act.doubt("d", on: [])),
      (.evidenceMissing, try Act.doubt("d", on: ["lot:C"], figures: [:])),
      (.codeReserved, try Act.doubt("yield-above-area/lot/L1/1", on: ["lot:C"])),
      (.codeUsed, try Act.doubt("old", on: ["lot:H"])),
      (.alreadyReviewed, try Act.review(try .init("done"), .upheld)),
      (.reviewerRaisedIt, try Act.review(try .init("old"), .upheld, reviewer: "machine")),
      (.evidenceMissing, try Act.review(try .init("old"), .dismissed, hasEvidence: false)),
      (.evidenceMissing, try Act.review(try .init("old"), .upheld, reason: " ")),
      (.evidenceMissing, try Act.review(try .init("old"), .dismissed, reviewer: "")),
      (.reviewerIsParty, try Act.review(try .init("old"), .dismissed, for: "COOP")),
      (.unknownOrganisation, try Act.review(try .init("old"), .dismissed, for: "NONE")),
      (.notReviewed, .reopenFinding(.init(finding: try .init("old"), by: "Luis", reason: "x"))),
      (
        .unknownFinding,
        .assignFinding(.init(finding: try .init("none"), assignee: "Ana", by: "Luis"))
      ),
      (
        .evidenceMissing,
        .assignFinding(.init(finding: try .init("old"), assignee: " ", by: "Luis"))
      ),
    ]
  }

  private func corrections() throws -> [Case] {
    [
      (.notRecorder, try Act.correct("C", by: "EXP")),
      (.nothingToCorrect, try Act.correct("C", version: 99)),
      (.correctionUnfit, try Act.correct("C") { $0.to = CivilDate("2026-05-09") }),
      (.nothingGiven, .correct(.init(lot: try .init("C"), by: try .init("COOP"), reason: "x"))),
      (.alreadyVoided, try Act.correct("VOID")), (.reasonMissing, try Act.correct("C", reason: "")),
      (.notOverdue, .noteOverdue(try .init("YOUNG"))),
      (.notInTransit, .noteOverdue(try .init("C"))), (.unknownLot, .noteOverdue(try .init("Z"))),
    ]
  }

  @Test func `given acts that must not be then each is refused with its reason in full`() throws {
    let ledger = try ready()
    var reached: Set<Refusal.Code> = [.notProven, .beforeCause, .futureDated, .datesReversed]
    for (code, command) in try registry() + assessments() + custody() + papers() + corrections() {
      let refusal = try ledger.refusal(of: command)
      #expect(refusal?.code == code, "\(command)")
      guard let refusal else { continue }
      reached.insert(refusal.code)
      for language in Language.allCases {
        let text = Wording.text(of: refusal, in: language)
        #expect(!text.contains("—") && !text.contains("{"), "\(text)")
      }
    }
    // Dates have a test of their own; `not-proven` is raised where statements are drafted.
    let others = TankRefusalTests.codes.union(CertificationTests.codes)
    #expect(reached.union(others) == Set(Refusal.Code.allCases))
  }

  @Test func `given causes when an act is dated before them then it is refused`() throws {
    var ledger = try ready()
    try ledger.when(try Act.receive("T", 5), at: "2026-05-10T11:55:00-05:00")
    try ledger.when(try Act.dispatch("C"), at: "2026-05-12T12:00:00-05:00")
    for (moment, code) in [
      ("2026-05-12T11:54:59-05:00", Refusal.Code.beforeCause), ("2026-05-12T11:55:00-05:00", nil),
    ] as [(String, Refusal.Code?)] {
      // Two clocks may differ by five minutes.
      #expect(try ledger.refusal(of: try Act.receive("C", 600_000), at: moment)?.code == code)
      #expect(try ledger.refusal(of: try Act.reject("C"), at: moment)?.code == code)
    }
    try ledger.when(try Act.receive("C", 600_000), at: "2026-05-14T12:00:00-05:00")
    for act in [
      try Act.blend("B", by: "EXP", ["C": 1]), try Act.adjust("C", by: "EXP", to: 1),
      try Act.split("C", by: "EXP", ["S": 1]), try Act.dispatch("C", from: "EXP", to: "COOP"),
    ] {
      let refusal = try #require(try ledger.refusal(of: act, at: "2026-05-13T12:00:00-05:00"))
      #expect(refusal.code == .beforeCause)
      #expect(refusal.figures["created"] == "2026-05-14T12:00:00-05:00")
      #expect(try ledger.refusal(of: act, at: "2026-05-14T12:00:00-05:00") == nil)
    }
    let draw = try Act.purchase("B", ["H": 1])
    #expect(
      try ledger.refusal(of: draw, at: "2026-05-10T11:59:59-05:00")?.code == .beforeCause)
    let reversed = LotHarvested(
      lot: try .init("R"), plot: try .init("A"), producer: try .init("P1"),
      product: try .init("cocoa-wet-beans"), grams: try Grams(1),
      from: try Make.unwrap(CivilDate("2026-05-10")), to: try Make.unwrap(CivilDate("2026-05-09")))
    #expect(try ledger.refusal(of: .harvest(reversed))?.code == .datesReversed)
  }
}
