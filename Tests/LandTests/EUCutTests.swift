import Testing

@testable import Land

@Suite struct EUCutTests {
  private func checkForm(_ cut: EUGeometry) throws {
    for text in cut.geometries {
      let document = try GeoJSONDocument.parse(Array(text.utf8))
      let result = PlotGeometry.make(from: document.features[0].geometry)
      let bad = result.findings.filter {
        $0.severity == .refuse || $0.problem == .hole || $0.severity == .mended
      }
      // Less than 1 m² is a plot's concern, not the form's.
      #expect(bad.filter { $0.problem != .noArea }.isEmpty, "\(bad) \(text)")
      guard case .polygon(let rings)? = document.features[0].geometry else { continue }
      #expect(rings.count == 1)
      #expect(rings[0].allSatisfy { $0.longitude.decimals == 6 && $0.latitude.decimals == 6 })
    }
  }

  @Test(arguments: [
    (0.29, "0.290000"), (1.005, "1.005000"), (76.1234569, "76.123456"),
    (-76.1234569, "-76.123456"), (0.1 + 0.2, "0.300000"), (8.9999999999, "8.999999"),
    (1e-7, "0.000000"), (-1e-7, "0.000000"), (1.5e-5, "0.000015"), (-0.0, "0.000000"),
    (0.000001, "0.000001"), (179.9999999, "179.999999"), (4.35, "4.350000"), (10, "10.000000"),
  ])
  func `given a coordinate, when cut, then its decimal text loses its end and no more`(
    value: Double, text: String
  ) {
    let cut = EUGeometry.MicroPosition(cutting: Position(longitude: value, latitude: 0))
    #expect(cut.text == "[\(text),0.000000]")
  }

  @Test func `given random doubles, when cut, then the text is a prefix of their own`() {
    var random = FixedRandom(state: 6)
    for _ in 0..<20_000 {
      let value = Double.random(in: -180...180, using: &random)
      let micro = EUGeometry.MicroPosition(cutting: Position(longitude: value, latitude: 0))
      let text = DecimalText.fixed(micro.longitude, decimals: 6)
      let full = DecimalText(value).plain
      #expect(full.hasPrefix(text) || micro.longitude == 0)
      #expect(abs(micro.position.longitude) <= abs(value))
    }
  }

  @Test func `given each double, when written plainly, then it reads back the same`() {
    var random = FixedRandom(state: 7)
    for _ in 0..<20_000 {
      let value = Double.random(in: -1...1, using: &random) / Double(1 << Int.random(in: 0...40))
      #expect(Double(DecimalText(value).plain) == value)
      #expect(!DecimalText(value).plain.contains("e"))
    }
    #expect(DecimalText(.leastNonzeroMagnitude).plain.count > 300)
    #expect(DecimalText(1e17).plain == "100000000000000000")
  }

  @Test(arguments: [
    "eudr/geojson-samples/official_typeI_single_producer.geojson",
    "eudr/geojson-samples/official_typeII_multiple_producers.geojson",
    "eudr/geojson-samples/whisp_example_polys.geojson",
    "geo/whisp_peru_2plots.geojson",
  ])
  func `given official and real samples, when cut, then they are in form`(name: String) throws {
    let document = try GeoJSONDocument.parse(SharedData.bytes(name))
    var seen = 0
    for feature in document.features {
      guard let geometry = PlotGeometry.make(from: feature.geometry).geometry else {
        Issue.record("\(name) \(feature.geometryPlace) refused")
        continue
      }
      try checkForm(try EUGeometry.cut(geometry))
      seen += 1
    }
    #expect(seen == document.features.count)
  }

  @Test func `given a polygon with holes, when cut, then pieces without holes cover it`() throws {
    let square = { (x: Double, y: Double, side: Double) in
      [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].map {
        Position(longitude: $0.0, latitude: $0.1)
      }
    }
    let made = PlotGeometry.make(polygons: [
      [square(0, 0, 0.01), square(0.002, 0.002, 0.001), square(0.006, 0.0055, 0.002)],
      [square(0.02, 0, 0.01)],
    ])
    let plot = try #require(made.geometry)
    let cut = try EUGeometry.cut(plot)
    #expect(cut.holesCut == 2)
    #expect(cut.geometries.count == 4)
    #expect(!cut.wasRepaired)
    try checkForm(cut)
    guard case .polygons(let rings) = cut.shape else { return }
    let area = rings.reduce(0) { $0 + Geodesic.area(ofRing: $1.map(\.position)) }
    #expect(abs(area / plot.areaSquareMetres - 1) < 1e-6)
  }

  @Test func `given a plot below the grid, when cut, then it is said to collapse`() throws {
    let tiny = [(0.1, 0.1), (0.1000005, 0.1), (0.1000005, 0.1000005), (0.1, 0.1)]
    let shell = tiny.map { Position(longitude: $0.0, latitude: $0.1) }
    #expect(throws: EUGeometryError.collapsed) {
      try EUGeometry.cut(.multiPolygon([Polygon(shell: shell)]))
    }
  }

  @Test func `given a neck thinner than the grid, when cut, then it is repaired and valid`() throws
  {
    // Two fields joined by a neck 0.4 millionths wide: cut, its two sides fall together.
    let shell = [
      (0.0, 0.0), (0.001, 0), (0.001, 0.0004001), (0.002, 0.0004001), (0.002, 0), (0.003, 0),
      (0.003, 0.001), (0.002, 0.001), (0.002, 0.0004005), (0.001, 0.0004005), (0.001, 0.001),
      (0, 0.001), (0, 0),
    ].map { Position(longitude: $0.0, latitude: $0.1) }
    let plot = try #require(PlotGeometry.make(polygons: [[shell]]).geometry)
    let cut = try EUGeometry.cut(plot)
    #expect(cut.wasRepaired)
    guard case .polygons(let rings) = cut.shape else { return }
    #expect(rings.count == 2)
    try checkForm(cut)
  }

  @Test func `given random plots, when cut, then each result is valid and in form`() throws {
    var random = FixedRandom(state: 8)
    for _ in 0..<400 {
      let plot = RandomShapes.star(
        around: Position(longitude: -76.5, latitude: -8.1),
        corners: Int.random(in: 3...40, using: &random),
        degrees: Double.random(in: 0.00001...0.001, using: &random), using: &random)
      guard let plot = PlotGeometry.make(polygons: [[plot]]).geometry else { continue }
      try checkForm(try EUGeometry.cut(plot))
    }
  }

  @Test func `given random plots with holes, when cut, then pieces are whole and cover it`() throws
  {
    var random = FixedRandom(state: 9)
    var withHoles = 0
    for _ in 0..<150 {
      let rings = (0..<Int.random(in: 2...5, using: &random)).map { index in
        RandomShapes.star(
          around: Position(
            longitude: -76.5 + Double(index) * 0.0011, latitude: -8.1), corners: 12,
          degrees: index == 0 ? 0.02 : 0.0005, using: &random)
      }
      // The shell may come so near its centre that it crosses a hole.
      guard let plot = PlotGeometry.make(polygons: [rings]).geometry else { continue }
      withHoles += 1
      let cut = try EUGeometry.cut(plot)
      #expect(cut.holesCut >= 1)
      try checkForm(cut)
      guard case .polygons(let pieces) = cut.shape else { continue }
      let area = pieces.reduce(0) { $0 + Geodesic.area(ofRing: $1.map(\.position)) }
      #expect(abs(area - plot.areaSquareMetres) < 0.16 * plot.perimeterMetres)
    }
    #expect(withHoles > 50)
  }
}
