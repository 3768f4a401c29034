/// What came of a geometry: the normalised one unless it is refused, and all that was noticed.
public struct PlotGeometryResult: Sendable, Hashable {
  /// Nil if any finding refuses.
  public let geometry: PlotGeometry?
  public let findings: [GeometryFinding]
}

extension PlotGeometry {
  /// Judges, mends and normalises a geometry from a file.
  ///
  /// What was mended is among the findings. A geometry that this made comes through again
  /// unchanged, and is valid (GEOS).
  /// - Parameters:
  ///   - source: the geometry; nil, as a feature may have it, is refused.
  ///   - place: where it stands, for the findings' places.
  ///   - expected: the country's box; positions that lie in it only when swapped are refused,
  ///     or turned where no plot can lie as they stand.
  public static func make(
    from source: GeoJSONGeometry?, at place: String = "", expected: GeographicBox? = nil,
    thresholds: GeometryThresholds = .raiz1
  ) -> PlotGeometryResult {
    var checker = GeometryChecker(expected: expected, thresholds: thresholds)
    let geometry = checker.judge(source, at: place)
    return PlotGeometryResult(
      geometry: checker.isRefused ? nil : geometry, findings: checker.findings)
  }

  /// The same for polygons that were computed: each a shell and its holes, rings closed.
  public static func make(
    polygons: [[[Position]]], thresholds: GeometryThresholds = .raiz1
  ) -> PlotGeometryResult {
    let source = polygons.map { rings in
      rings.map { ring in
        ring.map { GeoJSONPosition(longitude: $0.longitude, latitude: $0.latitude) }
      }
    }
    return make(from: .multiPolygon(source), thresholds: thresholds)
  }
}

/// Goes through the checks G01 to G08 in order; stops where a later one would make no sense.
struct GeometryChecker {
  let expected: GeographicBox?
  let thresholds: GeometryThresholds
  private(set) var findings: [GeometryFinding] = []

  init(expected: GeographicBox?, thresholds: GeometryThresholds) {
    self.expected = expected
    self.thresholds = thresholds
  }

  mutating func note(
    _ problem: GeometryProblem, at place: String, _ spot: GeometrySpot? = nil,
    _ figures: [String: String] = [:]
  ) {
    findings.append(
      GeometryFinding(problem: problem, place: place, spot: spot, figures: figures))
  }

  mutating func note(
    _ problem: GeometryProblem, at place: String, _ figures: [String: String]
  ) {
    note(problem, at: place, nil, figures)
  }

  /// With the path of the spot.
  mutating func note(
    _ problem: GeometryProblem, in polygon: SourcePolygon, at spot: GeometrySpot,
    _ figures: [String: String] = [:]
  ) {
    note(problem, at: polygon.path(spot), spot, figures)
  }

  var isRefused: Bool { findings.contains { $0.severity == .refuse } }

  mutating func judge(_ source: GeoJSONGeometry?, at place: String) -> PlotGeometry? {
    guard let source else {
      note(.geometryMissing, at: place)
      return nil
    }
    var parts = GeometryParts()
    parts.collect(source, at: place)
    for line in parts.lines { note(.lineNotPlot, at: line.place, ["type": line.type]) }
    let count = parts.positionCount
    if count > thresholds.mostVertices {
      let limit = String(thresholds.mostVertices)
      note(.tooManyVertices, at: place, ["count": String(count), "limit": limit])
    }
    if isRefused { return nil }
    parts = checkPositions(parts, at: place)
    if isRefused { return nil }

    if parts.points.isEmpty && parts.polygons.isEmpty {
      note(.geometryEmpty, at: place)
    } else if !parts.points.isEmpty && !parts.polygons.isEmpty {
      note(.mixedGeometry, at: place)
    } else if parts.points.count > 1 {
      note(.severalPoints, at: place, ["count": String(parts.points.count)])
    } else if let point = parts.points.first {
      return .point(point.position.plain)
    } else {
      if parts.joined > 1 { note(.collectionJoined, at: place, ["count": String(parts.joined)]) }
      return judge(parts.polygons, at: place)
    }
    return nil
  }

  /// Fewer corners than this cannot have too many pairs of sides.
  private mutating func checkWork(on polygons: [SourcePolygon], at place: String) {
    let sides = polygons.reduce(0) { sum, polygon in
      polygon.rings.reduce(sum) { $0 + $1.positions.count - 1 }
    }
    guard sides * sides / 2 > thresholds.mostSidePairs else { return }
    let pairs = SidePairs.most(in: polygons)
    guard pairs > thresholds.mostSidePairs else { return }
    let limit = String(thresholds.mostSidePairs)
    note(.tooTangled, at: place, ["count": String(pairs), "limit": limit])
  }

  private mutating func judge(_ sources: [PlacedPolygon], at place: String) -> PlotGeometry? {
    var polygons: [SourcePolygon] = []
    for (part, source) in sources.enumerated() {
      if let polygon = normalise(source, part: part) { polygons.append(polygon) }
    }
    if isRefused { return nil }
    checkWork(on: polygons, at: place)
    if isRefused { return nil }
    checkValidity(&polygons, at: place)
    if isRefused { return nil }
    for polygon in polygons { checkShape(polygon) }
    checkLattice(polygons, at: place)
    checkWhenCut(polygons, at: place)
    return .multiPolygon(polygons.map(\.polygon))
  }
}
