import Foundation
import Testing
import ValueTypes

@testable import Land

/// The check G11 on the maps in reach.
@Suite struct PlaceLookupTests {
  static let santaLucia = PlotDistrict(
    code: "221006", name: "SANTA LUCIA", province: "TOCACHE", department: "SAN MARTIN")

  static func lookup() throws -> PlaceLookup {
    let districts = try VectorLayer(
      path: SharedData.path("geo/peru/tocache_districts_extract.geojson"), faults: .mend)
    let made = try #require(CivilDate("2021-03-04"))
    return PlaceLookup(
      countries: try VectorLayer(
        path: SharedData.path("geo/natural-earth/ne_110m_admin_0_countries.json"), faults: .mend),
      districts: try DistrictMap(layer: districts, asOf: CivilDate("2007-12-31")),
      changes: [
        DistrictChange(date: made, law: "Ley 31128", new: santaLucia, from: ["221005"])
      ])
  }

  private func place(
    _ longitude: Double, _ latitude: Double, on date: String = "2026-05-04"
  ) throws -> PlotPlace {
    let plot = try VectorLayerTests.plot(
      west: longitude, south: latitude, east: longitude + 0.001, north: latitude + 0.001)
    return try Self.lookup().place(of: plot, on: try #require(CivilDate(date)))
  }

  @Test func `given a plot by Tocache then its country and district are told`() throws {
    let place = try place(-76.62, -8.2)
    #expect(place.country == "PE" && place.countryBoundaryMetres == nil)
    #expect(place.district?.department == "SAN MARTIN" && place.district?.province == "TOCACHE")
    #expect(place.agreement(country: "pe") == .agrees)
    #expect(place.agreement(country: "BR") == .differs)
    #expect(place.lines(in: .spanish).first == "País: PE.")
  }

  @Test func `given a plot on a line then it is near it and never refused`() throws {
    let layer = try VectorLayer(
      path: SharedData.path("geo/peru/tocache_districts_extract.geojson"), faults: .mend)
    // A corner that two districts share.
    let shells = layer.features.map { Set($0.polygons.flatMap(\.shell)) }
    let shared = try #require(
      shells[0].first { corner in shells.dropFirst().contains { $0.contains(corner) } })
    let place = try place(shared.longitude - 0.0005, shared.latitude - 0.0005)
    #expect(place.districtBoundaryMetres == 0 && place.isNearDistrictBoundary)
    let other = try #require(place.otherDistricts.first)
    #expect(place.agreement(district: other.code) == .nearBoundary)
    #expect(place.agreement(district: other.name.lowercased()) == .nearBoundary)
    #expect(place.agreement(district: "010101") == .differs)
    #expect(place.lines(in: .english).contains { $0.hasPrefix("Near the boundary") })
  }

  @Test func `given Uchiza before and after the law then the new district may be meant`() throws {
    let layer = try VectorLayer(
      path: SharedData.path("geo/peru/tocache_districts_extract.geojson"), faults: .mend)
    let index = try #require(layer.features.firstIndex { $0.attributes["IDDIST"] == "221005" })
    let geos = try GEOSContext()
    let inner = try geos.pointOnSurface(geos.shape(layer.features[index].polygons))
    let before = try place(inner.longitude, inner.latitude, on: "2021-03-03")
    #expect(before.district?.code == "221005" && before.changes.isEmpty)
    #expect(before.agreement(district: "Santa Lucia") == .differs)
    let after = try place(inner.longitude, inner.latitude, on: "2021-03-04")
    #expect(after.changes.map(\.new.code) == ["221006"])
    #expect(after.agreement(district: "Santa Lucía") == .nearBoundary)
    #expect(after.lines(in: .spanish).contains { $0.contains("Ley 31128") })
  }

  @Test func `given the sea then no district and no country`() throws {
    let place = try place(-100, -30)
    #expect(place.country == nil && place.district == nil)
    #expect(place.agreement(country: "PE") == .notOnMap)
    #expect(place.agreement(district: "221001") == .notOnMap)
  }

  @Test func `given distances then they are geodesic ones`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("z.geojson")
    try Data(
      #"""
      {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
      [[[-76,-9],[-75,-9],[-75,-8],[-76,-8],[-76,-9]]]}}
      """#.utf8
    ).write(to: URL(fileURLWithPath: path))
    let layer = try VectorLayer(path: path)
    for offset in [0.001, 0.01, 0.1, 0.3] {
      let place = Position(longitude: -76 - offset, latitude: -8.5)
      let expected = Geodesic.distance(place, Position(longitude: -76, latitude: -8.5))
      let found = try #require(layer.boundaries(near: .point(place), within: 40_000).first)
      #expect(abs(found.metres / expected - 1) < 1e-4)
      #expect(layer.boundaries(near: .point(place), within: expected * 0.99).isEmpty)
    }
    // Inside too, and from a plot's side as from a corner.
    let plot = try VectorLayerTests.plot(west: -75.99, south: -8.6, east: -75.5, north: -8.4)
    let near = try #require(layer.boundaries(near: plot, within: 5_000).first)
    let expected = Geodesic.distance(
      Position(longitude: -76, latitude: -8.6), Position(longitude: -75.99, latitude: -8.6))
    #expect(abs(near.metres / expected - 1) < 2e-3)
  }
}
