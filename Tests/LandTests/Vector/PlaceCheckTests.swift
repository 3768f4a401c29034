import Testing
import ValueTypes

@testable import Land

/// G11: what a file says of a plot's place against a map of districts.
@Suite struct PlaceCheckTests {
  private static func lookup() throws -> PlaceLookup {
    let layer = try VectorLayer(
      path: SharedData.path("geo/peru/tocache_districts_extract.geojson"), faults: .mend)
    return PlaceLookup(
      countries: nil, districts: try DistrictMap(finding: layer), changes: DistrictChange.peru)
  }

  private func check(
    _ longitude: Double, _ latitude: Double, _ country: String? = nil, _ district: String? = nil,
    box: GeographicBox? = nil
  ) throws -> PlaceAnswer {
    try Self.lookup().check(
      try VectorLayerTests.plot(
        west: longitude, south: latitude, east: longitude + 0.001, north: latitude + 0.001),
      declared: DeclaredPlace(country: country, countryBox: box, district: district),
      on: try #require(CivilDate("2026-05-04")), dataset: "d")
  }

  @Test func `given Peru's codes then the map is of Peru and its fields are found`() throws {
    let brazil = GeographicBox(west: -74.0, south: -33.8, east: -28.8, north: 5.3)
    let answer = try check(-76.58, -8.34, "PE", "tocache")
    #expect(answer.findings.isEmpty && answer.district == nil)
    #expect(
      try check(-76.58, -8.34, "BR", "221001", box: brazil).findings.map(\.problem) == [
        .outsideCountry
      ])
    // Where nobody knows how far Brazil is, the map's own edge is too near to tell.
    #expect(try check(-76.58, -8.34, "BR").findings[0].problem == .nearCountryBoundary)
  }

  @Test func `given the edge of the map then another country is near and not refused`() throws {
    // Some 5 km inside the map's eastern edge.
    let box = try #require(try Self.lookup().districts?.layer.box)
    let answer = try check(box.east - 0.03, -8.4, "BR", nil)
    #expect(answer.findings.map(\.problem).first == .nearCountryBoundary, "\(answer)")
  }

  @Test func `given no district then that of the map, except where a newer one may be meant`()
    throws
  {
    let filled = try check(-76.58, -8.34)
    #expect(filled.district?.code == "221001")
    #expect(filled.findings.map(\.problem) == [.districtFilled])
    // Uchiza gave land to Santa Lucía, which the map does not show.
    let uchiza = try check(-76.34, -8.3)
    #expect(uchiza.district == nil)
    #expect(uchiza.findings.map(\.problem) == [.districtUnclear])
    #expect(uchiza.findings[0].message(in: .english).contains("SANTA LUCIA (221006)"))
    #expect(try check(-76.34, -8.3, "PE", "221006").findings.isEmpty)
    #expect(try check(-76.58, -8.34, "PE", "221006").findings.map(\.problem) == [.outsideDistrict])
  }

  @Test func `given a plot across a line then its share is told and nothing is refused`() throws {
    let lookup = try Self.lookup()
    let layer = try #require(lookup.districts?.layer)
    let shells = layer.features.map { Set($0.polygons.flatMap(\.shell)) }
    let shared = try #require(
      shells[0].first { corner in shells.dropFirst().contains { $0.contains(corner) } })
    let (x, y) = (shared.longitude - 0.0005, shared.latitude - 0.0005)
    let place = try check(x, y)
    #expect(place.district == nil && place.findings.map(\.problem) == [.districtUnclear])
    let code = layer.features[0].attributes["IDDIST"]
    let named = try check(x, y, "PE", code)
    #expect(named.findings.map(\.problem) == [.nearDistrictBoundary])
    #expect(named.findings.allSatisfy { $0.severity == .notice })
    #expect(try check(x, y, "PE", "010101").findings.map(\.problem) == [.districtUnknown])
    #expect(try check(-100, -30, "PE", "221001").findings.map(\.problem) == [.offDistrictMap])
  }
}
