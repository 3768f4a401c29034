public import ValueTypes

/// The fewest hashes that lead from several leaves to one root.
///
/// A node is named as RFC 6962 cuts the tree: `level` is the smallest for which 2^level leaves hold
/// the node's, `index` its first leaf divided by that. Nodes are sorted by level, then index.
public struct MultiProof: Codable, Sendable, Equatable {
  public struct Node: Codable, Sendable, Equatable {
    public let level: Int
    public let index: Int64
    public let hash: SHA256Digest

    public init(level: Int, index: Int64, hash: SHA256Digest) {
      self.level = level
      self.index = index
      self.hash = hash
    }
  }

  public let treeSize: Int64
  public let nodes: [Node]

  public init(treeSize: Int64, nodes: [Node]) {
    self.treeSize = treeSize
    self.nodes = nodes
  }

  /// The root that the leaf hashes and this proof lead to.
  ///
  /// Throws `invalidProof` for no leaves, a leaf outside the tree, a missing node, or a node that
  /// is not needed or comes twice.
  public func root(leaves: [Int64: SHA256Digest]) throws(LedgerError) -> SHA256Digest {
    let positions = leaves.keys.sorted()
    try Self.check(positions, treeSize: treeSize)
    var known: [TreeNode: SHA256Digest] = [:]
    for node in nodes {
      let name = TreeNode(level: node.level, index: node.index)
      guard known.updateValue(node.hash, forKey: name) == nil else {
        throw .invalidProof(reason: "node \(node.level)/\(node.index) comes twice")
      }
    }
    var used = 0
    let root = try Self.fold(0..<treeSize, positions[...]) {
      (range, leaf) throws(LedgerError) -> SHA256Digest in
      if let leaf, let hash = leaves[leaf] { return hash }
      let name = TreeNode(over: range)
      guard let hash = known[name] else {
        throw .invalidProof(reason: "node \(name.level)/\(name.index) is missing")
      }
      used += 1
      return hash
    }
    guard used == nodes.count else {
      throw .invalidProof(reason: "\(nodes.count - used) nodes are not part of the proof")
    }
    return root
  }

  /// The ranges of leaves whose roots make the proof of `positions`.
  static func ranges(
    of positions: [Int64], treeSize: Int64
  ) throws(LedgerError) -> [Range<Int64>] {
    let sorted = Set(positions).sorted()
    try check(sorted, treeSize: treeSize)
    var ranges: [Range<Int64>] = []
    _ = try fold(0..<treeSize, sorted[...]) {
      (range, leaf) throws(LedgerError) -> SHA256Digest in
      if leaf == nil { ranges.append(range) }
      return MerkleTree.emptyRoot
    }
    return ranges
  }

  private static func check(_ positions: [Int64], treeSize: Int64) throws(LedgerError) {
    guard let first = positions.first, let last = positions.last, first >= 0, last < treeSize,
      treeSize <= MerkleTree.maximumSize
    else {
      throw .invalidProof(reason: "the leaves to prove are not in a tree of \(treeSize)")
    }
  }

  /// Walks the tree down to the given leaves and to the subtrees without any; at most 62 deep.
  private static func fold(
    _ range: Range<Int64>, _ positions: ArraySlice<Int64>,
    _ end: (Range<Int64>, Int64?) throws(LedgerError) -> SHA256Digest
  ) throws(LedgerError) -> SHA256Digest {
    guard let first = positions.first else { return try end(range, nil) }
    let count = range.upperBound - range.lowerBound
    guard count > 1 else { return try end(range, first) }
    let middle = range.lowerBound + MerkleTree.split(count)
    let cut = positions.firstIndex { $0 >= middle } ?? positions.endIndex
    let left = try fold(range.lowerBound..<middle, positions[..<cut], end)
    let right = try fold(middle..<range.upperBound, positions[cut...], end)
    return MerkleTree.nodeHash(left, right)
  }
}
