import Crypto
import DueDiligence
import FoundationEssentials
import Testing
import Traceability

@testable import Ledger

/// "n of these witnesses": what cosignatures do to a bundle's verification.
@Suite struct WitnessPolicyTests {
  private static let time: Int64 = 1_780_000_000

  private let scenario: Scenario
  private let bundle: Bundle
  private let cosigners: [Cosigner]

  init() throws {
    scenario = try Scenario()
    bundle = try scenario.shipmentBundle()
    cosigners = try (1...3).map { seed in
      let key = try Curve25519.Signing.PrivateKey(
        rawRepresentation: Data(repeating: UInt8(seed), count: 32))
      return try Cosigner(name: "w\(seed).example", privateKey: key)
    }
  }

  /// The bundle with cosignatures by some of the witnesses over a text.
  private func cosigned(by indices: [Int], over text: String? = nil) throws -> Bundle {
    let body = try text ?? SignedNote(parsing: bundle.checkpoint).text
    var cosigned = bundle
    for index in indices {
      cosigned.checkpoint += try cosigners[index].cosign(body: body, time: Self.time).line
    }
    return cosigned
  }

  private func verify(_ bundle: Bundle, needed: Int?) throws -> VerificationReport {
    BundleVerifier.verify(
      try bundle.encoded(), verifierKeys: [scenario.ledger.signer.verifierKey],
      witnesses: try WitnessPolicy(
        verifierKeys: cosigners.map(\.verifierKey), needed: needed))
  }

  @Test func `given two of three when two are asked for then sound, and who and when is told`()
    throws
  {
    let report = try verify(try cosigned(by: [0, 2]), needed: 2)
    #expect(report.failures == [] && report.isSound)
    #expect(report.cosigners.map(\.name) == ["w1.example", "w3.example"])
    #expect(report.text(in: .english).contains("2 of 3 witnesses (2 asked for)"))
    #expect(report.text(in: .spanish).contains("w3.example 2026-05-28T20:26:40Z"))
  }

  @Test func `given two of three when all are asked for then it fails and says how many`() throws {
    let report = try verify(try cosigned(by: [0, 2]), needed: nil)
    #expect(report.failures.map(\.code) == [.cosignaturesTooFew])
    #expect(!report.isSound && report.cosigners.count == 2)
    #expect(report.failures[0].detail.en.contains("2 of your 3 witnesses cosigned"))
    #expect(report.failures[0].detail.es.contains("firmaron 2 de sus 3 testigos y pide 3"))
    // The same witness twice is one witness.
    let twice = try verify(try cosigned(by: [0, 0]), needed: 2)
    #expect(twice.failures.map(\.code) == [.cosignaturesTooFew])
  }

  @Test func `given a bad cosignature by a known key then the bundle is refused`() throws {
    let other = Checkpoint(
      origin: bundle.ledger, size: bundle.treeSize, root: MerkleTree.emptyRoot)
    var forged = try cosigned(by: [0, 1])
    forged.checkpoint += try cosigners[2].cosign(body: other.body, time: Self.time).line
    let report = try verify(forged, needed: 2)
    #expect(report.failures.map(\.code) == [.cosignature])
    #expect(report.failures[0].detail.en.contains("w3.example"))
  }

  @Test func `given no witnesses asked for then cosignatures change nothing`() throws {
    let report = try scenario.ledger.verify(try cosigned(by: [0, 1, 2]))
    #expect(report.isSound && report.cosigners.isEmpty)
    let none = try verify(bundle, needed: 1)
    #expect(none.failures.map(\.code) == [.cosignaturesTooFew])
  }
}
