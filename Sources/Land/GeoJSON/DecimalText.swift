/// The shortest decimal that reads back as a double, digit by digit.
///
/// Cutting or rounding happens on these digits, never on the binary value: `0.29 * 100` is
/// 28.999…, and a coordinate cut that way would move.
struct DecimalText: Sendable, Hashable {
  let isNegative: Bool
  /// Digits without leading zeros; empty for zero.
  let digits: [UInt8]
  /// How many of the digits stand before the decimal point; negative for leading zeros after it.
  let pointOffset: Int

  /// `value` must be finite.
  init(_ value: Double) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    var exponentSign = 0
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"): exponentSign = 1
      case UInt8(ascii: "-"): exponentSign = -1
      case 0x30...0x39 where exponentSign != 0: exponent = exponent * 10 + Int(byte - 0x30)
      case 0x30...0x39: digits.append(byte - 0x30)
      default: break
      }
    }
    let leading = digits.prefix { $0 == 0 }.count
    let whole = (point ?? digits.count) + exponentSign * exponent
    digits.removeFirst(leading)
    while digits.last == 0 { digits.removeLast() }
    self.digits = digits
    self.pointOffset = digits.isEmpty ? 0 : whole - leading
    self.isNegative = value < 0
  }

  /// The value times 10^decimals without its fraction: cut towards zero, nothing rounded.
  /// Nil if it passes 18 digits.
  func truncatedInteger(decimals: Int) -> Int64? {
    integer(decimals: decimals, roundUp: false)
  }

  /// The value times 10^decimals to the nearest integer, halves away from zero.
  func roundedInteger(decimals: Int) -> Int64? {
    let next = pointOffset + decimals
    return integer(decimals: decimals, roundUp: digits.indices.contains(next) && digits[next] >= 5)
  }

  private func integer(decimals: Int, roundUp: Bool) -> Int64? {
    let count = pointOffset + decimals
    guard count <= 18 else { return digits.isEmpty ? 0 : nil }
    var value: Int64 = 0
    for index in 0..<max(0, count) {
      value = value * 10 + (index < digits.count ? Int64(digits[index]) : 0)
    }
    if roundUp { value += 1 }
    return isNegative ? -value : value
  }

  /// Plain notation without an exponent: `0.00001`, `-76.5`, `5`.
  var plain: String {
    guard !digits.isEmpty else { return "0" }
    var out: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    if pointOffset <= 0 { out.append(UInt8(ascii: "0")) }
    for index in 0..<max(pointOffset, digits.count) {
      if index == max(pointOffset, 0) { out.append(UInt8(ascii: ".")) }
      if index == 0, pointOffset < 0 {
        out += [UInt8](repeating: UInt8(ascii: "0"), count: -pointOffset)
      }
      out.append(0x30 + (index < digits.count ? digits[index] : 0))
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends what ``plain`` is of a value. Most values come without an exponent, and then the
  /// shortest text that Swift writes is it already, but for `.0`.
  static func append(plain value: Double, to bytes: inout [UInt8]) {
    guard value != 0 else { return bytes.append(UInt8(ascii: "0")) }
    let start = bytes.count
    bytes.append(contentsOf: value.description.utf8)
    if bytes[start...].contains(UInt8(ascii: "e")) {
      bytes.removeSubrange(start...)
      bytes.append(contentsOf: DecimalText(value).plain.utf8)
    } else if bytes.count - start > 2, bytes.suffix(2).elementsEqual(".0".utf8) {
      bytes.removeLast(2)
    }
  }

  /// An integer of 10^-decimals units as text with exactly that many decimals.
  static func fixed(_ units: Int64, decimals: Int) -> String {
    let text = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
    let sign = units < 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
