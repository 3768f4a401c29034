import DueDiligence
import FoundationEssentials
import Testing
import Traceability

@testable import Ledger

struct BundleRoundTripTests {
  @Test func `given a proven shipment when its bundle is verified then all is sound`() throws {
    let scenario = try Scenario()
    let bundle = try scenario.shipmentBundle()
    let report = try scenario.ledger.verify(bundle)
    #expect(report.failures == [])
    #expect(report.isSound)
    #expect(report.verdict == .deforestationFree)
    #expect(report.checks.map(\.name) == VerificationReport.Step.allCases)
    #expect(report.subject == scenario.shipmentStream)
    let english = report.text(in: .english)
    #expect(english.contains("where its streams stand"))
    #expect(report.text(in: .spanish).contains("Lo que un expediente no demuestra"))
  }

  @Test func `given lots and plots when bundled then each verifies with its verdict`() throws {
    let scenario = try Scenario(withTenure: false)
    for name in ["lot:S-1A", "lot:H-2", "plot:P-2", "plot:P-3", "shipment:EMB-1"] {
      let subject = try #require(StreamKey(name))
      let report = try scenario.ledger.verify(try scenario.ledger.bundle(of: subject))
      #expect(report.isSound, "\(name): \(report.failures)")
      #expect(report.verdict == .insufficientEvidence)
      #expect(report.judgement?.reasons.contains { $0.code == .tenureMissing } == true)
    }
  }

  @Test func `given a bundle when encoded twice and decoded then nothing changes`() throws {
    let bundle = try Scenario().shipmentBundle()
    let file = try bundle.encoded()
    #expect(try bundle.encoded() == file)
    #expect(Array(file[4..<8]) == [0, 0, 0, 0], "the gzip header carries no time")
    #expect(try Bundle.decode(file) == bundle)
    #expect(try Bundle.decode(file).encoded() == file)
  }

  @Test func `given a shipment then only what is upstream is in its bundle`() throws {
    let scenario = try Scenario()
    let bundle = try scenario.shipmentBundle()
    let text = String(decoding: bundle.json(), as: UTF8.self)
    for there in [
      "plot:P-1", "plot:P-2", "plot:P-3", "producer:PR-1", "organisation:EXP", "policy:eudr-2",
      "dataset:hansen",
    ] {
      #expect(text.contains("\\\"stream\\\":\\\"\(there)\\\""), "\(there)")
    }
    for absent in ["plot:P-4", "producer:PR-4", "lot:C-4", "lot:S-1B"] {
      #expect(!text.contains("\\\"stream\\\":\\\"\(absent)\\\""), "\(absent)")
    }
    #expect(bundle.attachments.count == 1)
  }

  @Test func `given an incomplete set of events when built then the missing stream is named`()
    throws
  {
    let scenario = try Scenario()
    let missing = try #require(StreamKey("plot:P-2"))
    var streams = Bundle.requiredStreams(
      for: scenario.shipmentStream, world: scenario.ledger.world,
      policy: scenario.ledger.context.policy)
    #expect(streams.remove(missing) != nil)
    let positions = scenario.ledger.positions(of: streams)
    #expect(throws: BundleError.streamMissing(missing)) {
      try scenario.ledger.bundle(of: scenario.shipmentStream, positions: positions)
    }
  }

  @Test func `given a world loaded step by step then the required streams converge`() throws {
    let scenario = try Scenario()
    let policy = scenario.ledger.context.policy
    let whole = Bundle.requiredStreams(
      for: scenario.shipmentStream, world: scenario.ledger.world, policy: policy)
    var known: Set<StreamKey> = []
    var wanted: Set<StreamKey> = [scenario.shipmentStream]
    var rounds = 0
    while !wanted.isSubset(of: known) {
      known.formUnion(wanted)
      var world = World()
      for position in scenario.ledger.positions(of: known) {
        let envelope = try EventEnvelope.parse(scenario.ledger.entries[Int(position)])
        world.apply(
          try DomainEvent.decode(type: envelope.type, schema: 1, data: envelope.data),
          stream: try #require(StreamKey(envelope.stream.text)), version: envelope.version,
          occurredAt: envelope.occurredAt)
      }
      wanted = Bundle.requiredStreams(
        for: scenario.shipmentStream, world: world, policy: policy)
      rounds += 1
    }
    #expect(known == whole)
    #expect(rounds < 12)
  }

  @Test func `given a stricter policy of one's own then its verdict stands beside`() throws {
    let scenario = try Scenario()
    let text = String(decoding: Policy.shippedText, as: UTF8.self)
      .replacing("[\"title\", \"cusaf\", \"possession\"]", with: "[\"cusaf\"]")
    let strict = try Policy(json: Array(text.utf8))
    let report = try scenario.ledger.verify(
      try scenario.shipmentBundle(), policyOverride: strict)
    #expect(report.isSound)
    #expect(report.verdict == .deforestationFree)
    #expect(report.ownJudgement?.verdict == .insufficientEvidence)
  }
}
