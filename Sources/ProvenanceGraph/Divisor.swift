/// One divisor for many divisions: a multiplication each, not a division.
struct Divisor {
  private let divisor: UInt64
  private let reciprocal: UInt64

  /// - Parameter divisor: above 0.
  init(_ divisor: UInt64) {
    self.divisor = divisor
    reciprocal = .max / divisor
  }

  /// Quotient and remainder of a product, whose quotient must fit in 64 bits.
  @inline(__always)
  func divide(_ product: (high: UInt64, low: UInt64)) -> (quotient: UInt64, remainder: UInt64) {
    if product.high != 0 { return divisor.dividingFullWidth(product) }
    // With m = ⌊(2⁶⁴ − 1) / d⌋ ≥ 2⁶⁴ / d − 1, p · m / 2⁶⁴ > p / d − 1: one too few at most.
    let quotient = product.low.multipliedFullWidth(by: reciprocal).high
    let remainder = product.low &- quotient &* divisor
    return remainder >= divisor
      ? (quotient &+ 1, remainder &- divisor) : (quotient, remainder)
  }
}
