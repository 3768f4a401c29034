import Foundation
import ValueTypes

import enum Crypto.Curve25519

@testable import Ledger

/// A log in memory that may lie: its tree and proofs come from `NaiveTree`.
struct TestLog {
  static let origin = "raiz.example/log"

  var tree: NaiveTree
  let signer: CheckpointSigner

  init(_ entries: [String], seed: UInt8 = 1, origin: String = origin) throws {
    tree = NaiveTree(entries: entries.map { Data($0.utf8) })
    let key = try Curve25519.Signing.PrivateKey(
      rawRepresentation: Data(repeating: seed, count: 32))
    signer = try CheckpointSigner(name: origin, privateKey: key)
  }

  var size: Int { tree.entries.count }

  func root(_ size: Int) -> SHA256Digest {
    SHA256Digest(tree.root(0..<size)) ?? MerkleTree.emptyRoot
  }

  func note(_ size: Int) throws -> String {
    try signer.sign(size: Int64(size), root: root(size))
  }

  func proof(_ first: Int, _ second: Int) -> [SHA256Digest] {
    guard first > 0, first < second else { return [] }
    return tree.proof(first, second).compactMap { SHA256Digest($0) }
  }

  func request(from old: Int, to size: Int) throws -> AddCheckpointRequest {
    AddCheckpointRequest(oldSize: Int64(old), proof: proof(old, size), checkpoint: try note(size))
  }
}

/// A witness in a folder of its own.
enum TestWitness {
  static let name = "witness.example/w1"
  static let time: Int64 = 1_767_225_600

  static func cosigner(_ seed: UInt8 = 7, name: String = name) throws -> Cosigner {
    try Cosigner(
      name: name,
      privateKey: try Curve25519.Signing.PrivateKey(
        rawRepresentation: Data(repeating: seed, count: 32)))
  }

  static func open(_ folder: URL, _ keys: [String]) throws -> Witness {
    try Witness.open(folder: folder.path, cosigner: try cosigner(), logKeys: keys) {
      Timestamp(microseconds: time * 1_000_000) ?? .ledgerEpoch
    }
  }

  /// 200 and the known refusals as HTTP has them, with the size that a 409 names.
  static func ask(
    _ witness: Witness, _ text: String
  ) async throws -> (status: Int, known: Int64?) {
    do {
      _ = try await witness.cosign(Array(text.utf8))
      return (200, nil)
    } catch let refusal as WitnessRefusal {
      return (refusal.status, refusal.knownSize)
    }
  }
}
