import Foundation
import Testing
import ValueTypes

@testable import Ledger

/// The forms of C2SP tlog-cosignature v1.0.1.
@Suite struct CosignatureTests {
  private static let body = "raiz.example/log\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

  @Test func `the text's own example reads, with its time and key id`() throws {
    let note = try SignedNote(
      parsing: """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Z\
        hcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJ\
        sX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

        """)
    let parts = try #require(CosignatureFormat.split(note.signatures[1].bytes))
    #expect(parts.time == 1_679_315_147 && parts.signature.count == 64)
    #expect(CosignatureFormat.split(note.signatures[0].bytes) == nil)
    #expect(
      CosignatureFormat.message(time: parts.time, body: note.text).starts(
        with: Array("cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163".utf8)))
  }

  @Test func `a running witness's public key reads, and is written alike`() throws {
    let key = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
    let verifier = try CosignatureVerifier(verifierKey: key)
    #expect(verifier.name == "remora.n621.de" && verifier.verifierKey == key)
    for wrong in [
      key.replacingOccurrences(of: "da77", with: "da78"),
      key.replacingOccurrences(of: "+BO", with: "+AO"), "remora.n621.de+da77ade7",
      key.replacingOccurrences(of: "remora", with: "re mora"),
    ] {
      #expect(throws: LedgerError.self) { try CosignatureVerifier(verifierKey: wrong) }
    }
  }

  @Test func `a cosignature is found and verified, and not after any byte changed`() throws {
    let cosigner = try TestWitness.cosigner()
    let cosignature = try cosigner.cosign(body: Self.body, time: TestWitness.time)
    let note = Self.body + "\n" + cosignature.line
    #expect(try cosigner.verifier.cosignature(in: note) == cosignature)
    #expect(cosignature.moment?.description == "2026-01-01T00:00:00Z")
    let bytes = Array(note.utf8)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      // What is no longer the witness's line is ignored; what is must not pass.
      let found = try? cosigner.verifier.cosignature(in: String(decoding: changed, as: UTF8.self))
      #expect(found == nil || found == .some(nil), "byte \(index)")
    }
  }

  @Test func `other keys are ignored, a bad signature by the key is not`() throws {
    let own = try TestWitness.cosigner()
    let other = try TestWitness.cosigner(8)
    let good = try own.cosign(body: Self.body, time: 5).line
    let foreign = try other.cosign(body: Self.body, time: 5).line
    #expect(try own.verifier.cosignature(in: Self.body + "\n" + foreign) == nil)
    let elsewhere = try own.cosign(body: Self.body.replacing("5", with: "6"), time: 5).line
    #expect(throws: LedgerError.self) {
      try own.verifier.cosignature(in: Self.body + "\n" + good + elsewhere)
    }
    let later = try own.cosign(body: Self.body, time: 9).line
    #expect(try own.verifier.cosignature(in: Self.body + "\n" + good + later)?.time == 9)
  }

  @Test func `the key is made once, for its owner alone`() async throws {
    try await withFolder { folder in
      let path = folder.appending(path: "witness.key").path
      let first = try Cosigner.loadOrCreate(file: path, name: "a.example")
      #expect(try Cosigner.loadOrCreate(file: path, name: "a.example").verifier == first.verifier)
      #expect(throws: LedgerError.self) {
        try Cosigner.loadOrCreate(file: path, name: "b.example")
      }
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }
  }

  @Test func `n of m counts public keys, not names`() throws {
    let keys = try (1...3).map { try TestWitness.cosigner($0, name: "w\($0).example") }
    let texts = keys.map(\.verifierKey)
    let lines = try keys.prefix(2).map { try $0.cosign(body: Self.body, time: 7).line }
    let note = Self.body + "\n" + lines.joined()
    let policy = try WitnessPolicy(verifierKeys: texts, needed: 2)
    #expect(try policy.cosignatures(in: note).map(\.witness) == ["w1.example", "w2.example"])
    // The same key under another name signs the same bytes: it is no second witness.
    let alias = try TestWitness.cosigner(1, name: "alias.example").verifierKey
    #expect(try WitnessPolicy(verifierKeys: [texts[0], alias]).witnesses.count == 1)
    #expect(throws: LedgerError.self) {
      try WitnessPolicy(verifierKeys: [texts[0], alias], needed: 2)
    }
    #expect(throws: LedgerError.self) { try WitnessPolicy(verifierKeys: texts, needed: 0) }
    #expect(throws: LedgerError.self) { try WitnessPolicy(verifierKeys: []) }
  }
}
