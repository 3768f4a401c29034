import ValueTypes

/// An outline as PostGIS gives it back: canonical GeoJSON as WKB (OGC 06-103r4, section 8.2),
/// little-endian.
struct OutlineBytes {
  private let text: [UInt8]
  private var index = 0
  private var bytes: [UInt8] = []

  private init(_ text: String) { self.text = Array(text.utf8) }

  /// The WKB in lower-case hex; nil where the text is not the canonical one of a point, a polygon
  /// or several.
  static func hex(ofGeoJSON text: String) -> String? {
    var outline = OutlineBytes(text)
    return outline.take() ? Hex.encode(outline.bytes) : nil
  }

  private mutating func take() -> Bool {
    if skip("{\"type\":\"Point\",\"coordinates\":") {
      begin(type: 1)
      guard position() else { return false }
    } else if skip("{\"type\":\"Polygon\",\"coordinates\":") {
      guard polygon() else { return false }
    } else if skip("{\"type\":\"MultiPolygon\",\"coordinates\":") {
      begin(type: 6)
      guard list({ $0.polygon() }) else { return false }
    } else {
      return false
    }
    return skip("}") && index == text.count
  }

  private mutating func polygon() -> Bool {
    begin(type: 3)
    return list { $0.list { $0.position() } }
  }

  /// A count, and then what it counts.
  private mutating func list(_ item: (inout OutlineBytes) -> Bool) -> Bool {
    guard skip("[") else { return false }
    let place = bytes.count
    put(UInt32(0))
    var count: UInt32 = 0
    repeat {
      guard item(&self) else { return false }
      count += 1
    } while skip(",")
    for (offset, byte) in Self.littleEndian(count).enumerated() { bytes[place + offset] = byte }
    return skip("]")
  }

  private mutating func position() -> Bool {
    guard skip("["), number(), skip(","), number() else { return false }
    return skip("]")
  }

  private mutating func number() -> Bool {
    let rest = text[index...]
    guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "]") }),
      let value = Double(String(decoding: text[index..<end], as: UTF8.self))
    else { return false }
    index = end
    put(value.bitPattern)
    return true
  }

  private mutating func begin(type: UInt32) {
    bytes.append(1)
    put(type)
  }

  private mutating func put(_ value: some FixedWidthInteger) {
    bytes.append(contentsOf: Self.littleEndian(value))
  }

  private static func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    stride(from: 0, to: Value.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private mutating func skip(_ wanted: StaticString) -> Bool {
    let wanted = wanted.description.utf8
    guard text[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }
}
