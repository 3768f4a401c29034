import ValueTypes

/// A strict reader of JSON text (RFC 8259) that only says where values end.
///
/// It runs over untrusted bytes, always the same ones for one reader: it never reads past their end
/// and goes at most `maximumDepth` deep.
struct JSONText {
  static let maximumDepth = 128

  var index: Int

  init(at index: Int = 0) { self.index = index }

  /// Whether the bytes are exactly one value in valid UTF-8, with nothing before or after it.
  static func isValid(_ bytes: [UInt8]) -> Bool { isValid(bytes.span) }

  static func isValid(_ bytes: Span<UInt8>) -> Bool {
    var text = JSONText()
    return text.skipValue(bytes) && text.index == bytes.count && UTF8Text.isValid(bytes)
  }

  private func next(_ bytes: Span<UInt8>) -> UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  mutating func skipSpace(_ bytes: Span<UInt8>) {
    while let byte = next(bytes), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      index += 1
    }
  }

  /// Steps over one byte if it is the next.
  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard next(bytes) == byte else { return false }
    index += 1
    return true
  }

  /// Steps over one value; false, at the place of the fault, if there is none.
  mutating func skipValue(_ bytes: Span<UInt8>, depth: Int = 0) -> Bool {
    guard depth < Self.maximumDepth, let byte = next(bytes) else { return false }
    switch byte {
    case UInt8(ascii: "{"): return skipObject(bytes, depth: depth)
    case UInt8(ascii: "["): return skipArray(bytes, depth: depth)
    case UInt8(ascii: "\""): return skipString(bytes)
    case UInt8(ascii: "t"): return skipWord("true", bytes)
    case UInt8(ascii: "f"): return skipWord("false", bytes)
    case UInt8(ascii: "n"): return skipWord("null", bytes)
    default: return skipNumber(bytes)
    }
  }

  private mutating func skipObject(_ bytes: Span<UInt8>, depth: Int) -> Bool {
    index += 1
    skipSpace(bytes)
    if take(UInt8(ascii: "}"), bytes) { return true }
    repeat {
      skipSpace(bytes)
      guard skipString(bytes) else { return false }
      skipSpace(bytes)
      guard take(UInt8(ascii: ":"), bytes) else { return false }
      skipSpace(bytes)
      guard skipValue(bytes, depth: depth + 1) else { return false }
      skipSpace(bytes)
    } while take(UInt8(ascii: ","), bytes)
    return take(UInt8(ascii: "}"), bytes)
  }

  private mutating func skipArray(_ bytes: Span<UInt8>, depth: Int) -> Bool {
    index += 1
    skipSpace(bytes)
    if take(UInt8(ascii: "]"), bytes) { return true }
    repeat {
      skipSpace(bytes)
      guard skipValue(bytes, depth: depth + 1) else { return false }
      skipSpace(bytes)
    } while take(UInt8(ascii: ","), bytes)
    return take(UInt8(ascii: "]"), bytes)
  }

  mutating func skipString(_ bytes: Span<UInt8>) -> Bool {
    guard take(UInt8(ascii: "\""), bytes) else { return false }
    while true {
      index = ByteScan.endOfPlainText(bytes, from: index)
      guard let byte = next(bytes), byte >= 0x20 else { return false }
      index += 1
      if byte == UInt8(ascii: "\"") { return true }
      guard skipEscape(bytes) else { return false }
    }
  }

  private mutating func skipEscape(_ bytes: Span<UInt8>) -> Bool {
    guard let byte = next(bytes) else { return false }
    index += 1
    switch byte {
    case UInt8(ascii: "u"):
      guard let unit = fourDigits(bytes) else { return false }
      // Half a surrogate pair is syntax, but no text: readers would stumble over it.
      guard unit & 0xF800 == 0xD800 else { return true }
      guard unit < 0xDC00, take(UInt8(ascii: "\\"), bytes), take(UInt8(ascii: "u"), bytes),
        let low = fourDigits(bytes)
      else { return false }
      return low & 0xFC00 == 0xDC00
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return true
    default: return false
    }
  }

  private mutating func fourDigits(_ bytes: Span<UInt8>) -> UInt16? {
    guard index + 4 <= bytes.count else { return nil }
    var value: UInt16 = 0
    for offset in index..<(index + 4) {
      switch bytes[offset] {
      case let byte where (0x30...0x39).contains(byte): value = value << 4 | UInt16(byte - 0x30)
      case let byte where (0x61...0x66).contains(byte | 0x20):
        value = value << 4 | UInt16((byte | 0x20) - 0x61 + 10)
      default: return nil
      }
    }
    index += 4
    return value
  }

  private mutating func skipWord(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
    for offset in 0..<word.utf8CodeUnitCount {
      guard take(unsafe word.utf8Start[offset], bytes) else { return false }
    }
    return true
  }

  private mutating func skipNumber(_ bytes: Span<UInt8>) -> Bool {
    _ = take(UInt8(ascii: "-"), bytes)
    if !take(UInt8(ascii: "0"), bytes) {
      guard skipDigits(bytes) else { return false }
    }
    if take(UInt8(ascii: "."), bytes) {
      guard skipDigits(bytes) else { return false }
    }
    if take(UInt8(ascii: "e"), bytes) || take(UInt8(ascii: "E"), bytes) {
      if !take(UInt8(ascii: "+"), bytes) { _ = take(UInt8(ascii: "-"), bytes) }
      guard skipDigits(bytes) else { return false }
    }
    return true
  }

  private mutating func skipDigits(_ bytes: Span<UInt8>) -> Bool {
    let start = index
    while let byte = next(bytes), (0x30...0x39).contains(byte) { index += 1 }
    return index > start
  }
}
