import Traceability

/// JSON of the long answers, written as bytes: a general encoder takes longer for ten thousand
/// plots than tracing them does. Keys are sorted, as everywhere.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Text of the program, as it is.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func number(_ value: Int64) {
    var rest = value.magnitude
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// A string with its quotes.
  mutating func text(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A field whose value may be missing, with the comma after it.
  mutating func field(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    raw(name)
    text(value)
    raw(",")
  }
}

extension ProvenanceOrigins {
  /// The bytes that an encoder with sorted keys would give.
  public func json() -> [UInt8] {
    var out = JSONBytes(capacity: 300 + plots.count * 130)
    out.raw("{\"grams\":")
    out.number(grams)
    out.raw(",\"linkCount\":")
    out.number(Int64(linkCount))
    out.raw(",\"lotCount\":")
    out.number(Int64(lotCount))
    out.raw(",")
    out.field("\"next\":", next)
    out.raw("\"plotCount\":")
    out.number(Int64(plotCount))
    out.raw(",\"plots\":[")
    for (index, share) in plots.enumerated() {
      if index > 0 { out.raw(",") }
      out.raw("{")
      out.field("\"district\":", share.district)
      out.raw("\"grams\":")
      out.number(share.grams)
      out.raw(",\"plot\":")
      out.text(share.plot)
      out.raw(",")
      out.field("\"producer\":", share.producer)
      out.raw("\"verdict\":")
      out.text(share.verdict.rawValue)
      out.raw("}")
    }
    out.raw("],\"position\":")
    out.number(position)
    out.raw(",\"subject\":")
    out.text(subject.description)
    out.raw(",\"unknownGrams\":")
    out.number(unknownGrams)
    out.raw(",\"verdict\":")
    out.text(verdict.rawValue)
    out.raw("}")
    return out.bytes
  }
}

extension ProvenanceDownstream {
  /// The bytes that an encoder with sorted keys would give.
  public func json() -> [UInt8] {
    var out = JSONBytes(capacity: 200 + items.count * 70)
    out.raw("{\"items\":[")
    for (index, item) in items.enumerated() {
      if index > 0 { out.raw(",") }
      out.raw("{\"subject\":")
      out.text(item.subject)
      out.raw(",\"verdict\":")
      out.text(item.verdict.rawValue)
      out.raw("}")
    }
    out.raw("],\"lotCount\":")
    out.number(Int64(lotCount))
    out.raw(",")
    out.field("\"next\":", next)
    out.raw("\"position\":")
    out.number(position)
    out.raw(",\"shipmentCount\":")
    out.number(Int64(shipmentCount))
    out.raw(",\"subject\":")
    out.text(subject.description)
    out.raw("}")
    return out.bytes
  }
}
