import Testing

@testable import Land

@Suite struct FuzzTests {
  @Test func `given 20 000 broken polygons, when judged, then nothing crashes or hangs`() {
    var random = FixedRandom(state: 20_000)
    var accepted = 0
    for _ in 0..<20_000 {
      let rings = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Self.ring(using: &random)
      }
      let result = PlotGeometry.make(from: .multiPolygon([rings]))
      #expect(result.geometry != nil || result.findings.contains { $0.severity == .refuse })
      guard let geometry = result.geometry else { continue }
      accepted += 1
      do {
        _ = try EUGeometry.cut(geometry)
      } catch {
        // Refused with a code: such shapes may be too thin for six decimals.
        #expect(error.code.hasPrefix("eu-geometry"))
      }
    }
    #expect(accepted > 100)
  }

  /// Few distinct coordinates, so that vertices coincide, sides overlap and areas vanish.
  private static func ring(using random: inout FixedRandom) -> [GeoJSONPosition] {
    let wild = [
      0.0, -0.0, .infinity, .nan, 180, -180, 90, 91, 1e300, .leastNonzeroMagnitude, -76.5,
    ]
    let isWild = Int.random(in: 0..<10, using: &random) == 0
    let coordinate = { (random: inout FixedRandom) -> Double in
      if isWild, Bool.random(using: &random) {
        return wild[Int.random(in: 0..<wild.count, using: &random)]
      }
      return Double(Int.random(in: 0...6, using: &random)) * 0.0001
    }
    var ring: [GeoJSONPosition] = []
    for _ in 0..<Int.random(in: 0...9, using: &random) {
      ring.append(
        GeoJSONPosition(
          longitude: JSONNumber(value: coordinate(&random), text: "0.000001"),
          latitude: JSONNumber(value: coordinate(&random), text: "0.000001")))
    }
    if let first = ring.first, Int.random(in: 0..<5, using: &random) > 0 { ring.append(first) }
    return ring
  }

  @Test func `given mutilated files, when read, then each ends in features or a coded error`()
    throws
  {
    let whole = try SharedData.bytes(
      "eudr/geojson-samples/official_typeII_multiple_producers.geojson")
    var random = FixedRandom(state: 3)
    for _ in 0..<3_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 5))
        case 2: bytes.insert(contentsOf: Array("[{\"\\1e9".utf8), at: place)
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { break }
      }
      do throws(GeoJSONError) {
        let document = try GeoJSONDocument.parse(bytes)
        _ = Fixtures.findings(document)
      } catch {
        let message = error.message(in: .spanish)
        #expect(!message.contains("?") || message.contains("'?'"), "\(error)")
        #expect(error.byteOffset <= bytes.count)
      }
    }
  }
}
