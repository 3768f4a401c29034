import CGeo
import Foundation
import Testing

@testable import Land

/// Areas against PROJ's own call, and against ways of reckoning that share nothing with it.
@Suite struct GeodesicAreaTests {
  private static let flattening = 1 / 298.257223563
  private static let axis = 6_378_137.0

  private static func ellipsoid() -> geod_geodesic {
    var ellipsoid = geod_geodesic()
    unsafe geod_init(&ellipsoid, axis, flattening)
    return ellipsoid
  }

  private static func proj(_ ring: [Position]) -> Double {
    var ellipsoid = ellipsoid()
    var latitudes = ring.dropLast().map(\.latitude)
    var longitudes = ring.dropLast().map(\.longitude)
    var area = 0.0
    unsafe geod_polygonarea(
      &ellipsoid, &latitudes, &longitudes, Int32(latitudes.count), &area, nil)
    return abs(area)
  }

  /// Where plots lie and where they hardly do: by the poles, on the equator, by the date line.
  private static let places = [
    (-76.5, -8.1), (0, 0), (-1.9, 6.3), (101, 0.00001), (179.5, -16), (25, 66), (-60, -88),
    (10, 89),
  ].map { Position(longitude: $0.0, latitude: $0.1) }

  @Test func `given 4 000 random polygons, when measured, then exactly as PROJ measures`() {
    var random = FixedRandom(state: 11)
    for number in 0..<4_000 {
      let place = Self.places[number % Self.places.count]
      // From some 100 m² to a tenth of a country.
      let degrees = [0.00005, 0.001, 0.02, 0.4][number / 8 % 4]
      let shell = RandomShapes.star(
        around: place, corners: Int.random(in: 3...12, using: &random), degrees: degrees,
        using: &random)
      let hole = RandomShapes.star(
        around: place, corners: 4, degrees: degrees / 10, using: &random)
      let expected = Self.proj(shell)
      #expect(Geodesic.area(of: Polygon(shell: shell)) == expected)
      #expect(Geodesic.area(of: Polygon(shell: shell, holes: [hole])) == expected - Self.proj(hole))
      let turned = Geodesic.area(of: Polygon(shell: shell.reversed()))
      #expect(abs(turned / expected - 1) < 1e-6)
    }
  }

  @Test func `given small plots, when measured, then as on the plane that touches there`() {
    var random = FixedRandom(state: 12)
    for number in 0..<1_000 {
      // Towards the poles the plane itself is not so good.
      let place = Self.places[number % 5]
      let shell = RandomShapes.star(
        around: place, corners: Int.random(in: 3...9, using: &random),
        degrees: number.isMultiple(of: 2) ? 0.00005 : 0.0005, using: &random)
      let area = Geodesic.area(of: Polygon(shell: shell))
      guard area > 10 else { continue }
      let plane = LocalPlan(shell).area
      #expect(abs(plane - area) < 5e-5 * area + 1e-4, "\(place) \(area) \(plane)")
    }
  }

  /// Each side is cut into short geodesics, and under each lies a strip down to the equator
  /// whose area has a closed form.
  @Test func `given large polygons, when measured, then as by strips down to the equator`() {
    var random = FixedRandom(state: 13)
    for number in 0..<60 {
      let place = Self.places[number % 6]
      let shell = RandomShapes.star(around: place, corners: 5, degrees: 0.4, using: &random)
      let area = Geodesic.area(of: Polygon(shell: shell))
      let strips = abs(zip(shell, shell.dropFirst()).reduce(0) { $0 + Self.strip($1.0, $1.1) })
      #expect(abs(strips / area - 1) < 2e-5, "\(place) \(area) \(strips)")
    }
  }

  private static func strip(_ a: Position, _ b: Position) -> Double {
    var ellipsoid = ellipsoid()
    var (metres, azimuth) = (0.0, 0.0)
    unsafe geod_inverse(
      &ellipsoid, a.latitude, a.longitude, b.latitude, b.longitude, &metres, &azimuth, nil)
    var sum = 0.0
    var last = a
    for piece in 1...60 {
      var (latitude, longitude) = (0.0, 0.0)
      unsafe geod_direct(
        &ellipsoid, a.latitude, a.longitude, azimuth, metres * Double(piece) / 60, &latitude,
        &longitude, nil)
      let width = remainder(longitude - last.longitude, 360) * .pi / 180
      sum += width * (toEquator(last.latitude) + toEquator(latitude)) / 2
      last = Position(longitude: longitude, latitude: latitude)
    }
    return sum
  }

  /// Square metres a radian between the equator and a parallel (Snyder eq. 3-12).
  private static func toEquator(_ latitude: Double) -> Double {
    let e2 = flattening * (2 - flattening)
    let e = e2.squareRoot()
    let s = sin(latitude * .pi / 180)
    let b = axis * (1 - flattening)
    return b * b / 2 * (s / (1 - e2 * s * s) + atanh(e * s) / e)
  }
}
