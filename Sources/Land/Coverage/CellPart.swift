/// Parts of a cell as whole numbers of 2^-50 of it.
///
/// Sums of such numbers are exact, so that they are the same in any order, however many are taken
/// at a time; and beyond the last edge of a row they are 0, not nearly 0.
enum CellPart {
  static let one: Int64 = 1 << 50
  /// Cells of a unit.
  static let unit = 0x1p-50
  /// Less than this part of a cell is rounding, not land (10^-9 m² at 30 m): 10^-12.
  static let floor: Int64 = 1_126
  /// How far a cell's coverage may miss 0…1: 10^-9.
  static let slack: Int64 = 1_125_900

  /// From 4 to 8 doubles are 2^-50 apart, so adding this rounds to that.
  private static let magic = 6.0

  /// The nearest multiple of 2^-50; values of −2 to 2.
  @inline(__always)
  static func snapped(_ value: SIMD2<Double>) -> SIMD2<Double> {
    (value + SIMD2(repeating: magic)) - SIMD2(repeating: magic)
  }

  @inline(__always)
  static func snapped(_ value: Double) -> Double { (value + magic) - magic }

  /// The nearest in units; values of −2 to 2.
  @inline(__always)
  static func units(_ value: SIMD2<Double>) -> SIMD2<Int64> {
    // Doubles of one magnitude are as far apart as their bits.
    let bits = unsafe unsafeBitCast(value + SIMD2(repeating: magic), to: SIMD2<Int64>.self)
    return bits &- SIMD2(repeating: Int64(bitPattern: magic.bitPattern))
  }
}
