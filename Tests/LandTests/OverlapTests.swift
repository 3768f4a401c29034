import Testing

@testable import Land

@Suite struct OverlapTests {
  private func square(_ x: Double, _ y: Double, _ side: Double = 0.01) throws -> PlotGeometry {
    let ring = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].map {
      Position(longitude: $0.0, latitude: $0.1)
    }
    return try #require(PlotGeometry.make(polygons: [[ring]]).geometry)
  }

  @Test func `given two plots, when laid over each other, then the share of the smaller`() throws {
    #expect(abs(try Overlaps.share(square(0, 0), square(0.005, 0)) - 0.5) < 1e-9)
    #expect(abs(try Overlaps.share(square(0, 0), square(0.002, 0.002, 0.001)) - 1) < 1e-9)
    #expect(try Overlaps.share(square(0, 0), square(0.01, 0)) == 0)
    #expect(try Overlaps.share(square(0, 0), square(1, 1)) == 0)
    #expect(
      try Overlaps.share(square(0, 0), .point(Position(longitude: 0.005, latitude: 0.005))) == 0)
  }

  @Test func `given a file's plots, when compared, then each pair is weighed`() throws {
    let begunElsewhere = PlotGeometry.make(
      polygons: [
        [
          [(0.01, 0.01), (0.01, 0), (0.0, 0.0), (0, 0.01), (0.01, 0.01)].map {
            Position(longitude: $0.0, latitude: $0.1)
          }
        ]
      ])
    let plots = [
      try square(0, 0), .point(Position(longitude: 0, latitude: 0)),
      try #require(begunElsewhere.geometry), try square(0.0099, 0), try square(0.0195, 0),
      try square(0.0285, 0.005), try square(5, 5),
    ]
    let found = try Overlaps.all(in: plots)
    #expect(found.map(\.first) == [0, 0, 2, 3, 4])
    #expect(found.map(\.second) == [2, 3, 3, 4, 5])
    #expect(found.map(\.weight) == [.same, .noise, .noise, .warning, .warning])
    #expect(abs(found[0].squareMetres / plots[0].areaSquareMetres - 1) < 1e-9)
  }

  @Test func `given random plots, when compared by tree, then as each with each`() throws {
    var random = FixedRandom(state: 10)
    var plots: [PlotGeometry] = []
    for _ in 0..<80 {
      let star = RandomShapes.star(
        around: Position(
          longitude: .random(in: -76.5 ... -76.45, using: &random),
          latitude: .random(in: -8.1 ... -8.05, using: &random)),
        corners: 12, degrees: 0.004, using: &random)
      if let plot = PlotGeometry.make(polygons: [[star]]).geometry { plots.append(plot) }
    }
    var pairs: [[Int]] = []
    for a in plots.indices {
      for b in plots.indices where b > a {
        if try Overlaps.share(plots[a], plots[b]) > 0 { pairs.append([a, b]) }
      }
    }
    #expect(try Overlaps.all(in: plots).map { [$0.first, $0.second] } == pairs)
    #expect(pairs.count > 20)
  }
}
