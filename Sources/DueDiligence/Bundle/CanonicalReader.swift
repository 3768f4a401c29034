/// Reads the spelling of `CanonicalWriter` and nothing else, never past the end.
struct CanonicalReader {
  let bytes: [UInt8]
  private(set) var offset = 0
  /// The event being read, to be named when it is damaged.
  var position: Int64?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func damage(_ reason: String, at offset: Int? = nil) -> BundleError {
    .damaged(offset: offset ?? self.offset, position: position, reason: reason)
  }

  var isAtEnd: Bool { offset == bytes.count }

  /// Steps over exactly this text.
  mutating func expect(_ literal: String) throws(BundleError) {
    for byte in literal.utf8 {
      guard offset < bytes.count, bytes[offset] == byte else {
        throw damage("expected \(literal)")
      }
      offset += 1
    }
  }

  /// Steps over one byte if it comes next.
  mutating func take(_ byte: Character) -> Bool {
    guard offset < bytes.count, bytes[offset] == byte.asciiValue else { return false }
    offset += 1
    return true
  }

  /// A plain decimal without sign or leading zeros, of at most 18 digits.
  mutating func number() throws(BundleError) -> Int64 {
    let start = offset
    var value: Int64 = 0
    while offset < bytes.count, (0x30...0x39).contains(bytes[offset]), offset - start < 18 {
      value = value * 10 + Int64(bytes[offset] - 0x30)
      offset += 1
    }
    guard offset > start, bytes[start] != 0x30 || offset == start + 1 else {
      throw damage("expected a number", at: start)
    }
    return value
  }

  /// A text's bytes, which are valid UTF-8.
  mutating func utf8() throws(BundleError) -> [UInt8] {
    try expect("\"")
    var out: [UInt8] = []
    while true {
      let start = offset
      while offset < bytes.count, bytes[offset] >= 0x20, bytes[offset] != UInt8(ascii: "\""),
        bytes[offset] != UInt8(ascii: "\\")
      {
        offset += 1
      }
      out.append(contentsOf: bytes[start..<offset])
      guard offset < bytes.count, bytes[offset] >= 0x20 else {
        throw damage("a text does not end")
      }
      offset += 1
      if bytes[offset - 1] == UInt8(ascii: "\"") { break }
      out.append(try escape())
    }
    guard String(validating: out, as: UTF8.self) != nil else {
      throw damage("a text is not UTF-8")
    }
    return out
  }

  mutating func text() throws(BundleError) -> String {
    String(decoding: try utf8(), as: UTF8.self)
  }

  private mutating func escape() throws(BundleError) -> UInt8 {
    let fault = damage("an escape that this format does not write", at: offset - 1)
    guard offset < bytes.count else { throw fault }
    offset += 1
    switch bytes[offset - 1] {
    case UInt8(ascii: "\""): return UInt8(ascii: "\"")
    case UInt8(ascii: "\\"): return UInt8(ascii: "\\")
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "u"):
      guard offset + 4 <= bytes.count, bytes[offset..<(offset + 2)].elementsEqual("00".utf8),
        (0x30...0x31).contains(bytes[offset + 2])
      else { throw fault }
      let low: UInt8
      switch bytes[offset + 3] {
      case 0x30...0x39: low = bytes[offset + 3] - 0x30
      case 0x61...0x66: low = bytes[offset + 3] - 0x57
      default: throw fault
      }
      let value = (bytes[offset + 2] - 0x30) << 4 | low
      guard value != 0x0A else { throw fault }
      offset += 4
      return value
    default: throw fault
    }
  }

  /// The bytes of one object, brackets and all, found by counting them outside of texts.
  mutating func object() throws(BundleError) -> [UInt8] {
    let start = offset
    try expect("{")
    var depth = 1
    while depth > 0 {
      guard offset < bytes.count else { throw damage("an object does not end", at: start) }
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        _ = try utf8()
        continue
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      default: break
      }
      offset += 1
    }
    return Array(bytes[start..<offset])
  }
}
