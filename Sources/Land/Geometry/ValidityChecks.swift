/// G02: self-intersections, holes and parts, judged by GEOS, with the place.
extension GeometryChecker {
  /// Judges the polygons, and takes off spikes of no width where that makes one valid.
  mutating func checkValidity(_ polygons: inout [SourcePolygon], at whole: String) {
    do {
      let geos = try GEOSContext()
      for index in polygons.indices {
        if let fault = try geos.fault(in: geos.shape(polygons[index].polygon)) {
          guard let mended = try withoutSpikes(polygons[index], geos) else {
            note(fault, in: polygons[index])
            continue
          }
          polygons[index] = mended
        }
        checkHolesAndArea(polygons[index])
      }
      if !isRefused, polygons.count > 1,
        let fault = try geos.fault(in: geos.shape(polygons.map(\.polygon)))
      {
        // Each part is sound alone, so it is how they lie to each other.
        note(.partsOverlap, at: whole, nil, Figure.place(fault.place))
      }
    } catch {
      note(.notChecked, at: whole, ["reason": error.reason])
    }
  }

  private mutating func checkHolesAndArea(_ source: SourcePolygon) {
    let polygon = source.polygon
    if !polygon.holes.isEmpty {
      note(
        .hole, in: source, at: source.spot(ring: 1, index: 0),
        ["count": String(polygon.holes.count)])
    }
    let area = Geodesic.area(of: polygon)
    if area < thresholds.leastSquareMetres {
      note(.noArea, at: source.place, ["squareMetres": Figure.text(area, decimals: 2)])
    }
  }

  private mutating func note(_ fault: GEOSContext.Fault, in polygon: SourcePolygon) {
    var figures = Figure.place(fault.place)
    let problem: GeometryProblem
    switch fault.reason {
    case "Self-intersection", "Ring Self-intersection", "Interior is disconnected":
      problem = .selfIntersection
    case "Hole lies outside shell", "Holes are nested": problem = .holeOutsideShell
    case "Duplicate Rings": problem = .ringRepeated
    default:
      problem = .invalid
      figures["reason"] = fault.reason
    }
    let spot = polygon.spot(nearest: fault.place)
    figures["ring"] = String(spot.ring)
    note(problem, in: polygon, at: spot, figures)
  }

  // MARK: Spikes of no width

  /// The polygon without sides that go out and come back on themselves, if that makes it valid
  /// and leaves its area as it was.
  private mutating func withoutSpikes(
    _ source: SourcePolygon, _ geos: GEOSContext
  ) throws(GEOSError) -> SourcePolygon? {
    var mended = source
    var tips: [GeometrySpot] = []
    for number in source.rings.indices {
      var ring = mended.rings[number]
      let trimmer = SpikeTrimmer(ring.positions, thresholds: thresholds)
      guard let tip = trimmer.trim(&ring) else { continue }
      guard ring.positions.count >= 4 else { return nil }
      tips.append(source.spot(ring: number, index: tip))
      mended.rings[number] = ring
    }
    guard let first = tips.first,
      try geos.fault(in: geos.shape(mended.polygon)) == nil
    else { return nil }
    let place = Position(longitude: first.longitude, latitude: first.latitude)
    var figures = Figure.place(place)
    let count = zip(source.rings, mended.rings).reduce(0) {
      $0 + $1.0.positions.count - $1.1.positions.count
    }
    figures["count"] = String(count)
    note(.spikeRemoved, in: source, at: first, figures)
    return mended
  }
}
