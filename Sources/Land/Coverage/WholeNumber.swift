/// Whole numbers in doubles of 0 to 2^51, without the checks and branches of a conversion.
enum WholeNumber {
  /// From here on doubles are whole.
  private static let magic = 4_503_599_627_370_496.0  // 2^52
  private static let mask: UInt64 = 0x000F_FFFF_FFFF_FFFF

  /// The largest that is not above the value. Of sums and signs only, which no compiler makes a
  /// branch of.
  @inline(__always)
  static func below(_ value: Double) -> Int {
    let shifted = value + magic
    let rest = value - (shifted - magic)
    return Int(truncatingIfNeeded: shifted.bitPattern & mask)
      &- Int(truncatingIfNeeded: rest.bitPattern >> 63)
  }

  /// The largest that are not above the values, and what the values are more.
  @inline(__always)
  static func split(_ value: SIMD2<Double>) -> (below: SIMD2<Int64>, rest: SIMD2<Double>) {
    let shifted = value + SIMD2(repeating: magic)
    let rest = value - (shifted - SIMD2(repeating: magic))
    let isLess = unsafe unsafeBitCast(rest, to: SIMD2<UInt64>.self) &>> SIMD2(repeating: 63)
    let nearest =
      unsafe unsafeBitCast(shifted, to: SIMD2<UInt64>.self) & SIMD2(repeating: mask)
    // 1.0 where it is less, else 0.0.
    let one = (SIMD2<UInt64>.zero &- isLess) & SIMD2(repeating: 1.0.bitPattern)
    return (
      SIMD2(truncatingIfNeeded: nearest &- isLess),
      rest + (unsafe unsafeBitCast(one, to: SIMD2<Double>.self))
    )
  }

  @inline(__always)
  static func doubles(_ values: SIMD2<Int64>) -> SIMD2<Double> {
    let bits = SIMD2<UInt64>(truncatingIfNeeded: values) | SIMD2(repeating: magic.bitPattern)
    return (unsafe unsafeBitCast(bits, to: SIMD2<Double>.self)) - SIMD2(repeating: magic)
  }
}
