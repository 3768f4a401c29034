/// Whole shares of a whole.
enum Shares {
  /// Divides `whole` in proportion to `weights`, none negative, by largest remainder; equal
  /// remainders go to the earlier. Nil where the weights are all zero or past all bounds.
  static func divide(_ whole: Int64, in weights: [Int64]) -> [Int64]? {
    guard let total = weights.sum(), total > 0 else { return nil }
    if total == whole { return weights }
    let parts = weights.map { total.dividingFullWidth($0.multipliedFullWidth(by: whole)) }
    var shares = parts.map(\.quotient)
    let left = whole - shares.reduce(0, +)
    let order = parts.indices.sorted { (-parts[$0].remainder, $0) < (-parts[$1].remainder, $1) }
    for index in order.prefix(Int(left)) { shares[index] += 1 }
    return shares
  }
}

extension Sequence<Int64> {
  /// Nil where no honest masses add up so high.
  func sum() -> Int64? {
    var total: Int64 = 0
    for value in self {
      let (next, overflow) = total.addingReportingOverflow(value)
      if overflow { return nil }
      total = next
    }
    return total
  }
}
