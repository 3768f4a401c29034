import Testing

@testable import Land

@Suite struct GeodesyTests {
  /// The area between the equator and a pole over 1° of longitude is a 720th of the ellipsoid's
  /// surface, 510 065 621.724 km² (NIMA TR8350.2).
  @Test func `given an octant's slice, when measured, then it is its share of the ellipsoid`() {
    let ring = [(0.0, 0.0), (1, 0), (1, 90), (0, 90), (0, 0)].map {
      Position(longitude: $0.0, latitude: $0.1)
    }
    let area = Geodesic.area(of: Polygon(shell: ring))
    #expect(abs(area - 510_065_621_724_088 / 720) < 1)
  }

  /// geographiclib's planimeter on the square degree north-east of the origin.
  @Test func `given the first square degree, when measured, then Karney's figure`() {
    let ring = [(0.0, 0.0), (1, 0), (1, 1), (0, 1), (0, 0)].map {
      Position(longitude: $0.0, latitude: $0.1)
    }
    #expect(abs(Geodesic.area(of: Polygon(shell: ring)) - 12_308_778_361.469) < 0.001)
    let hole = ring.reversed()
    #expect(abs(Geodesic.area(of: Polygon(shell: ring, holes: [Array(hole)]))) < 1e-6)
    // A degree along the equator is a 360th of 2πa.
    let equator = Geodesic.distance(ring[0], ring[1])
    #expect(abs(equator - 2 * Double.pi * 6_378_137 / 360) < 1e-6)
  }

  @Test(arguments: [1.0, 500, 40_000, 1e8])
  func `given a disc, when measured, then it has the area asked for`(area: Double) throws {
    let centre = Position(longitude: -76.5, latitude: -8.1)
    let disc = try PlotGeometry.disc(around: centre, squareMetres: area)
    #expect(disc.vertexCount == 64)
    // Corners are rounded to 0.1 mm.
    #expect(abs(disc.areaSquareMetres / area - 1) < 1e-4 / area.squareRoot() + 1e-6)
    #expect(Geodesic.distance(disc.centroid, centre) < 0.001 + 1e-5 * area.squareRoot())
    #expect(PlotGeometry.make(polygons: disc.polygons.map(\.rings)).geometry == disc)
  }

  @Test func `given no area or the date line, when a disc is asked for, then it is refused`() {
    let centre = Position(longitude: 179.99999, latitude: -8.1)
    #expect(throws: Disc.Failure.self) {
      try PlotGeometry.disc(around: centre, squareMetres: 40_000)
    }
    #expect(throws: Disc.Failure.self) {
      try PlotGeometry.disc(around: centre, squareMetres: .nan)
    }
  }

  @Test func `given a crescent, when a label is placed, then it lies inside`() throws {
    let ring = [
      (0.0, 0.0), (0.03, 0), (0.03, 0.03), (0, 0.03), (0, 0.02), (0.02, 0.02), (0.02, 0.01),
      (0, 0.01), (0, 0),
    ].map { Position(longitude: $0.0, latitude: $0.1) }
    let plot = try #require(PlotGeometry.make(polygons: [[ring]]).geometry)
    let label = plot.pointOnSurface
    #expect(plot.box.contains(longitude: label.longitude, latitude: label.latitude))
    let inNotch = label.longitude < 0.02 && (0.01...0.02).contains(label.latitude)
    #expect(!inNotch)
  }
}
