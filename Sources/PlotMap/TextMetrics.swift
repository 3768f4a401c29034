/// How wide text is, by DejaVu Sans' own widths: as wide as the widest of the usual sans-serif
/// letters, so that what fits by this fits with any. A table, because a picture's bytes must not
/// hang on the letters of the machine that makes it.
enum TextMetrics {
  /// Hundredths of the size, from the space to the tilde (ASCII).
  private static let widths: [Double] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86,
    75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63,
    62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64,
    34, 64, 84,
  ]
  private static let boldFactor = 1.13
  private static let narrowSpace = 20.0
  private static let otherWidth = 64.0
  /// Of scripts whose letters fill a square.
  private static let squareWidth = 100.0

  static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    var sum = 0.0
    for scalar in text.unicodeScalars {
      sum += width(scalar)
    }
    return sum / 100 * size * (isBold ? boldFactor : 1)
  }

  private static func width(_ scalar: Unicode.Scalar) -> Double {
    if scalar.properties.canonicalCombiningClass != .notReordered { return 0 }
    if scalar == "\u{202F}" { return narrowSpace }
    let index = Int(scalar.value) - 32
    if widths.indices.contains(index) { return widths[index] }
    return scalar.value >= 0x1100 ? squareWidth : otherWidth
  }

  /// The text, or as much of its beginning as fits with an ellipsis.
  static func fitted(_ text: String, to width: Double, size: Double, isBold: Bool = false)
    -> String
  {
    guard Self.width(text, size: size, isBold: isBold) > width else { return text }
    var out = ""
    for character in text {
      guard Self.width(out + String(character) + "…", size: size, isBold: isBold) <= width else {
        break
      }
      out.append(character)
    }
    return out + "…"
  }

  /// The text in lines that fit, broken at spaces where it can be; at most `most` lines, the last
  /// one cut short where there would be more.
  static func wrapped(
    _ text: String, to width: Double, size: Double, isBold: Bool = false, most: Int = 3
  ) -> [String] {
    var lines: [String] = []
    var rest = text.split(separator: " ").map(String.init)[...]
    while let first = rest.first {
      if lines.count == most - 1 {
        let all = rest.joined(separator: " ")
        return lines + [fitted(all, to: width, size: size, isBold: isBold)]
      }
      var line = first
      rest.removeFirst()
      while let next = rest.first,
        Self.width(line + " " + next, size: size, isBold: isBold) <= width
      {
        line += " " + next
        rest.removeFirst()
      }
      if Self.width(line, size: size, isBold: isBold) > width {
        let head = String(fitted(line, to: width, size: size, isBold: isBold).dropLast())
        if !head.isEmpty, head.count < line.count {
          rest.insert(String(line.dropFirst(head.count)), at: rest.startIndex)
          line = head
        }
      }
      lines.append(line)
    }
    return lines
  }
}
