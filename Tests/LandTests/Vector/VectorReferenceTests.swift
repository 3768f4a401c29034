import Testing

@testable import Land

/// What PostGIS 3.3.2 gives for plots cut by real maps: `ST_Area(ST_Intersection(…)::geography)`.
@Suite struct VectorReferenceTests {
  enum Map: String {
    case park = "geo/protected-areas/cordillera_azul_4326.geojson"
    case districts = "geo/peru/tocache_districts_extract.geojson"
  }

  struct Cut: Sendable {
    let map: Map
    /// West, south, east, north of a plot.
    let box: [Double]
    /// Square metres by feature, counted from 1.
    let parts: [Int: Double]
    let whole: Double
    let inside: Double

    init(
      _ map: Map, _ box: [Double], _ parts: [Int: Double], _ whole: Double, _ inside: Double
    ) {
      self.map = map
      self.box = box
      self.parts = parts
      self.whole = whole
      self.inside = inside
    }
  }

  static let cuts: [Cut] = [
    Cut(.park, [-75.8455, -6.4989, -75.8365, -6.4919], [1: 226628.151], 770625.774, 226628.151),
    Cut(.park, [-75.6269, -7.141, -75.6179, -7.134], [1: 336418.747], 769621.352, 336418.747),
    Cut(.park, [-76.0438, -8.3345, -76.0348, -8.3275], [1: 506070.805], 767504.123, 506070.805),
    Cut(.park, [-76.2479, -8.0623, -76.2389, -8.0553], [1: 478000.262], 768015.618, 478000.262),
    Cut(.park, [-76.5532, -8.0043, -76.5442, -7.9973], [1: 427187.558], 768122.422, 427187.558),
    Cut(.park, [-76.3357, -7.7451, -76.3267, -7.7381], [1: 413932.087], 768590.344, 413932.087),
    Cut(
      .districts, [-76.3495, -8.1455, -76.3405, -8.1385], [3: 43549.547, 4: 150647.492], 767861.069,
      194197.218),
    Cut(
      .districts, [-76.5775, -8.0984, -76.5685, -8.0914], [4: 100232.780, 5: 667714.647],
      767948.754, 767948.754),
    Cut(.districts, [-76.2707, -8.658, -76.2617, -8.651], [1: 418045.679], 766874.255, 418045.679),
    Cut(
      .districts, [-77.0236, -8.0557, -77.0146, -8.0487], [5: 562072.763], 768027.811, 562072.763),
    Cut(
      .districts, [-76.463, -8.2843, -76.454, -8.2773], [3: 302093.661, 4: 465505.213], 767599.725,
      767599.725),
    Cut(
      .districts, [-76.2537, -8.3728, -76.2447, -8.3658], [1: 409120.453, 3: 358310.344],
      767430.797, 767430.797),
    Cut(
      .districts, [-76.9073, -8.2711, -76.8983, -8.2641], [2: 241825.200, 5: 238092.021],
      767624.769, 479917.221),
    Cut(
      .districts, [-76.8356, -8.5197, -76.8266, -8.5127], [2: 566034.235], 767146.451, 566034.235),
  ]

  @Test func `given real maps when plots are cut then PostGIS gives the same`() throws {
    let maps = [
      Map.park: try VectorLayer(path: SharedData.path(Map.park.rawValue)),
      Map.districts: try VectorLayer(path: SharedData.path(Map.districts.rawValue)),
    ]
    for cut in Self.cuts {
      let layer = try #require(maps[cut.map])
      let plot = try VectorLayerTests.plot(
        west: cut.box[0], south: cut.box[1], east: cut.box[2], north: cut.box[3])
      let overlap = try layer.overlap(plot)
      #expect(abs(overlap.plotSquareMetres - cut.whole) < 0.01)
      // Sides of a kilometre, straight here and geodesic there: 5 m² of 768,000.
      let tolerance = OverlapTolerance.squareMetres(of: plot)
      #expect(tolerance < 1e-5 * cut.whole)
      #expect(abs(overlap.squareMetres - cut.inside) < tolerance, "\(cut.box)")
      #expect(overlap.features.map(\.index) == cut.parts.keys.sorted())
      for part in overlap.features {
        #expect(abs(part.squareMetres - (cut.parts[part.index] ?? 0)) < tolerance, "\(cut.box)")
      }
    }
  }

  @Test func `given whole areas then PostGIS measures the same`() throws {
    let areas = [
      825_050_227.28, 1_076_918_499.97, 767_726_441.52, 1_094_130_799.37, 2_278_713_460.54,
    ]
    let layer = try VectorLayer(path: SharedData.path(Map.districts.rawValue))
    for (feature, area) in zip(layer.features, areas) {
      let found = feature.polygons.reduce(0) { $0 + Geodesic.area(of: $1) }
      #expect(abs(found - area) < 0.01)
    }
    // ST_Distance of the boundaries' geography.
    let place = PlotGeometry.point(Position(longitude: -76.62, latitude: -8.2))
    let near = layer.boundaries(near: place, within: 20_000)
    let distances = [2: 13_584.035, 3: 19_881.302, 4: 1_371.943, 5: 1_371.943]
    #expect(near.map(\.feature) == [2, 3, 4, 5])
    for boundary in near {
      #expect(abs(boundary.metres / (distances[boundary.feature] ?? 0) - 1) < 1e-3)
    }
  }
}
