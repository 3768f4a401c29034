import Foundation
import Testing

@testable import Land

@Suite struct PlotGeometryTests {
  @Test func `given 50 real plots, when judged, then all are accepted`() throws {
    let name = "eudr/geojson-samples/whisp_example_polys.geojson"
    let document = try GeoJSONDocument.parse(SharedData.bytes(name))
    #expect(document.features.count == 50)
    for feature in document.features {
      let result = PlotGeometry.make(from: feature.geometry, at: feature.geometryPlace)
      #expect(result.geometry != nil, "\(feature.geometryPlace) \(result.findings)")
    }
  }

  private func polygon(_ corners: [(Double, Double)]) -> PlotGeometryResult {
    let ring = corners.map { Position(longitude: $0.0, latitude: $0.1) }
    return PlotGeometry.make(polygons: [[ring]])
  }

  @Test func `given a bow tie, when judged, then its crossing is placed`() {
    let result = polygon([(0, 0), (0.01, 0.01), (0.01, 0), (0, 0.01), (0, 0)])
    let finding = result.findings.first { $0.severity == .refuse }
    #expect(finding?.code == "G02")
    #expect(finding?.figures["longitude"] == "0.0050000")
    #expect(finding?.place == "coordinates[0][0][0]")
    #expect(finding?.message(in: .spanish).contains("0.0050000") == true)
  }

  @Test func `given latitudes beyond 90, when they would do as longitudes, then axes are swapped`()
  {
    let source = GeoJSONGeometry.point(GeoJSONPosition(longitude: -8.1, latitude: -116.5))
    #expect(PlotGeometry.make(from: source).findings.map(\.problem).contains(.axesSwapped))
  }

  @Test func `given a flat ring, when judged, then it has no area`() {
    let result = polygon([(0, 0), (0.01, 0), (0.02, 0), (0, 0)])
    #expect(result.findings.contains { $0.problem == .noArea })
    #expect(result.geometry == nil)
  }

  @Test func `given parts that share a side, when judged, then the parts are refused`() {
    let square = { (x: Double) in
      [(x, 0.0), (x + 0.01, 0), (x + 0.01, 0.01), (x, 0.01), (x, 0)].map {
        Position(longitude: $0.0, latitude: $0.1)
      }
    }
    let result = PlotGeometry.make(polygons: [[square(0)], [square(0.01)]])
    #expect(result.findings.filter { $0.severity == .refuse }.map(\.problem) == [.partsOverlap])
  }

  @Test func `given odd shapes, when judged, then each is warned of by name`() throws {
    let disc = try PlotGeometry.disc(
      around: Position(longitude: -76.5, latitude: -8.1), squareMetres: 20_000)
    let round = PlotGeometry.make(polygons: disc.polygons.map(\.rings))
    #expect(round.findings.contains { $0.problem == .round })
    let sliver = polygon([(0, 0), (0.01, 0), (0.01, 0.00003), (0, 0.00003), (0, 0)])
    #expect(sliver.findings.contains { $0.problem == .sliver })
    let spike = polygon([
      (0, 0), (0.001, 0), (0.002, 0), (0.002, 0.001), (0.0011, 0.001), (0.00105, 0.01),
      (0.001, 0.001), (0, 0.001), (0, 0),
    ])
    #expect(spike.findings.contains { $0.problem == .spike })
    let short = polygon([(0, 0), (0.001, 0), (0.001, 0.000004), (0.001, 0.001), (0, 0)])
    #expect(short.findings.contains { $0.problem == .shortSegment })
    #expect(!short.findings.contains { $0.problem == .rectangle })
  }

  @Test func `given a declared area, when a point has over 4 ha, then it is refused`() throws {
    let point = PlotGeometry.point(Position(longitude: -76.5, latitude: -8.1))
    #expect(point.findings(declaredHectares: 4).isEmpty)
    #expect(point.findings(declaredHectares: 4.01).map(\.problem) == [.pointTooLarge])
    #expect(point.findings(declaredHectares: 0).map(\.problem) == [.declaredAreaNotPositive])
    #expect(point.findings(declaredHectares: .nan).map(\.problem) == [.declaredAreaNotPositive])
    let disc = try PlotGeometry.disc(
      around: Position(longitude: -76.5, latitude: -8.1), squareMetres: 20_000)
    #expect(disc.findings(declaredHectares: 2.1).isEmpty)
    #expect(disc.findings(declaredHectares: 2.3).map(\.problem) == [.areaDiffers])
  }

  @Test func `given one place written two ways, when hashed, then the digests agree`() throws {
    let clockwise = polygon([(1, 2), (1, 2.1), (1.1, 2.1), (1.1, 2), (1, 2)])
    let geometry = try #require(clockwise.geometry)
    let text = String(decoding: geometry.geoJSON(), as: UTF8.self)
    #expect(
      text == #"{"type":"Polygon","coordinates":[[[1,2],[1.1,2],[1.1,2.1],[1,2.1],[1,2]]]}"#)
    let again = try GeoJSONDocument.parse(Array(text.utf8)).features[0]
    #expect(PlotGeometry.make(from: again.geometry).geometry?.digest == geometry.digest)
    #expect(
      String(decoding: geometry.geoJSON(decimals: 2), as: UTF8.self).hasPrefix(
        #"{"type":"Polygon","coordinates":[[[1.00,2.00],[1.10,2.00]"#))
  }

  @Test func `given stored bytes, when read back, then the same plot or an error`() throws {
    for plot in try Fixtures.plots("eudr/geojson-samples/whisp_example_polys.geojson") {
      #expect(try PlotGeometry(canonical: plot.geoJSON()) == plot)
    }
    let point = PlotGeometry.point(Position(longitude: -76.5, latitude: -0.0))
    #expect(try PlotGeometry(canonical: point.geoJSON()) == point)
    #expect(throws: StoredGeometryError.notCanonical) {
      try PlotGeometry(canonical: Array(#"{"type":"Point","coordinates":[1.0,2]}"#.utf8))
    }
    #expect(throws: StoredGeometryError.self) {
      try PlotGeometry(canonical: Array(#"{"type":"Polygon","coordinates":[]}"#.utf8))
    }
    #expect(throws: StoredGeometryError.self) { try PlotGeometry(canonical: [0x7B]) }
  }

  @Test func `given findings, when stored as JSON, then they come back`() throws {
    let found = polygon([(0, 0), (0.01, 0.01), (0.01, 0), (0, 0.01), (0, 0)]).findings
    let bytes = try JSONEncoder().encode(found)
    #expect(try JSONDecoder().decode([GeometryFinding].self, from: bytes) == found)
  }
}
