import Foundation
import Testing
import ValueTypes

import enum Crypto.Curve25519

@testable import Ledger

@Suite struct TransparencyProofTests {
  private let entries = (0..<13).map { Array("entry \($0)".utf8) }
  private let signer: CheckpointSigner

  init() throws {
    signer = try CheckpointSigner(
      name: "raiz.example/acopagro",
      privateKey: Curve25519.Signing.PrivateKey(
        rawRepresentation: Data(repeating: 9, count: 32)))
  }

  private func proof(_ index: Int64, extra: [UInt8] = []) throws -> TransparencyProof {
    let leaves = entries.map(MerkleTree.leafHash)
    let size = Int64(leaves.count)
    let hashes = try MerkleTree.inclusionRanges(of: index, treeSize: size).map {
      MerkleTree.root(leaves: leaves[Int($0.lowerBound)..<Int($0.upperBound)])
    }
    return try TransparencyProof(
      index: index, hashes: hashes,
      checkpoint: signer.sign(size: size, root: MerkleTree.root(leaves: leaves)), extra: extra)
  }

  @Test func `a proof is written as C2SP writes it and reads back alike`() throws {
    for index in entries.indices {
      for extra in [[], Array("vrf".utf8)] as [[UInt8]] {
        let proof = try proof(Int64(index), extra: extra)
        let read = try TransparencyProof(parsing: Array(proof.text.utf8))
        #expect(read == proof)
        let checkpoint = try read.verify(entry: entries[index], by: signer.verifier)
        #expect(checkpoint.size == 13 && checkpoint.origin == "raiz.example/acopagro")
      }
    }
    let text = try proof(12, extra: [1, 2, 3]).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "c2sp.org/tlog-proof@v1")
    #expect(lines[1] == "extra AQID" && lines[2] == "index 12")
    #expect(lines[5] == "" && lines[6] == "raiz.example/acopagro" && lines[7] == "13")
  }

  @Test func `no byte of a proof can change, nor the entry, nor the key`() throws {
    let proof = try proof(5)
    let bytes = Array(proof.text.utf8)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= index.isMultiple(of: 2) ? 1 : 32
      #expect(throws: LedgerError.self, "byte \(index)") {
        try TransparencyProof(parsing: changed).verify(entry: entries[5], by: signer.verifier)
      }
      #expect(throws: LedgerError.self, "cut at \(index)") {
        try TransparencyProof(parsing: Array(bytes[..<index]))
          .verify(entry: entries[5], by: signer.verifier)
      }
    }
    #expect(throws: LedgerError.self) {
      try proof.verify(entry: entries[4], by: signer.verifier)
    }
    let other = try CheckpointSigner(name: signer.name, privateKey: .init())
    #expect(throws: LedgerError.self) {
      try proof.verify(entry: entries[5], by: other.verifier)
    }
  }

  @Test(arguments: [
    ("index 5", "index 05"), ("index 5", "index +5"), ("index 5", "index -5"),
    ("index 5", "Index 5"), ("index 5", "index 5 "), ("index 5", "extra \nindex 5"),
    ("index 5", "extra AQI\nindex 5"), ("index 5", "index 5\nAQID"),
    ("index 5", "index 9223372036854775807"), ("@v1", "@v2"), ("@v1", "@v1\n"),
    ("\n\n", "\n"), ("index 5\n", "index 5\n\n"), ("index 5", "extra AQID\nextra AQID\nindex 5"),
  ])
  func `what is spelt otherwise is refused`(from: String, to: String) throws {
    let text = try proof(5).text
    let place = try #require(text.range(of: from))
    let changed = text.replacingCharacters(in: place, with: to)
    #expect(throws: LedgerError.self) {
      try TransparencyProof(parsing: Array(changed.utf8))
        .verify(entry: entries[5], by: signer.verifier)
    }
  }

  @Test func `hostile files are refused within limits`() throws {
    let note = try proof(0).checkpoint
    let many = Array(repeating: "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=", count: 63)
    let texts = [
      "", "\n", "\n\n", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\n\n" + note,
      "c2sp.org/tlog-proof@v1\nindex 0\n" + many.joined(separator: "\n") + "\n\n" + note,
      String(repeating: "a", count: 2_000_000),
    ]
    for text in texts {
      #expect(throws: LedgerError.self, "\(text.prefix(40))") {
        try TransparencyProof(parsing: Array(text.utf8))
      }
    }
    let bad = Array("c2sp.org/tlog-proof@v1\nindex 0\n\n".utf8) + [0xFF, 0x0A]
    #expect(throws: LedgerError.self) { try TransparencyProof(parsing: bad) }
  }
}
