import Testing

@testable import Land

/// What is put right, what is left alone, and that the land stays the same.
@Suite struct MendingTests {
  private func judge(_ rings: [[GeoJSONPosition]]) -> PlotGeometryResult {
    PlotGeometry.make(from: .polygon(rings), at: "g", expected: GeometryExamples.peru)
  }

  private func problems(_ result: PlotGeometryResult) -> [GeometryProblem] {
    result.findings.filter { $0.severity == .mended || $0.severity == .refuse }.map(\.problem)
  }

  @Test(arguments: [
    // Ends 5 m apart of 400; 15 m apart; 9 m apart of a ring of 100 m.
    (200.0, 5.0, GeometryProblem.ringClosed), (200, 15, .ringNotClosed), (25, 9, .ringNotClosed),
  ])
  func `given an open ring, when judged, then only a small gap is closed`(
    side: Double, gap: Double, problem: GeometryProblem
  ) throws {
    let corners = [(0, 0), (side, 1), (side, side), (1, side), (0, gap)]
    let result = judge([GeometryExamples.ring(corners, isClosed: false)])
    #expect(problems(result) == [problem])
    let figure = result.findings.first { $0.problem == problem }?.figures["metres"]
    #expect(figure == Figure.text(gap, decimals: 1))
    guard problem == .ringClosed else { return }
    let shell = try #require(result.geometry).polygons[0].shell
    #expect(shell.count == 6 && shell.first == shell.last)
  }

  @Test func `given swapped axes, when no plot can lie there, then they are turned`() throws {
    let right = GeometryExamples.ring(GeometryExamples.square(0, 0, 90))
    let wrong = right.map(\.turned)
    let mended = judge([wrong])
    #expect(problems(mended).first == .axesTurned)
    #expect(mended.geometry == judge([right]).geometry)
    // One position the right way round: somebody must look.
    var mixed = wrong
    mixed[1] = right[1]
    #expect(judge([mixed]).geometry == nil || !problems(judge([mixed])).contains(.axesTurned))
    // Without a country nothing says which way is right.
    let blind = PlotGeometry.make(from: .polygon([wrong]))
    #expect(!blind.findings.contains { $0.problem == .axesTurned })
    // Ghana's swapped place may be a plot in Gabon.
    let ghana = GeoJSONGeometry.point(GeometryExamples.raw([(6.352104, -1.980012)])[0])
    let refused = PlotGeometry.make(from: ghana, expected: Fixtures.ghana)
    #expect(refused.geometry == nil)
  }

  @Test func `given a spike of no width, when judged, then it comes off and no land with it`()
    throws
  {
    let body: GeometryExamples.Corners = [(0, 0), (90, 2), (85, 90), (3, 80)]
    let whole = try #require(judge([GeometryExamples.ring(body)]).geometry)
    let spikes: [GeometryExamples.Corners] = [
      [(0, 0), (90, 2), (180, 4), (90, 2), (85, 90), (3, 80)],
      [(0, 0), (-50, -50), (0, 0), (90, 2), (85, 90), (3, 80)],
      [(200, 300), (85, 90), (3, 80), (0, 0), (90, 2), (85, 90)],
      [(0, 0), (90, 2), (120, 9), (300, 40), (120, 9), (90, 2), (85, 90), (3, 80)],
    ]
    for corners in spikes {
      let result = judge([GeometryExamples.ring(corners)])
      #expect(problems(result) == [.spikeRemoved], "\(corners)")
      let mended = try #require(result.geometry)
      #expect(Set(mended.polygons[0].shell) == Set(whole.polygons[0].shell))
      #expect(abs(mended.areaSquareMetres - whole.areaSquareMetres) < 0.01)
    }
    // A strip 20 cm wide is land: refused or warned of, never taken off.
    let strip = judge([
      GeometryExamples.ring([(0, 0), (90, 2), (180, 4), (180, 4.2), (90, 2.2), (85, 90), (3, 80)])
    ])
    #expect(!problems(strip).contains(.spikeRemoved))
    #expect(strip.geometry?.vertexCount == 7)
  }

  @Test func `given a mended corner, when placed, then as the file counts it`() {
    let corners: GeometryExamples.Corners = [
      (0, 0), (0, 0), (90, 2), (90, 2), (90.3, 2.4), (85, 90), (3, 80),
    ]
    let forward = GeometryExamples.ring(corners)
    for (ring, vertex) in [(forward, 2), (forward.reversed(), 4)] {
      let short = judge([ring]).findings.first { $0.problem == .shortSegment }
      #expect(short?.spot?.vertex == vertex)
      #expect(short?.place == "g.coordinates[0][\(vertex)]")
      #expect(short?.spot?.longitude == ring[vertex].longitude.value)
    }
  }

  @Test func `given a crossing in a hole, when judged, then its ring and side are named`() throws {
    let shell = GeometryExamples.ring(GeometryExamples.square(0, 0, 300))
    let hole = GeometryExamples.ring([(100, 100), (150, 150), (150, 100), (100, 150)])
    let finding = try #require(judge([shell, hole]).findings.first { $0.severity == .refuse })
    #expect(finding.problem == .selfIntersection)
    #expect(finding.spot?.ring == 1)
    #expect([0, 2].contains(finding.spot?.vertex))
    #expect(finding.place.hasPrefix("g.coordinates[1]["))
    let spot = try #require(finding.spot)
    let middle = GeometryExamples.ring([(125, 125)])[0].plain
    let place = Position(longitude: spot.longitude, latitude: spot.latitude)
    #expect(Geodesic.distance(place, middle) < 0.01)
  }

  @Test func `given thousands of long teeth, when judged, then refused before the work`() {
    let result = PlotGeometry.make(from: .polygon([GeometryExamples.teeth(9_000)]))
    #expect(problems(result).last == .tooTangled)
    // As many corners along a coast are fine.
    let coast = (0..<9_000).map { index in
      Position(longitude: Double(index) * 1e-5, latitude: Double(index % 7) * 1e-5)
    }
    let ring = coast + [Position(longitude: 0.09, latitude: 0.09), coast[0]]
    #expect(PlotGeometry.make(polygons: [[ring]]).geometry != nil)
  }
}
