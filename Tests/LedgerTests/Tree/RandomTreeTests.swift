import Testing
import ValueTypes

@testable import Ledger

/// Ten thousand random trees against RFC 6962's own recursion.
@Suite struct RandomTreeTests {
  /// Each group makes lists of random entries; trees cut from one list share its hashes.
  private static let groups = 25
  private static let listsOfGroup = 10
  private static let treesOfList = 40

  @Test(arguments: 0..<groups)
  func `roots and proofs of random trees are those of the RFC's recursion`(group: Int) throws {
    var random = SeededGenerator(seed: UInt64(group))
    for list in 0..<Self.listsOfGroup {
      // Most are short; some go beyond two tiles of 256.
      let bound =
        switch (group, list) {
        case (0, 0): 1_200
        case (_, 0) where group.isMultiple(of: 3): 600
        default: Int.random(in: 1...90, using: &random)
        }
      let entries = (0..<bound).map { _ in
        (0..<Int.random(in: 0...12, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
      }
      try compare(ProductTree(entries: entries), MemoTree(entries: entries), bound, &random)
    }
  }

  private func compare(
    _ product: ProductTree, _ rfc: MemoTree, _ bound: Int, _ random: inout SeededGenerator
  ) throws {
    for _ in 0..<Self.treesOfList {
      let size = Int.random(in: 0...bound, using: &random)
      #expect(product.roots[size].bytes == rfc.hash(0, size))
      guard size > 0 else { continue }
      try compareInclusion(product, rfc, size, &random)
      try compareConsistency(product, rfc, size, &random)
      try compareMultiProof(product, rfc, size, &random)
    }
  }

  private func compareInclusion(
    _ product: ProductTree, _ rfc: MemoTree, _ size: Int, _ random: inout SeededGenerator
  ) throws {
    let index = Int.random(in: 0..<size, using: &random)
    let ranges = try MerkleTree.inclusionRanges(of: Int64(index), treeSize: Int64(size))
    let proof = try product.hashes(ranges)
    #expect(proof.map(\.bytes) == rfc.path(index, 0, size), "\(index) of \(size)")
    try MerkleTree.verifyInclusion(
      leafHash: product.leaves[index], index: Int64(index), treeSize: Int64(size),
      root: product.roots[size], proof: proof)
  }

  private func compareConsistency(
    _ product: ProductTree, _ rfc: MemoTree, _ size: Int, _ random: inout SeededGenerator
  ) throws {
    let first = Int.random(in: 1...size, using: &random)
    let ranges = try MerkleTree.consistencyRanges(from: Int64(first), to: Int64(size))
    let proof = try product.hashes(ranges)
    #expect(proof.map(\.bytes) == rfc.proof(first, size), "\(first) to \(size)")
    try MerkleTree.verifyConsistency(
      from: Int64(first), root: product.roots[first], to: Int64(size),
      root: product.roots[size], proof: proof)
  }

  private func compareMultiProof(
    _ product: ProductTree, _ rfc: MemoTree, _ size: Int, _ random: inout SeededGenerator
  ) throws {
    let count = Int.random(in: 1...min(size, 4), using: &random)
    let chosen = Set((0..<count).map { _ in Int.random(in: 0..<size, using: &random) })
    let ranges = try MultiProof.ranges(of: chosen.map(Int64.init), treeSize: Int64(size))
    let hashes = try product.hashes(ranges)
    #expect(hashes.map(\.bytes) == rfc.outside(chosen, size), "\(chosen.sorted()) of \(size)")
    let nodes = zip(ranges, hashes).map { range, hash in
      let node = TreeNode(over: range)
      return MultiProof.Node(level: node.level, index: node.index, hash: hash)
    }
    let leaves = Dictionary(uniqueKeysWithValues: chosen.map { (Int64($0), product.leaves[$0]) })
    let proof = MultiProof(treeSize: Int64(size), nodes: nodes)
    #expect(try proof.root(leaves: leaves) == product.roots[size])
  }
}

/// A list of entries hashed by the product: the root of every size, and every perfect node.
private struct ProductTree {
  let leaves: [SHA256Digest]
  let roots: [SHA256Digest]
  private let nodes: [TreeNode: SHA256Digest]

  init(entries: [[UInt8]]) {
    leaves = entries.map(MerkleTree.leafHash)
    var range = CompactRange()
    var roots = [range.root]
    for leaf in leaves {
      range.append(leaf)
      roots.append(range.root)
    }
    self.roots = roots
    var nodes: [TreeNode: SHA256Digest] = [:]
    var row = leaves
    for level in 0..<64 where !row.isEmpty {
      for (index, hash) in row.enumerated() {
        nodes[TreeNode(level: level, index: Int64(index))] = hash
      }
      row = stride(from: 0, to: row.count - 1, by: 2).map {
        MerkleTree.nodeHash(row[$0], row[$0 + 1])
      }
    }
    self.nodes = nodes
  }

  func hashes(_ ranges: [Range<Int64>]) throws -> [SHA256Digest] {
    try ProofPlan(ranges: ranges).hashes(nodes)
  }
}
