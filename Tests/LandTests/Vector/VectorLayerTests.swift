import Foundation
import Testing

@testable import Land

@Suite struct VectorLayerTests {
  static let districts = "geo/peru/peru_distrital_simple.geojson"
  static let park = "geo/protected-areas/cordillera_azul_4326.geojson"
  static let countries = "geo/natural-earth/ne_110m_admin_0_countries.json"

  /// A box as a plot.
  static func plot(
    west: Double, south: Double, east: Double, north: Double
  ) throws -> PlotGeometry {
    let shell = [
      Position(longitude: west, latitude: south), Position(longitude: east, latitude: south),
      Position(longitude: east, latitude: north), Position(longitude: west, latitude: north),
      Position(longitude: west, latitude: south),
    ]
    return try #require(PlotGeometry.make(polygons: [[shell]]).geometry)
  }

  @Test func `given the park when read then its area is what PROJ's geodesics give`() throws {
    let layer = try VectorLayer(path: SharedData.path(Self.park))
    #expect(layer.format == .geoJSON && layer.reprojectedFrom == nil)
    #expect(layer.fields.contains("NOMBRE") && layer.mended.isEmpty)
    #expect(layer.attributes(of: 1)["NOMBRE"] == "PNCAZ")
    // The same file read by the strict reader of plots and measured ring by ring.
    let document = try GeoJSONDocument.parse(SharedData.bytes(Self.park))
    let expected = document.features.reduce(0.0) { sum, feature in
      guard case .multiPolygon(let polygons)? = feature.geometry else { return sum }
      return polygons.reduce(sum) { sum, rings in
        let areas = rings.map { Geodesic.area(ofRing: $0.map(\.plain)) }
        return sum + areas[0] - areas.dropFirst().reduce(0, +)
      }
    }
    let found = layer.features.flatMap(\.polygons).reduce(0) { $0 + Geodesic.area(of: $1) }
    #expect(abs(found - expected) < 1e-3)
    // The cut of the park that the file is: 1,173,734 ha.
    #expect(abs(found / 10_000 - 1_173_734) < 2)
  }

  @Test func `given plots in, out of and across the park then the parts are exact`() throws {
    let layer = try VectorLayer(path: SharedData.path(Self.park))
    let middle = try #require(layer.features.first?.polygons.first)
    let inside = try VectorEngine(layer.features)
    let place = try inside.geos.pointOnSurface(inside.geos.shape(middle))
    let plot = try Self.plot(
      west: place.longitude, south: place.latitude, east: place.longitude + 0.002,
      north: place.latitude + 0.002)
    let within = try layer.overlap(plot)
    #expect(within.squareMetres == plot.areaSquareMetres && within.share == 1)
    #expect(within.features.map(\.index) == [1])
    let far = try Self.plot(west: -70, south: -8, east: -69.99, north: -7.99)
    let out = try layer.overlap(far)
    #expect(out.squareMetres == 0 && out.features.isEmpty && out.share == 0)
    // Across: a ladder of plots over the boundary's corners.
    var across = 0
    for corner in middle.shell.prefix(200) {
      let plot = try Self.plot(
        west: corner.longitude - 0.001, south: corner.latitude - 0.0011,
        east: corner.longitude + 0.0012, north: corner.latitude + 0.001)
      let overlap = try layer.overlap(plot)
      #expect((0...overlap.plotSquareMetres).contains(overlap.squareMetres))
      if overlap.share > 0 && overlap.share < 1 { across += 1 }
      #expect(try layer.overlap(plot) == overlap)
    }
    #expect(across > 150)
  }

  @Test func `given a square across a square then a quarter is inside`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("zona.geojson")
    try Data(
      #"""
      {"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"n":"a"},"geometry":{"type":"Polygon","coordinates":
      [[[0,0],[0.02,0],[0.02,0.02],[0,0.02],[0,0]],
      [[0.001,0.001],[0.001,0.002],[0.002,0.002],[0.002,0.001],[0.001,0.001]]]}},
      {"type":"Feature","properties":{"n":"b"},"geometry":{"type":"Polygon","coordinates":
      [[[0.015,0],[0.03,0],[0.03,0.02],[0.015,0.02],[0.015,0]]]}}]}
      """#.utf8
    ).write(to: URL(fileURLWithPath: path))
    let layer = try VectorLayer(path: path)
    #expect(layer.featureCount == 2)
    let plot = try Self.plot(west: 0.01, south: 0.01, east: 0.02, north: 0.03)
    let overlap = try layer.overlap(plot)
    // Half of it lies north of both; the two share a strip that counts once.
    #expect(abs(overlap.share - 0.5) < 1e-6)
    #expect(overlap.features.map(\.attributes) == [["n": "a"], ["n": "b"]])
    #expect(abs(overlap.features[0].squareMetres / overlap.plotSquareMetres - 0.5) < 1e-6)
    #expect(abs(overlap.features[1].squareMetres / overlap.plotSquareMetres - 0.25) < 1e-6)
    // The hole is no part of the area.
    let hole = try Self.plot(west: 0.0012, south: 0.0012, east: 0.0018, north: 0.0018)
    #expect(try layer.overlap(hole).squareMetres == 0)
    #expect(try layer.containing(Position(longitude: 0.0015, latitude: 0.0015)) == [])
    #expect(try layer.containing(Position(longitude: 0.0175, latitude: 0.01)) == [1, 2])
    #expect(try layer.overlap(.point(Position(longitude: 0.0175, latitude: 0.01))).share == 1)
  }

  @Test func `given the districts when plots lie across their lines then parts sum up`() throws {
    let layer = try VectorLayer(path: SharedData.path(Self.districts), faults: .mend)
    #expect(layer.featureCount > 1_800)
    var random = FixedRandom(state: 7)
    var several = 0
    for _ in 0..<1_500 {
      let west = -77.2 + 1.1 * Double.random(in: 0..<1, using: &random)
      let south = -8.8 + 1.2 * Double.random(in: 0..<1, using: &random)
      let plot = try Self.plot(
        west: west, south: south,
        east: west + 0.001 + 0.02 * Double.random(in: 0..<1, using: &random),
        north: south + 0.001 + 0.02 * Double.random(in: 0..<1, using: &random))
      let overlap = try layer.overlap(plot)
      if overlap.features.count > 1 { several += 1 }
      #expect(overlap.squareMetres <= overlap.plotSquareMetres * (1 + 1e-12))
    }
    #expect(several > 50)
  }

  @Test func `given many threads when they ask at once then each hears the same`() async throws {
    let layer = try VectorLayer(path: SharedData.path(Self.districts), faults: .mend)
    let plots = try (0..<40).map { index in
      try Self.plot(
        west: -77 + Double(index) * 0.02, south: -8.4, east: -76.98 + Double(index) * 0.02,
        north: -8.38)
    }
    let alone = try plots.map { try layer.overlap($0) }
    try await withThrowingTaskGroup(of: [VectorOverlap].self) { group in
      for _ in 0..<4 { group.addTask { try plots.map { try layer.overlap($0) } } }
      for try await answers in group { #expect(answers == alone) }
    }
  }

  @Test func `given the countries then a position is in its own`() throws {
    let layer = try VectorLayer(path: SharedData.path(Self.countries), faults: .mend)
    let found = try layer.containing(Position(longitude: -76.51, latitude: -8.19))
    #expect(found.map { layer.attributes(of: $0)["ISO_A2"] } == ["PE"])
    #expect(try layer.containing(Position(longitude: -100, latitude: -30)) == [])
  }
}
