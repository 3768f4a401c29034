import Testing

@testable import Land

@Suite struct FuzzTests {
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
