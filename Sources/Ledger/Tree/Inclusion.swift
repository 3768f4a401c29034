public import ValueTypes

extension MerkleTree {
  /// The ranges of leaves whose roots make the inclusion proof of leaf `index` (RFC 6962 section
  /// 2.1.1), lowest first. Throws `invalidProof` for an index outside the tree.
  static func inclusionRanges(
    of index: Int64, treeSize: Int64
  ) throws(LedgerError) -> [Range<Int64>] {
    guard index >= 0, index < treeSize, treeSize <= maximumSize else {
      throw .invalidProof(reason: "leaf \(index) is not in a tree of \(treeSize)")
    }
    var ranges: [Range<Int64>] = []
    var range = 0..<treeSize
    while range.upperBound - range.lowerBound > 1 {
      let middle = range.lowerBound + split(range.upperBound - range.lowerBound)
      if index < middle {
        ranges.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        ranges.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
      }
    }
    return ranges.reversed()
  }

  /// Checks that the leaf with this hash is leaf `index` of the tree of `treeSize` leaves with this
  /// root. Throws `invalidProof` if it is not.
  public static func verifyInclusion(
    leafHash: SHA256Digest, index: Int64, treeSize: Int64, root: SHA256Digest,
    proof: [SHA256Digest]
  ) throws(LedgerError) {
    let found = try rootOfInclusion(
      leafHash: leafHash, index: index, treeSize: treeSize, proof: proof)
    guard found == root else {
      throw .invalidProof(reason: "the proof leads to another root than \(root)")
    }
  }

  /// The root that a proof leads to.
  public static func rootOfInclusion(
    leafHash: SHA256Digest, index: Int64, treeSize: Int64, proof: [SHA256Digest]
  ) throws(LedgerError) -> SHA256Digest {
    let ranges = try inclusionRanges(of: index, treeSize: treeSize)
    guard ranges.count == proof.count else {
      throw .invalidProof(
        reason: "a proof of \(proof.count) hashes where \(ranges.count) are needed")
    }
    var hash = leafHash
    for (range, sibling) in zip(ranges, proof) {
      hash =
        range.lowerBound > index ? nodeHash(hash, sibling) : nodeHash(sibling, hash)
    }
    return hash
  }
}
