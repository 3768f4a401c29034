import Testing

@testable import Land

/// The text that a geometry's hash is made of.
@Suite struct CanonicalTextTests {
  private func text(_ value: Double) -> String {
    var bytes: [UInt8] = []
    DecimalText.append(plain: value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `given any coordinate when written at once then it is what its digits say`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let places = Int.random(in: 0...17, using: &random)
      var scale = 1.0
      for _ in 0..<places { scale *= 10 }
      let whole = Double(Int64.random(in: -18_000_000_000...18_000_000_000, using: &random))
      for value in [Double.random(in: -180...180, using: &random), whole / scale, whole] {
        #expect(text(value) == DecimalText(value).plain)
        #expect(Double(text(value)) == value)
      }
    }
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (5, "5"), (-76.5, "-76.5"), (100, "100"), (0.00001, "0.00001"),
    (-0.0000123, "-0.0000123"), (1e16, "10000000000000000"), (1e20, "100000000000000000000"),
    (0.1, "0.1"), (10.01, "10.01"),
  ])
  func `given a value when written then there is no exponent and no idle zero`(
    value: Double, expected: String
  ) {
    #expect(text(value) == expected)
    #expect(DecimalText(value).plain == expected)
  }

  @Test func `given outlines of all forms when written then they read as GeoJSON says`() {
    func ring(_ places: [(Double, Double)]) -> [GeoJSONPosition] {
      places.map { GeoJSONPosition(longitude: $0.0, latitude: $0.1) }
    }
    func written(_ given: GeoJSONGeometry) -> String? {
      PlotGeometry.make(from: given).geometry.map { String(decoding: $0.geoJSON(), as: UTF8.self) }
    }
    let shell = ring([(-76, -8), (-75.99, -8), (-75.99, -7.99), (-76, -8)])
    let hole = ring([(-75.993, -7.998), (-75.993, -7.997), (-75.992, -7.997), (-75.993, -7.998)])
    let far = ring([(-75.9, -8), (-75.89, -8), (-75.89, -7.99), (-75.9, -8)])
    let shellText = "[[-76,-8],[-75.99,-8],[-75.99,-7.99],[-76,-8]]"
    let holeText = "[[-75.993,-7.998],[-75.993,-7.997],[-75.992,-7.997],[-75.993,-7.998]]"
    let farText = "[[-75.9,-8],[-75.89,-8],[-75.89,-7.99],[-75.9,-8]]"
    #expect(written(.point(shell[0])) == "{\"type\":\"Point\",\"coordinates\":[-76,-8]}")
    #expect(
      written(.polygon([shell, hole]))
        == "{\"type\":\"Polygon\",\"coordinates\":[\(shellText),\(holeText)]}")
    #expect(
      written(.multiPolygon([[shell], [far]]))
        == "{\"type\":\"MultiPolygon\",\"coordinates\":[[\(shellText)],[\(farText)]]}")
  }
}
