/// Reads envelopes that lie in the same bytes one after the other: neighbours are mostly of one
/// commit and say much the same, which is not read again.
struct NeighbourEnvelopes {
  private var last: (envelope: CanonicalEnvelope, range: Range<Int>)?

  /// Nil for another layout, and for what is no event.
  mutating func read(_ range: Range<Int>, of bytes: Span<UInt8>) -> CanonicalEnvelope? {
    let envelope = CanonicalEnvelope(
      bytes.extracting(range), like: last?.envelope, in: bytes.extracting(last?.range ?? 0..<0))
    if let envelope { last = (envelope, range) }
    return envelope
  }
}
