import Testing

@testable import Land

@Suite struct FuzzTests {
  @Test func `given odd texts for numbers, when read, then refused or a finite number`() throws {
    let texts = [
      "NaN", "nan", "Infinity", "-Infinity", "1e999", "-1e999", "1e-999", "0x1F", "--1", "1.", ".5",
      "01", "-", "+1", "-0", "1e308", "179.99999999999999999", "180.0000000000000000001",
      "\"-76.5\"", "null", "[]", "{}", "1E2", "-0.0", "12345678901234567890", "1e", "1e+", "١",
      "-76,5", "4.9e-324", "9007199254740993",
    ]
    var random = FixedRandom(state: 4)
    var read = 0
    for _ in 0..<2_000 {
      let ring = (0..<5).map { _ in
        let pick = { (random: inout FixedRandom) -> String in
          Int.random(in: 0..<6, using: &random) == 0
            ? texts[Int.random(in: 0..<texts.count, using: &random)]
            : String(Int.random(in: -9...9, using: &random))
        }
        return "[\(pick(&random)),\(pick(&random))]"
      }
      let list = (ring + [ring[0]]).joined(separator: ",")
      let text = "{\"type\":\"Polygon\",\"coordinates\":[[\(list)]]}"
      guard let document = try? GeoJSONDocument.parse(Array(text.utf8)) else { continue }
      read += 1
      guard case .polygon(let rings)? = document.features[0].geometry else { continue }
      #expect(rings[0].allSatisfy { $0.plain.longitude.isFinite && $0.plain.latitude.isFinite })
      let result = PlotGeometry.make(from: document.features[0].geometry)
      #expect(result.geometry != nil || result.findings.contains { $0.severity == .refuse })
    }
    #expect(read > 200)
  }

  @Test func `given accepted shapes, when overlaid, then coverage sums to their area`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("grid.tif")
    let grid = RasterGrid(
      west: -0.016, north: 0.016, cellWidth: 0.0005, cellHeight: 0.0005, columns: 64, rows: 64)
    try RasterWriter.write(to: path, grid: grid, tile: 16) { window in
      (0..<window.columns * window.rows).map { UInt8($0 % 7) }
    }
    let raster = try RasterDataset.open(path)
    var shapes = BrokenShapes(seed: 77)
    var overlaid = 0
    for _ in 0..<4_000 {
      let result = PlotGeometry.make(from: .multiPolygon(shapes.next()))
      guard let plot = result.geometry else { continue }
      let box = plot.box
      guard max(box.east - box.west, box.north - box.south) < 0.2 else { continue }
      overlaid += 1
      // A breach of the invariant would be thrown.
      let found = try Coverage.assess(plot, on: raster)
      let allowed = 1e-6 * plot.areaSquareMetres + 1e-3 * plot.perimeterMetres
      #expect(abs(found.totalSquareMetres - plot.areaSquareMetres) <= allowed)
    }
    #expect(overlaid > 300)
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
