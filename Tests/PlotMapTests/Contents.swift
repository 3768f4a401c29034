import Land

@testable import PlotMap

/// Contents that tests draw.
enum Contents {
  /// Metres a degree by the ellipsoid's radii of curvature, not by the code under test.
  static func metresPerDegree(latitude: Double) -> (east: Double, north: Double) {
    let a = 6_378_137.0
    let e2 = 0.006_694_379_990_141_3
    let s = sine(latitude)
    let c = (1 - s * s).squareRoot()
    let w = (1 - e2 * s * s).squareRoot()
    let radian = Double.pi / 180
    return (a / w * c * radian, a * (1 - e2) / (w * w * w) * radian)
  }

  /// By its series.
  private static func sine(_ degrees: Double) -> Double {
    let x = degrees * Double.pi / 180
    var term = x
    var sum = x
    for n in 1..<14 {
      term *= -x * x / Double(2 * n) / Double(2 * n + 1)
      sum += term
    }
    return sum
  }

  static let west = -76.5
  static let north = -8.19

  /// A polygon from metres east and north of a place in Tocache.
  static func polygon(_ metres: [(Double, Double)], latitude: Double = north) -> PlotGeometry {
    let scale = metresPerDegree(latitude: latitude)
    let ring = (metres + [metres[0]]).map {
      Position(longitude: west + $0.0 / scale.east, latitude: latitude + $0.1 / scale.north)
    }
    guard let geometry = PlotGeometry.make(polygons: [[ring]]).geometry else {
      preconditionFailure("the test's polygon is not valid")
    }
    return geometry
  }

  static let plot = polygon([(0, 0), (200, 10), (230, 150), (90, 210), (-20, 120)])

  /// Cells of some 28 m about the plot; `values` tells each by column and row.
  static func layer(
    _ meaning: MapMeaning, name: String, aside: Int = 24, from offset: Int = -8,
    noData: Int? = nil, measured: MapLayer.Measured? = nil, values: (Int, Int) -> Int32
  ) -> MapLayer {
    let cell = 0.00025
    let grid = RasterGrid(
      west: west + Double(offset) * cell, north: north + 0.00325, cellWidth: cell,
      cellHeight: cell, columns: aside, rows: aside)
    var all: [Int32] = []
    for row in 0..<aside { for column in 0..<aside { all.append(values(column, row)) } }
    return MapLayer(
      dataset: name, version: "3", meaning: meaning, grid: grid, values: all, noData: noData,
      measured: measured)
  }

  static let forest = MapMeaning.forest(values: [1], year: 2020)
  static let loss = MapMeaning.lossYear(yearZero: 2000, cutOffYear: 2020)

  /// Forest on two columns of three; loss in 2004, 2022 and 2024 along three rows.
  static func usual(
    _ language: MessageLanguage = .spanish, code: String = "P-000001"
  ) -> PlotMapContent {
    let trees = layer(
      forest, name: "bosque", measured: .init(byValue: [0: 1.5, 1: 2.25], missing: 0)
    ) { column, _ in column % 3 == 0 ? 0 : 1 }
    let lost = layer(
      loss, name: "pérdida", measured: .init(byValue: [4: 0.001, 22: 0.5], missing: 0)
    ) { _, row in [7: 4, 9: 22, 11: 24][row] ?? 0 }
    return PlotMapContent(
      plot: code, outline: plot, hectares: 3.75, layers: [trees, lost], language: language)
  }
}
