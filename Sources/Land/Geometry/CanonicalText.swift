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
    let number = { (value: Double) -> String in
      let text = DecimalText(value)
      guard let decimals, let units = text.roundedInteger(decimals: decimals) else {
        return text.plain
      }
      return DecimalText.fixed(units, decimals: decimals)
    }
    let pair = { (position: Position) in
      "[\(number(position.longitude)),\(number(position.latitude))]"
    }
    let list = { (parts: [String]) in "[" + parts.joined(separator: ",") + "]" }
    let type: String
    let coordinates: String
    switch self {
    case .point(let position): (type, coordinates) = ("Point", pair(position))
    case .multiPolygon(let polygons):
      let texts = polygons.map { polygon in list(polygon.rings.map { list($0.map(pair)) }) }
      type = polygons.count == 1 ? "Polygon" : "MultiPolygon"
      coordinates = polygons.count == 1 ? texts[0] : list(texts)
    }
    return Array("{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}".utf8)
  }

  /// SHA-256 of ``geoJSON(decimals:)`` in full precision.
  public var digest: ValueTypes.SHA256Digest {
    ValueTypes.SHA256Digest(hashing: geoJSON())
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
