import FoundationEssentials

/// Compact JSON with sorted keys, so that equal values are equal texts.
enum JSONText {
  static func of(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Whether two texts say the same: the database keeps keys in an order of its own, and puts
  /// spaces between. Numbers are the same where they are written so.
  static func isSame(_ left: String, _ right: String) -> Bool {
    guard let left = NormalJSON.of(left), let right = NormalJSON.of(right) else { return false }
    return left == right
  }
}

/// JSON (RFC 8259) in one form: no space, members by the bytes of their keys, nothing escaped that
/// need not be.
private struct NormalJSON {
  private let text: [UInt8]
  private var index = 0

  private init(_ text: String) { self.text = Array(text.utf8) }

  /// Nil for what is no JSON.
  static func of(_ text: String) -> [UInt8]? {
    var reader = NormalJSON(text)
    guard let value = reader.value() else { return nil }
    return reader.next() == nil ? value : nil
  }

  /// The next byte that is no space, without taking it.
  private mutating func next() -> UInt8? {
    while index < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[index]) { index += 1 }
    return index < text.count ? text[index] : nil
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next() == UInt8(ascii: byte) else { return false }
    index += 1
    return true
  }

  private mutating func value() -> [UInt8]? {
    switch next() {
    case UInt8(ascii: "{"): object()
    case UInt8(ascii: "["): array()
    case UInt8(ascii: "\""): string()
    case nil: nil
    default: scalar()
    }
  }

  private mutating func object() -> [UInt8]? {
    index += 1
    if take("}") { return Array("{}".utf8) }
    var members: [(key: [UInt8], value: [UInt8])] = []
    repeat {
      guard next() == UInt8(ascii: "\""), let key = string(), take(":"), let value = value()
      else { return nil }
      members.append((key, value))
    } while take(",")
    guard take("}") else { return nil }
    members.sort { $0.key.lexicographicallyPrecedes($1.key) }
    return Self.list("{", members.map { $0.key + [UInt8(ascii: ":")] + $0.value }, "}")
  }

  private mutating func array() -> [UInt8]? {
    index += 1
    if take("]") { return Array("[]".utf8) }
    var values: [[UInt8]] = []
    repeat {
      guard let value = value() else { return nil }
      values.append(value)
    } while take(",")
    return take("]") ? Self.list("[", values, "]") : nil
  }

  private static func list(
    _ open: Unicode.Scalar, _ parts: [[UInt8]], _ end: Unicode.Scalar
  ) -> [UInt8] {
    [UInt8(ascii: open)] + parts.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: end)]
  }

  /// A number, `true`, `false` or `null`, as it is written.
  private mutating func scalar() -> [UInt8]? {
    let start = index
    while index < text.count, !Array(" \t\n\r,]}:\"[{".utf8).contains(text[index]) { index += 1 }
    return start < index ? Array(text[start..<index]) : nil
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "/"): UInt8(ascii: "/"),
  ]

  /// With its quotes. Escapes that stand for a byte become that byte, all others stay.
  private mutating func string() -> [UInt8]? {
    var out = [UInt8(ascii: "\"")]
    index += 1
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return out + [byte] }
      guard byte == UInt8(ascii: "\\"), index < text.count else {
        out.append(byte)
        continue
      }
      let escaped = text[index]
      let digits = text[index...].prefix(5).dropFirst()
      if let plain = Self.escapes[escaped] {
        out.append(plain)
        index += 1
      } else if escaped == UInt8(ascii: "u"),
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), code < 0x20
      {
        out.append(code)
        index += 5
      } else {
        out += [byte, escaped]
        index += 1
      }
    }
    return nil
  }
}
