import Crypto
public import ValueTypes

/// The one way a geometry is written, so that its SHA-256 means something.
extension PlotGeometry {
  /// A GeoJSON geometry (RFC 7946) without white space: `type`, then `coordinates`.
  ///
  /// A single polygon is a `Polygon`, several are a `MultiPolygon`; positions have two numbers.
  /// - Parameter decimals: rounds each coordinate to so many decimals, all written; nil writes
  ///   the shortest text that reads back as the same double.
  public func geoJSON(decimals: Int? = nil) -> [UInt8] {
    var text = CanonicalWriter(decimals: decimals)
    text.bytes.reserveCapacity(64 + 24 * vertexCount)
    switch self {
    case .point(let position):
      text.put("{\"type\":\"Point\",\"coordinates\":")
      text.put(position)
    case .multiPolygon(let polygons) where polygons.count == 1:
      text.put("{\"type\":\"Polygon\",\"coordinates\":")
      text.put(polygons[0])
    case .multiPolygon(let polygons):
      text.put("{\"type\":\"MultiPolygon\",\"coordinates\":")
      text.put(list: polygons) { $0.put($1) }
    }
    text.put("}")
    return text.bytes
  }

  /// SHA-256 of ``geoJSON(decimals:)`` in full precision.
  public var digest: ValueTypes.SHA256Digest {
    ValueTypes.SHA256Digest(hashing: geoJSON())
  }
}

private struct CanonicalWriter {
  let decimals: Int?
  var bytes: [UInt8] = []

  mutating func put(_ text: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func put<Part>(list parts: [Part], _ one: (inout CanonicalWriter, Part) -> Void) {
    bytes.append(UInt8(ascii: "["))
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      one(&self, part)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func put(_ polygon: Polygon) {
    put(list: polygon.rings) { text, ring in text.put(list: ring) { $0.put($1) } }
  }

  mutating func put(_ position: Position) {
    bytes.append(UInt8(ascii: "["))
    put(position.longitude)
    bytes.append(UInt8(ascii: ","))
    put(position.latitude)
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func put(_ value: Double) {
    if let decimals, let units = DecimalText(value).roundedInteger(decimals: decimals) {
      bytes.append(contentsOf: DecimalText.fixed(units, decimals: decimals).utf8)
    } else {
      DecimalText.append(plain: value, to: &bytes)
    }
  }
}

extension ValueTypes.SHA256Digest {
  init(hashing bytes: [UInt8]) {
    self.init(finished: SHA256.hash(data: bytes))
  }

  /// A finished hash as the value type, which checks the length the hash guarantees.
  init(finished digest: SHA256.Digest) {
    guard let value = ValueTypes.SHA256Digest(Array(digest)) else {
      preconditionFailure("a SHA-256 has 32 bytes (FIPS 180-4)")
    }
    self = value
  }
}
