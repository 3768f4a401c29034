import ValueTypes

/// Proofs from the hashes of perfect subtrees, wherever those are kept.
///
/// Which hashes a proof needs is known before any is read, so a store is asked once.
struct ProofPlan: Sendable {
  let ranges: [Range<Int64>]

  /// The perfect nodes to be read.
  var nodes: Set<TreeNode> {
    Set(ranges.flatMap(TreeNode.perfect(over:)))
  }

  /// The hash of each range, in order, given the hash of every node of `nodes`.
  func hashes(
    _ known: [TreeNode: SHA256Digest]
  ) throws(LedgerError) -> [SHA256Digest] {
    var hashes: [SHA256Digest] = []
    hashes.reserveCapacity(ranges.count)
    for range in ranges { hashes.append(try Self.root(of: range, known)) }
    return hashes
  }

  /// The root over one range, folded from the right as RFC 6962 does.
  static func root(
    of range: Range<Int64>, _ known: [TreeNode: SHA256Digest]
  ) throws(LedgerError) -> SHA256Digest {
    var root: SHA256Digest?
    for node in TreeNode.perfect(over: range).reversed() {
      guard let hash = known[node] else {
        throw .notFound(what: "hash of node \(node.level)/\(node.index)")
      }
      root = root.map { MerkleTree.nodeHash(hash, $0) } ?? hash
    }
    return root ?? MerkleTree.emptyRoot
  }
}
