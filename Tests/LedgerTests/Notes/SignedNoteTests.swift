import Foundation
import Testing
import ValueTypes

import enum Crypto.Curve25519

@testable import Ledger

@Suite struct SignedNoteTests {
  private let signer: CheckpointSigner
  private let other: CheckpointSigner

  init() throws {
    let seed = Data(repeating: 7, count: 32)
    signer = try CheckpointSigner(
      name: "raiz.example/acopagro", privateKey: .init(rawRepresentation: seed))
    other = try CheckpointSigner(
      name: "witness.example", privateKey: .init(rawRepresentation: Data(repeating: 8, count: 32)))
  }

  private func note() throws -> String { try signer.sign(size: 3, root: MerkleTree.emptyRoot) }

  private func line(_ note: String) -> String {
    String(note[note.range(of: "\n\n")!.upperBound...])
  }

  @Test func `signatures of unknown keys are ignored`() throws {
    let note = try note()
    let cosigned = note + line(try other.sign(body: Checkpoint(body: body(note)).body))
    #expect(try signer.verifier.open(cosigned).size == 3)
    #expect(throws: LedgerError.self) { try other.verifier.open(cosigned) }
    // Type 0x04 has a longer signature: still only an unknown key.
    let longer = note + "— w.example \(Data(repeating: 4, count: 76).base64EncodedString())\n"
    #expect(try signer.verifier.open(longer).size == 3)
  }

  private func body(_ note: String) -> String {
    String(note[..<note.range(of: "\n\n")!.lowerBound]) + "\n"
  }

  @Test func `a bad signature by a known key rejects the note, whatever else is there`() throws {
    let note = try note()
    let bad = line(try signer.sign(body: "another text\n"))
    #expect(throws: LedgerError.self) { try signer.verifier.open(note + bad) }
    #expect(throws: LedgerError.self) { try signer.verifier.open(body(note) + "\n" + bad) }
  }

  @Test func `notes of a wrong form are refused`() throws {
    let note = try note()
    let cases = [
      "", "\n", "\n\n", body(note), String(note.dropLast()), note + "\n", note + "x\n",
      note.replacing("\n3\n", with: "\n03\n"), note.replacing("\n3\n", with: "\n3\r\n"),
      note.replacing("\n3\n", with: "\n-3\n"), note.replacing("— ", with: "- "),
      note.replacing("\n\n", with: "\n"), note + String(repeating: line(note), count: 100),
      String(repeating: "a", count: 1_000_001) + note,
    ]
    for text in cases {
      #expect(throws: LedgerError.self, "\(text.prefix(60))") { try signer.verifier.open(text) }
    }
  }

  @Test func `a checkpoint of another origin is refused even if well signed`() throws {
    let foreign = Checkpoint(origin: "other", size: 1, root: MerkleTree.emptyRoot)
    let note = try signer.sign(body: foreign.body)
    #expect(throws: LedgerError.self) { try signer.verifier.open(note) }
  }

  @Test func `extension lines are signed and passed over`() throws {
    let body = Checkpoint(origin: signer.name, size: 1, root: MerkleTree.emptyRoot).body
    #expect(try signer.verifier.open(signer.sign(body: body + "later\n")).size == 1)
  }

  @Test(arguments: ["", "a b", "a+b", "a\u{a0}b", "a\nb"])
  func `a key's name has no space and no plus`(name: String) {
    #expect(throws: LedgerError.self) {
      try CheckpointSigner(name: name, privateKey: .init())
    }
  }

  @Test func `verifier keys of a wrong form are refused`() throws {
    let key = signer.verifierKey
    #expect(try CheckpointVerifier(verifierKey: key).verifierKey == key)
    for text in [
      "", "a", "a+b+c", key + "A", String(key.dropLast(4)), key.replacing("raiz", with: "Raiz"),
    ] {
      #expect(throws: LedgerError.self) { try CheckpointVerifier(verifierKey: text) }
    }
  }
}
