/// Writes JSON in one spelling only: members in the order given, no white space, and in texts
/// no escapes but `\"`, `\\`, `\n` and `\u00xx` for the other control characters.
struct CanonicalWriter {
  private(set) var bytes: [UInt8] = []

  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func text(_ text: String) { self.text(utf8: Array(text.utf8)) }

  mutating func text(utf8: [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(0x30 + byte >> 4)
        bytes.append(byte & 15 < 10 ? 0x30 + byte & 15 : 0x57 + byte & 15)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A member's name, after a comma unless it is the object's first.
  mutating func name(_ name: String) {
    if bytes.last != UInt8(ascii: "{") { raw(",") }
    text(name)
    raw(":")
  }

  mutating func field(_ name: String, text value: String) {
    self.name(name)
    text(value)
  }

  mutating func field(_ name: String, raw value: String) {
    self.name(name)
    raw(value)
  }

  mutating func list<Element>(
    _ name: String, _ elements: some Sequence<Element>,
    _ write: (inout CanonicalWriter, Element) -> Void
  ) {
    self.name(name)
    raw("[")
    var isFirst = true
    for element in elements {
      if !isFirst { raw(",") }
      isFirst = false
      write(&self, element)
    }
    raw("]")
  }
}
