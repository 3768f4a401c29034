/// Reads Well-Known Text (OGC 06-103r4, section 7) with every number's text kept.
///
/// `Z`, `M` and `ZM` may follow the type; `SRID=4326;` may stand before it, as PostGIS writes.
/// Rings, winding and ranges are not judged here but by ``PlotGeometry``.
public struct WKTReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var positions = 0
  private let limits: GeoJSONLimits

  public static func geometry(
    _ text: String, limits: GeoJSONLimits = GeoJSONLimits()
  ) throws(WKTError) -> GeoJSONGeometry {
    var reader = WKTReader(bytes: Array(text.utf8), limits: limits)
    try reader.reference()
    let geometry = try reader.tagged(depth: 0)
    guard reader.peek() == nil else { throw reader.unexpected("the end") }
    return geometry
  }

  private init(bytes: [UInt8], limits: GeoJSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  // MARK: Tokens

  private func fail(_ code: WKTError.Code, _ figures: [String: String]) -> WKTError {
    // A character may have several bytes.
    let before = String(decoding: bytes[..<min(offset, bytes.count)], as: UTF8.self)
    return WKTError(code: code, character: before.count + 1, figures: figures)
  }

  private func unexpected(_ expected: String) -> WKTError {
    fail(.unexpected, ["expected": expected])
  }

  private mutating func peek() -> UInt8? {
    while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    return offset < bytes.count ? bytes[offset] : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    offset += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(WKTError) {
    guard take(byte) else { throw unexpected("'\(Character(UnicodeScalar(byte)))'") }
  }

  /// Letters, in upper case; empty if none follow.
  private mutating func word() -> String {
    _ = peek()
    let start = offset
    while offset < bytes.count, (0x41...0x5A).contains(bytes[offset] & 0xDF) { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self).uppercased()
  }

  private mutating func number() throws(WKTError) -> JSONNumber {
    _ = peek()
    let start = offset
    while offset < bytes.count, Self.isOfNumber(bytes[offset]) { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard offset - start <= limits.numberBytes, let value = Double(text), value.isFinite else {
      offset = start
      throw unexpected("a number")
    }
    return JSONNumber(value: value, text: Self.asJSON(text))
  }

  /// `+.5` and `-007.` as JSON writes them, `0.5` and `-7`; no digit after the point is lost.
  private static func asJSON(_ text: String) -> String {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == "e" || $0 == "E"
    }
    let sign = parts[0].hasPrefix("-") ? "-" : ""
    let digits = parts[0].drop { $0 == "-" || $0 == "+" }
    let halves = digits.split(separator: ".", omittingEmptySubsequences: false)
    let whole = halves[0].drop { $0 == "0" }
    let fraction = halves.count > 1 && !halves[1].isEmpty ? "." + halves[1] : ""
    let exponent = parts.count > 1 ? "e" + parts[1] : ""
    return sign + (whole.isEmpty ? "0" : whole) + fraction + exponent
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
  }

  // MARK: Geometries

  private mutating func reference() throws(WKTError) {
    let start = offset
    guard word() == "SRID" else {
      offset = start
      return
    }
    try expect(UInt8(ascii: "="))
    let code = try number()
    guard code.text == "4326" else { throw fail(.notWGS84, ["found": "EPSG:\(code.text)"]) }
    try expect(UInt8(ascii: ";"))
  }

  private mutating func tagged(depth: Int) throws(WKTError) -> GeoJSONGeometry {
    guard depth < limits.depth else {
      throw fail(.tooDeep, ["limit": String(limits.depth)])
    }
    let start = offset
    var type = word()
    guard !type.isEmpty else { throw unexpected("a type") }
    // `POLYGON Z ((…))` and `POLYGONZ ((…))` are both met.
    let next = offset
    if !["Z", "M", "ZM"].contains(word()) { offset = next }
    for dimension in ["ZM", "Z", "M"] where type.hasSuffix(dimension) {
      let stem = String(type.dropLast(dimension.count))
      if Self.types.contains(stem) { type = stem }
    }
    guard Self.types.contains(type) else {
      offset = start
      throw fail(.unknownType, ["found": String(type.prefix(40))])
    }
    let end = offset
    let isEmpty = word() == "EMPTY"
    if !isEmpty { offset = end }
    return try body(type, isEmpty: isEmpty, depth: depth)
  }

  private static let types: Set<String> = [
    "POINT", "MULTIPOINT", "LINESTRING", "MULTILINESTRING", "POLYGON", "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
  ]

  private mutating func body(
    _ type: String, isEmpty: Bool, depth: Int
  ) throws(WKTError) -> GeoJSONGeometry {
    switch type {
    case "POINT":
      if isEmpty { return .multiPoint([]) }
      try expect(UInt8(ascii: "("))
      let place = try position()
      try expect(UInt8(ascii: ")"))
      return .point(place)
    case "MULTIPOINT":
      return .multiPoint(
        isEmpty
          ? []
          : try list { reader throws(WKTError) in
            // Both `((1 2), (3 4))` and `(1 2, 3 4)` are met.
            let hasBrackets = reader.take(UInt8(ascii: "("))
            let place = try reader.position()
            if hasBrackets { try reader.expect(UInt8(ascii: ")")) }
            return place
          })
    case "LINESTRING": return .lineString(isEmpty ? [] : try positionList())
    case "MULTILINESTRING": return .multiLineString(isEmpty ? [] : try rings())
    case "POLYGON": return .polygon(isEmpty ? [] : try rings())
    case "MULTIPOLYGON":
      return .multiPolygon(
        isEmpty ? [] : try list { reader throws(WKTError) in try reader.rings() })
    default:
      return .geometryCollection(
        isEmpty
          ? []
          : try list { reader throws(WKTError) in try reader.tagged(depth: depth + 1) })
    }
  }

  /// What stands in brackets, between commas.
  private mutating func list<Value>(
    _ element: (inout WKTReader) throws(WKTError) -> Value
  ) throws(WKTError) -> [Value] {
    try expect(UInt8(ascii: "("))
    var out = [try element(&self)]
    while take(UInt8(ascii: ",")) { out.append(try element(&self)) }
    try expect(UInt8(ascii: ")"))
    return out
  }

  private mutating func rings() throws(WKTError) -> [[GeoJSONPosition]] {
    try list { reader throws(WKTError) in try reader.positionList() }
  }

  private mutating func positionList() throws(WKTError) -> [GeoJSONPosition] {
    try list { reader throws(WKTError) in try reader.position() }
  }

  private mutating func position() throws(WKTError) -> GeoJSONPosition {
    positions += 1
    guard positions <= limits.positionsPerGeometry else {
      throw fail(.tooManyPositions, ["limit": String(limits.positionsPerGeometry)])
    }
    let longitude = try number()
    let latitude = try number()
    var further = 0
    while let byte = peek(), Self.isOfNumber(byte) {
      _ = try number()
      further += 1
    }
    guard further <= 2 else { throw unexpected("two to four numbers") }
    return GeoJSONPosition(longitude: longitude, latitude: latitude, furtherNumbers: further)
  }
}
