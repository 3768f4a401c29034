public import ValueTypes

extension MerkleTree {
  /// The ranges whose roots make the consistency proof between two sizes (RFC 6962 section 2.1.2),
  /// in the order of the proof. Throws `invalidProof` unless 0 < first ≤ second.
  static func consistencyRanges(
    from first: Int64, to second: Int64
  ) throws(LedgerError) -> [Range<Int64>] {
    guard first > 0, first <= second, second <= maximumSize else {
      throw .invalidProof(reason: "no consistency from \(first) to \(second) leaves")
    }
    var ranges: [Range<Int64>] = []
    var range = 0..<second
    // RFC 6962's SUBPROOF, followed from the root downwards; `known` is its flag b.
    var known = true
    while range.upperBound != first {
      let middle = range.lowerBound + split(range.upperBound - range.lowerBound)
      if first <= middle {
        ranges.append(middle..<range.upperBound)
        range = range.lowerBound..<middle
      } else {
        ranges.append(range.lowerBound..<middle)
        range = middle..<range.upperBound
        known = false
      }
    }
    if !known { ranges.append(range) }
    return ranges.reversed()
  }

  /// Checks that the tree of `second` leaves begins with the tree of `first` leaves. An empty first
  /// tree proves nothing and is refused, as is a proof of the wrong length.
  public static func verifyConsistency(
    from first: Int64, root firstRoot: SHA256Digest, to second: Int64,
    root secondRoot: SHA256Digest, proof: [SHA256Digest]
  ) throws(LedgerError) {
    let ranges = try consistencyRanges(from: first, to: second)
    guard ranges.count == proof.count else {
      throw .invalidProof(
        reason: "a proof of \(proof.count) hashes where \(ranges.count) are needed")
    }
    // Where the first tree is itself a node of the second, the proof leaves its root out.
    let startsAtRoot = ranges.first?.upperBound != first || ranges.isEmpty
    var old = startsAtRoot ? firstRoot : proof[0]
    var new = old
    for (range, hash) in zip(ranges, proof).dropFirst(startsAtRoot ? 0 : 1) {
      if range.lowerBound >= first {
        new = nodeHash(new, hash)
      } else {
        old = nodeHash(hash, old)
        new = nodeHash(hash, new)
      }
    }
    guard old == firstRoot else {
      throw .invalidProof(reason: "the proof leads to another root of \(first) leaves")
    }
    guard new == secondRoot else {
      throw .invalidProof(reason: "the proof leads to another root of \(second) leaves")
    }
  }
}
