import ProvenanceGraph

/// A plot and the grams that came from it.
struct PlotShare: Sendable {
  let node: UInt32
  let grams: Int64
}

extension [PlotShare] {
  /// The largest first, equal ones as `precedes` has it.
  ///
  /// Radix sort (Knuth, The Art of Computer Programming 3, 5.2.5), as shares of thousands of plots
  /// are small numbers.
  mutating func sortForAnswer(_ precedes: (UInt32, UInt32) -> Bool) {
    let bits = 64 - (map { UInt64($0.grams) }.max() ?? 0).leadingZeroBitCount
    for shift in stride(from: 0, to: bits, by: Self.digitBits) { self = sorted(byDigitAt: shift) }
    var start = 0
    while start < count {
      var end = start + 1
      var isInOrder = true
      while end < count, self[end].grams == self[start].grams {
        isInOrder = isInOrder && precedes(self[end - 1].node, self[end].node)
        end += 1
      }
      if !isInOrder { self[start..<end].sort { precedes($0.node, $1.node) } }
      start = end
    }
  }

  private static var digitBits: Int { 11 }

  private func sorted(byDigitAt shift: Int) -> [PlotShare] {
    func digit(_ share: PlotShare) -> Int {
      Int(truncatingIfNeeded: share.grams >> Int64(shift)) & ((1 << Self.digitBits) - 1)
    }
    var starts = [Int](repeating: 0, count: 1 << Self.digitBits)
    for share in self { starts[digit(share)] += 1 }
    var sum = 0
    for digit in starts.indices.reversed() { (starts[digit], sum) = (sum, sum + starts[digit]) }
    var sorted = self
    for share in self {
      let digit = digit(share)
      sorted[starts[digit]] = share
      starts[digit] += 1
    }
    return sorted
  }
}
