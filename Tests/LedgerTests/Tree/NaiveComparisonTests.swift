import Foundation
import Testing
import ValueTypes

@testable import Ledger

/// Random trees, against an implementation written apart from the RFC's recursive definitions.
@Suite struct NaiveComparisonTests {
  private let naive = NaiveTree(entries: (0..<300).map { Data("entry \($0)".utf8) })

  private var leaves: [SHA256Digest] {
    naive.entries.map { MerkleTree.leafHash([UInt8]($0)) }
  }

  /// The hash of every perfect node, from the leaves.
  private func perfect(_ leaves: ArraySlice<SHA256Digest>) -> [TreeNode: SHA256Digest] {
    var known: [TreeNode: SHA256Digest] = [:]
    var row = Array(leaves)
    var level = 0
    while !row.isEmpty {
      for (index, hash) in row.enumerated() {
        known[TreeNode(level: level, index: Int64(index))] = hash
      }
      row = stride(from: 0, to: row.count - 1, by: 2).map {
        MerkleTree.nodeHash(row[$0], row[$0 + 1])
      }
      level += 1
    }
    return known
  }

  @Test func `roots and frontiers agree for every size`() throws {
    let leaves = leaves
    var range = CompactRange()
    for size in 0...130 {
      #expect(Data(range.root.bytes) == naive.root(0..<size), "size \(size)")
      let stored = try CompactRange(size: range.size, bytes: range.bytes)
      #expect(stored == range)
      range.append(leaves[size])
    }
  }

  @Test func `inclusion proofs agree and verify`() throws {
    var random = SeededGenerator(seed: 6_962)
    let leaves = leaves
    for _ in 0..<40 {
      let size = Int.random(in: 1...leaves.count, using: &random)
      let index = Int64.random(in: 0..<Int64(size), using: &random)
      let plan = ProofPlan(
        ranges: try MerkleTree.inclusionRanges(of: index, treeSize: Int64(size)))
      let known = perfect(leaves[..<size])
      #expect(plan.nodes.isSubset(of: known.keys))
      let proof = try plan.hashes(known)
      #expect(proof.map { Data($0.bytes) } == naive.path(Int(index), 0..<size))
      let root = try #require(SHA256Digest(naive.root(0..<size)))
      try MerkleTree.verifyInclusion(
        leafHash: leaves[Int(index)], index: index, treeSize: Int64(size), root: root,
        proof: proof)
    }
  }

  @Test func `consistency proofs agree and verify`() throws {
    var random = SeededGenerator(seed: 2)
    let leaves = leaves
    for _ in 0..<40 {
      let second = Int.random(in: 1...leaves.count, using: &random)
      let first = Int.random(in: 1...second, using: &random)
      let plan = ProofPlan(
        ranges: try MerkleTree.consistencyRanges(from: Int64(first), to: Int64(second)))
      let proof = try plan.hashes(perfect(leaves[..<second]))
      #expect(proof.map { Data($0.bytes) } == naive.proof(first, second))
      try MerkleTree.verifyConsistency(
        from: Int64(first), root: try #require(SHA256Digest(naive.root(0..<first))),
        to: Int64(second), root: try #require(SHA256Digest(naive.root(0..<second))), proof: proof)
    }
  }

  @Test func `a proof of many leaves leads to the root and nothing less does`() throws {
    var random = SeededGenerator(seed: 3)
    let leaves = leaves
    for _ in 0..<40 {
      let size = Int.random(in: 1...leaves.count, using: &random)
      let count = Int.random(in: 1...min(size, 20), using: &random)
      let chosen = Set((0..<count).map { _ in Int64.random(in: 0..<Int64(size), using: &random) })
      let ranges = try MultiProof.ranges(of: Array(chosen), treeSize: Int64(size))
      let hashes = try ProofPlan(ranges: ranges).hashes(perfect(leaves[..<size]))
      let nodes = zip(ranges, hashes).map { range, hash in
        let node = TreeNode(over: range)
        return MultiProof.Node(level: node.level, index: node.index, hash: hash)
      }
      let proof = MultiProof(treeSize: Int64(size), nodes: nodes)
      let known = Dictionary(uniqueKeysWithValues: chosen.map { ($0, leaves[Int($0)]) })
      #expect(Data(try proof.root(leaves: known).bytes) == naive.root(0..<size))
      try expectFragile(proof, leaves: known)
    }
  }

  /// Without any one node, with one twice, or with another leaf's hash, the proof fails.
  private func expectFragile(_ proof: MultiProof, leaves: [Int64: SHA256Digest]) throws {
    let root = try proof.root(leaves: leaves)
    for index in proof.nodes.indices {
      var fewer = proof.nodes
      fewer.remove(at: index)
      #expect(throws: LedgerError.self) {
        try MultiProof(treeSize: proof.treeSize, nodes: fewer).root(leaves: leaves)
      }
      #expect(throws: LedgerError.self) {
        try MultiProof(treeSize: proof.treeSize, nodes: proof.nodes + [proof.nodes[index]])
          .root(leaves: leaves)
      }
    }
    let (position, hash) = try #require(leaves.first)
    var changed = leaves
    changed[position] = MerkleTree.digest(hash.bytes)
    #expect(try proof.root(leaves: changed) != root)
    #expect(throws: LedgerError.self) { try proof.root(leaves: [:]) }
    #expect(throws: LedgerError.self) { try proof.root(leaves: [proof.treeSize: hash]) }
  }

  @Test func `hostile sizes are refused without harm`() throws {
    let hash = MerkleTree.emptyRoot
    for size in [Int64.min, -1, 0, .max] {
      #expect(throws: LedgerError.self) {
        try MerkleTree.verifyInclusion(
          leafHash: hash, index: 0, treeSize: size, root: hash, proof: [])
      }
      #expect(throws: LedgerError.self) {
        try MultiProof(treeSize: size, nodes: []).root(leaves: [0: hash])
      }
    }
    #expect(throws: LedgerError.self) { try CompactRange(size: 3, hashes: [hash]) }
    #expect(throws: LedgerError.self) { try CompactRange(size: 1, bytes: [1, 2, 3]) }
  }
}
