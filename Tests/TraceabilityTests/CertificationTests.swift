import Testing
import Traceability
import ValueTypes

/// What lots are certified as, and that it only ever gets less.
@Suite struct CertificationTests {
  static let codes: Set<Refusal.Code> = [
    .notCertified, .certificationUpgrade, .certificationFollows,
  ]

  private static let scheme = "rspo"

  /// A and B are certified until June, D is not.
  private func ledger() throws -> Scenario {
    var ledger = try Scenario.withSilo()
    for plot in ["A", "B"] {
      try ledger.when(
        .certifyPlot(
          PlotCertified(
            plot: try .init(plot), scheme: try .init(Self.scheme), certificate: "C-1",
            validTo: try Make.unwrap(CivilDate("2026-06-30")), digest: try Make.digest(4))))
    }
    return ledger
  }

  private func harvest(
    _ lot: String, plot: String, _ model: CertificationModel = .identityPreserved,
    to: String = "2026-05-10"
  ) throws -> Command {
    let day = try Make.unwrap(CivilDate(to))
    return .harvest(
      LotHarvested(
        lot: try .init(lot), plot: try .init(plot), producer: try .init("P1"),
        product: try .init("cocoa-wet-beans"), grams: try Grams(10_000), from: day, to: day,
        certification: LotCertification(scheme: try .init(Self.scheme), model: model)))
  }

  /// A certified lot of the cooperative.
  private func certified(
    _ ledger: inout Scenario, _ lot: String, plot: String,
    _ model: CertificationModel = .identityPreserved
  ) throws {
    try ledger.when(try harvest("H" + lot, plot: plot, model))
    try ledger.givenPurchase(lot, from: "H" + lot, grams: 10_000)
  }

  private func model(_ ledger: Scenario, _ lot: String) throws -> CertificationModel? {
    Certifier(world: ledger.world).certifications(of: try .init(lot)).first?.model
  }

  private func downgrade(
    _ lot: String, to model: CertificationModel?, reason: String = "sold as such"
  ) throws -> Command {
    .downgrade(
      LotDowngraded(
        lot: try .init(lot), holder: try .init("COOP"), scheme: try .init(Self.scheme),
        model: model, reason: reason))
  }

  @Test func `given lots of one plot or of two when mixed then identity is kept or segregated`()
    throws
  {
    var ledger = try ledger()
    try certified(&ledger, "C1", plot: "A")
    try certified(&ledger, "C2", plot: "A")
    try certified(&ledger, "C3", plot: "B")
    try ledger.when(try Act.blend("B1", ["C1": 5_000, "C2": 5_000]))
    try ledger.when(try Act.blend("B2", ["B1": 5_000, "C3": 5_000]))
    #expect(try model(ledger, "B1") == .identityPreserved)
    #expect(try model(ledger, "B2") == .segregated)
    try ledger.when(try Act.dry(["B1": 3_000], into: ["S1": 1_000]))
    #expect(try model(ledger, "S1") == .identityPreserved)
  }

  @Test func `given one that is not certified when mixed in then nothing is`() throws {
    var ledger = try ledger()
    try certified(&ledger, "C1", plot: "A")
    try ledger.givenLot("C4", plot: "D", grams: 1_000)
    try ledger.when(try Act.blend("B1", ["C1": 5_000, "C4": 1_000]))
    #expect(try model(ledger, "B1") == nil)
    #expect(try ledger.verdict("B1") == .deforestationFree)
    // Nor what a count found.
    try ledger.when(try Act.adjust("C1", to: 6_000))
    #expect(try model(ledger, "C1") == nil)
  }

  @Test func `given a tank then what comes out is as weak as the weakest in the window`() throws {
    var ledger = try ledger()
    try certified(&ledger, "C1", plot: "A")
    try certified(&ledger, "C2", plot: "B", .segregated)
    try ledger.when(try Act.fill(["C1": 10_000]))
    try ledger.tap("S1", 5_000)
    try ledger.when(try Act.fill(["C2": 10_000]))
    try ledger.tap("S2", 5_000)
    try ledger.fill("C4", plot: "D", 10)
    try ledger.tap("S3", 5_000)
    #expect(try model(ledger, "S1") == .identityPreserved)
    #expect(try model(ledger, "S2") == .segregated)
    #expect(try model(ledger, "S3") == nil)
  }

  @Test func `given mass balance when blended then nothing that it touches is proven`() throws {
    var ledger = try ledger()
    try certified(&ledger, "C1", plot: "A")
    try certified(&ledger, "C2", plot: "B", .massBalance)
    #expect(try ledger.verdict("C1") == .deforestationFree)
    #expect(try ledger.verdict("C2") == .insufficientEvidence)
    try ledger.when(try Act.blend("B1", ["C1": 5_000, "C2": 1]))
    let judgement = ledger.judge.judge(lot: try .init("B1"))
    #expect(judgement.reasons.map(\.code) == [.massBalance])
    #expect(judgement.reasons.map(\.subject.description) == ["lot:HC2"])
    #expect(try model(ledger, "B1") == .massBalance)
    for language in Language.allCases {
      let text = try #require(judgement.reasons.first.map { Wording.text(of: $0, in: language) })
      #expect(text.contains("rspo") && !text.contains("{"))
    }
  }

  @Test func `given a lot when downgraded then there is no way back`() throws {
    var ledger = try ledger()
    try certified(&ledger, "C1", plot: "A")
    try ledger.when(try downgrade("C1", to: .segregated))
    #expect(try model(ledger, "C1") == .segregated)
    #expect(try ledger.verdict("C1") == .deforestationFree)
    for better in [CertificationModel.identityPreserved, .segregated] {
      let again = try downgrade("C1", to: better, reason: "back")
      #expect(try ledger.refusal(of: again)?.code == .certificationUpgrade)
    }
    #expect(try ledger.refusal(of: try downgrade("C1", to: .segregated))?.code == .alreadyRecorded)
    try ledger.when(try downgrade("C1", to: .massBalance))
    #expect(try ledger.verdict("C1") == .insufficientEvidence)
    try ledger.when(try downgrade("C1", to: nil))
    #expect(try model(ledger, "C1") == nil)
    #expect(
      try ledger.refusal(of: try downgrade("C1", to: nil, reason: "y"))?.code == .notCertified)
    #expect(
      try ledger.refusal(of: try downgrade("C1", to: nil, reason: " "))?.code == .evidenceMissing)
  }

  @Test func `given an upgrade that somebody recorded all the same then it changes nothing`()
    throws
  {
    var ledger = try ledger()
    try certified(&ledger, "C1", plot: "A", .segregated)
    let lot = try LotCode("C1")
    ledger.world.apply(
      .lotDowngraded(
        LotDowngraded(
          lot: lot, holder: try .init("COOP"), scheme: try .init(Self.scheme),
          model: .identityPreserved, reason: "x")), stream: .lot(lot),
      version: ledger.world.version(of: .lot(lot)) + 1, occurredAt: try Make.moment(Scenario.day))
    #expect(try model(ledger, "C1") == .segregated)
  }

  @Test func `given no certificate that day when harvested as certified then it is refused`()
    throws
  {
    let ledger = try ledger()
    for command in [
      try harvest("H1", plot: "D"), try harvest("H1", plot: "A", to: "2026-07-01"),
    ] {
      let refusal = try #require(
        try ledger.refusal(of: command, at: "2026-07-02T12:00:00-05:00"))
      #expect(refusal.code == .notCertified)
      for language in Language.allCases {
        let text = Wording.text(of: refusal, in: language)
        #expect(!text.contains("—") && !text.contains("{"), "\(text)")
      }
    }
    #expect(try ledger.refusal(of: try harvest("H1", plot: "A", to: "2026-05-10")) == nil)
  }

  @Test func `given a purchase then only what comes without lots is certified by its papers`()
    throws
  {
    var ledger = try ledger()
    try ledger.when(try harvest("H1", plot: "A"))
    let claim = LotCertification(scheme: try .init(Self.scheme), model: .segregated)
    var act = Command.Purchase(
      lot: try .init("C1"), buyer: try .init("COOP"), seller: .producer(try .init("P1")),
      product: try .init("cocoa-wet-beans"), inputs: [try Make.draw("H1", 10)],
      certification: claim)
    #expect(try ledger.refusal(of: .purchase(act))?.code == .certificationFollows)
    act.unknownOriginGrams = try Grams(10)
    try ledger.when(.purchase(act))
    #expect(try model(ledger, "C1") == .segregated)
    #expect(try ledger.verdict("C1") == .insufficientEvidence)
  }

  @Test func `given only the streams that a downgrade names then it is decided alike`() throws {
    var ledger = try ledger()
    try certified(&ledger, "C1", plot: "A")
    try ledger.when(try Act.fill(["C1": 10_000]))
    try ledger.tap("S1", 5_000)
    let command = try downgrade("S1", to: .segregated)
    let moment = try Make.moment(Scenario.day)
    let part = try decide(
      command, occurredAt: moment, in: try ledger.loading(command), by: ledger.context)
    #expect(part.map(\.event.type) == ["lot.downgraded"])
  }
}
