/// What came of a geometry: the normalised one unless it is refused, and all that was noticed.
public struct PlotGeometryResult: Sendable, Hashable {
  /// Nil if any finding refuses.
  public let geometry: PlotGeometry?
  public let findings: [GeometryFinding]
}

extension PlotGeometry {
  /// Judges and normalises a geometry from a file.
  ///
  /// - Parameters:
  ///   - source: the geometry; nil, as a feature may have it, is refused.
  ///   - place: where it stands, for the findings' places.
  ///   - expected: the country's box; positions that lie in it only when swapped are refused.
  public static func make(
    from source: GeoJSONGeometry?, at place: String = "", expected: GeographicBox? = nil,
    thresholds: GeometryThresholds = .raiz1
  ) -> PlotGeometryResult {
    var checker = GeometryChecker(expected: expected, thresholds: thresholds)
    let geometry = checker.judge(source, at: place)
    let refused = checker.findings.contains { $0.severity == .refuse }
    return PlotGeometryResult(geometry: refused ? nil : geometry, findings: checker.findings)
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
    _ problem: GeometryProblem, at place: String, _ figures: [String: String] = [:]
  ) {
    findings.append(GeometryFinding(problem: problem, place: place, figures: figures))
  }

  private var isRefused: Bool { findings.contains { $0.severity == .refuse } }

  mutating func judge(_ source: GeoJSONGeometry?, at place: String) -> PlotGeometry? {
    guard let source else {
      note(.geometryMissing, at: place)
      return nil
    }
    var parts = GeometryParts()
    parts.collect(source, at: place)
    for line in parts.lines { note(.lineNotPlot, at: line.place, ["type": line.type]) }
    if isRefused { return nil }
    checkPositions(parts.points + parts.polygons.flatMap(\.positions), at: place)
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

  private mutating func judge(_ sources: [PlacedPolygon], at place: String) -> PlotGeometry? {
    var polygons: [Polygon] = []
    for source in sources {
      if let polygon = normalise(source) { polygons.append(polygon) }
    }
    if isRefused { return nil }
    checkValidity(polygons, places: sources.map(\.place), whole: place)
    if isRefused { return nil }
    for (polygon, source) in zip(polygons, sources) { checkShape(polygon, at: source.place) }
    return .multiPolygon(polygons)
  }

  // MARK: Rings

  private mutating func normalise(_ source: PlacedPolygon) -> Polygon? {
    guard let first = source.rings.first, !first.isEmpty else {
      note(.geometryEmpty, at: source.place)
      return nil
    }
    var rings: [[Position]] = []
    for (index, ring) in source.rings.enumerated() {
      let place = "\(source.place)[\(index)]"
      guard let ring = closed(ring, at: place) else { continue }
      let area = PlanarRing.signedArea(ring)
      // A bow tie may have no area either; its crossing is for GEOS to find.
      if area == 0, PlanarRing.isFlat(ring) {
        note(.noArea, at: place, ["squareMetres": "0"])
      } else if area > 0 && index > 0 || area < 0 && index == 0 {
        note(.windingTurned, at: place)
        rings.append(ring.reversed())
      } else {
        rings.append(ring)
      }
    }
    guard rings.count == source.rings.count else { return nil }
    var seen: Set<[Position]> = []
    for (index, ring) in rings.enumerated()
    where !seen.insert(PlanarRing.fromSmallest(ring)).inserted {
      note(.ringRepeated, at: "\(source.place)[\(index)]")
    }
    return Polygon(shell: rings[0], holes: Array(rings.dropFirst()))
  }

  /// The ring without repeated positions, if it is one.
  private mutating func closed(_ ring: [GeoJSONPosition], at place: String) -> [Position]? {
    guard let first = ring.first, let last = ring.last, ring.count >= 4 else {
      note(.tooFewPositions, at: place, ["count": String(ring.count)])
      return nil
    }
    guard first.isSamePlace(as: last) else {
      let gap = Geodesic.distance(first.plain, last.plain)
      note(.ringNotClosed, at: place, ["metres": Figure.text(gap, decimals: 1)])
      return nil
    }
    let positions = PlanarRing.withoutRepeats(ring.map(\.plain))
    if positions.count < ring.count {
      note(.duplicatePositions, at: place, ["count": String(ring.count - positions.count)])
    }
    guard positions.count >= 4 else {
      note(.tooFewPositions, at: place, ["count": String(positions.count)])
      return nil
    }
    return positions
  }
}

extension GeoJSONPosition {
  var plain: Position { Position(longitude: longitude.value, latitude: latitude.value) }
}
