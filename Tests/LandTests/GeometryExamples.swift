import ValueTypes

@testable import Land

/// A geometry for each problem, and what is found in it.
enum GeometryExamples {
  typealias Corners = [(Double, Double)]

  /// Peru: the country that examples expect.
  static let peru = GeographicBox(west: -81.4, south: -18.4, east: -68.6, north: 0)

  /// A closed ring about a place in Tocache, from metres east and north of it; 11 decimals.
  static func ring(_ metres: Corners, isClosed: Bool = true) -> [GeoJSONPosition] {
    let corners = isClosed ? metres + metres.prefix(1) : metres
    return corners.map { x, y in
      GeoJSONPosition(
        longitude: received(-76.512_345_67 + x / 110_214.4, decimals: 9),
        latitude: received(-8.123_456_78 + y / 110_584.7, decimals: 9))
    }
  }

  static func received(_ value: Double, decimals: Int) -> JSONNumber {
    let text = Figure.text(value, decimals: decimals)
    return JSONNumber(value: Double(text) ?? .nan, text: text)
  }

  static func polygon(_ metres: Corners) -> [[GeoJSONPosition]] { [ring(metres)] }

  static func square(_ x: Double, _ y: Double, _ side: Double) -> Corners {
    [(x, y), (x + side, y + 3), (x + side - 7, y + side), (x + 1, y + side - 5)]
  }

  static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Corners {
    [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
  }

  static func raw(_ positions: Corners) -> [GeoJSONPosition] {
    positions.map { GeoJSONPosition(longitude: $0.0, latitude: $0.1) }
  }

  /// Long teeth side by side along a diagonal, each pair of whose boxes meets; valid.
  static func teeth(_ count: Int) -> [GeoJSONPosition] {
    var corners: Corners = []
    for tooth in 0..<count {
      let off = Double(tooth) * 1e-6
      corners += [(off, -off), (0.5 + off + 5e-7, 0.5 - off - 5e-7)]
    }
    return raw(corners + [(0.6, -0.5), (0, -0.5), (0, 0)])
  }

  static let sources: [GeoJSONGeometry?] = [
    nil,
    .multiPolygon([]),
    .lineString(raw([(-76.5, -8.1), (-76.4, -8.1)])),
    .geometryCollection([.point(raw([(-76.5, -8.1)])[0]), .polygon(polygon(square(0, 0, 90)))]),
    .multiPoint(raw([(-76.5, -8.1), (-76.4, -8.1)])),
    .polygon([[GeoJSONPosition]](repeating: ring(square(0, 0, 90)), count: 4_001)),
    .polygon([teeth(2_000)]),
    .polygon([raw([(-76.5, -8.1), (-76.4, -8.1), (-76.5, -8.1)])]),
    .polygon([ring(square(0, 0, 100), isClosed: false)]),
    .point(raw([(.nan, -8.1)])[0]),
    .point(raw([(100, 200)])[0]),
    .point(raw([(6.352104, -1.980012)])[0]),
    .polygon([raw([(179.9, 0), (-179.9, 0), (-179.9, 0.1), (179.9, 0)])]),
    .polygon(polygon([(0, 0), (50, 50), (100, 100)])),
    .polygon(polygon([(0, 0), (120, 10), (60, 90)])),
    .polygon([ring(square(0, 0, 100) + [(0.5, 1)], isClosed: false)]),
    .point(raw([(-8.123456, -76.512345)])[0]),
    .polygon([ring(square(0, 0, 100)).reversed()]),
    .point(
      GeoJSONPosition(
        longitude: received(-76.5, decimals: 7), latitude: received(-8.1, decimals: 7),
        further: [received(412, decimals: 1)])),
    .geometryCollection([
      .polygon(polygon(square(0, 0, 90))), .polygon(polygon(square(200, 0, 90))),
    ]),
    .polygon(polygon([(0, 0), (100, 100), (100, 0), (0, 100)])),
    .polygon([ring(square(0, 0, 90)), ring(square(0, 0, 90))]),
    .polygon([ring(square(0, 0, 90)), ring(square(200, 0, 20))]),
    .multiPolygon([polygon(square(0, 0, 90)), polygon(square(50, 50, 90))]),
    .polygon([ring(square(0, 0, 190)), ring(square(60, 60, 40))]),
    // Two corners 4 cm apart on either side of a neck: cut, they fall together.
    .polygon([
      raw([
        (-76.5000000, -8.1), (-76.4990000, -8.1), (-76.4990001, -8.0995004),
        (-76.4980000, -8.1001), (-76.4980000, -8.0990), (-76.4990001, -8.0995002),
        (-76.4990, -8.0989), (-76.5000001, -8.0988), (-76.5000000, -8.1),
      ])
    ]),
    .polygon(polygon([(0, 0), (90, 2), (180, 4), (90, 2), (85, 90), (3, 80)])),
    .polygon(polygon([(0, 0), (0, 0), (90, 4), (80, 85), (4, 90)])),
    .polygon(polygon([(0, 0), (0.03, 0.01), (90, 4), (80, 85), (4, 90)])),
    .polygon(polygon([(0, 0), (90, 4), (90.4, 4.4), (80, 85), (4, 90)])),
    .polygon(
      polygon([
        (0, 0), (30, 1), (60, 0), (90, 2), (91, 30), (90, 60), (60, 61), (45, 400), (32, 60),
        (0, 58), (1, 30),
      ])),
    .polygon(polygon([(0, 0), (200, 3), (201, 8), (100, 9), (1, 6)])),
    .polygon(polygon([(0, 0), (80, 60), (20, 140), (-60, 80)])),
    .polygon(polygon(box(0, 0, 80, 120))),
    .point(raw([(-76.5, -8.12)])[0]),
    .polygon([
      raw(
        [(0, 0), (4, 1), (9, 3), (12, 8), (7, 13), (5, 15), (2, 11), (0, 0)].map {
          (-76.5 + $0.0 * 0.00025, -8.1 + $0.1 * 0.00025)
        })
    ]),
  ]

  /// Everything found in the examples.
  static func all() throws -> [GeometryFinding] {
    var findings = sources.flatMap { source in
      PlotGeometry.make(from: source, at: "geometry", expected: peru).findings
    }
    let swapped = GeoJSONGeometry.point(raw([(6.352104, -1.980012)])[0])
    findings += PlotGeometry.make(from: swapped, expected: Fixtures.ghana).findings
    let point = PlotGeometry.point(Position(longitude: -76.5, latitude: -8.1))
    let disc = try PlotGeometry.disc(
      around: Position(longitude: -76.5, latitude: -8.1), squareMetres: 20_000)
    findings += PlotGeometry.make(polygons: disc.polygons.map(\.rings)).findings
    for hectares in [nil, 0, 0.00005, 5] {
      findings += point.findings(declaredHectares: hectares)
    }
    findings += disc.findings(declaredHectares: 3)
    for (share, isSame) in [(1.0, true), (0.5, false), (0.05, false), (0.01, false)] {
      let overlap = PlotOverlap(squareMetres: 1_234, shareOfSmaller: share, isSame: isSame)
      findings.append(overlap.finding(with: "P-7"))
    }
    return findings + (try places())
  }

  /// Plots that say where they lie, on the map of Tocache's districts.
  private static func places() throws -> [GeometryFinding] {
    let layer = try VectorLayer(
      path: SharedData.path("geo/peru/tocache_districts_extract.geojson"), faults: .mend)
    let lookup = PlaceLookup(
      countries: nil, districts: try DistrictMap(finding: layer), changes: DistrictChange.peru)
    guard let day = CivilDate("2026-05-04") else { return [] }
    let shells = layer.features.map { Set($0.polygons.flatMap(\.shell)) }
    let shared = shells[0].first { corner in shells.dropFirst().contains { $0.contains(corner) } }
    let corner = shared ?? Position(longitude: 0, latitude: 0)
    let codes = layer.features.map { $0.attributes["IDDIST"] }
    let onLine = codes.map { (corner.longitude, corner.latitude, "PE", $0) }
    return try
      (onLine + [
        (-76.58, -8.34, "EC", "221002"), (-76.58, -8.34, "PE", "Nowhere"),
        (-76.58, -8.34, nil, nil),
        (-70.0, -8.2, "PE", nil), (-76.62, -8.2, nil, nil), (-76.34, -8.3, "PE", nil),
        (layer.box.east - 0.03, -8.4, "BR", nil),
      ]).flatMap { (longitude: Double, latitude: Double, country: String?, district: String?) in
        try lookup.check(
          .point(Position(longitude: longitude, latitude: latitude)),
          declared: DeclaredPlace(
            country: country, countryBox: country == "EC" ? Fixtures.ghana : nil, district: district
          ),
          on: day, dataset: "d"
        ).findings
      }
  }
}
