/// G02: self-intersections, holes and parts, judged by GEOS, with the place.
extension GeometryChecker {
  mutating func checkValidity(_ polygons: [Polygon], places: [String], whole: String) {
    do {
      let geos = try GEOSContext()
      for (polygon, place) in zip(polygons, places) {
        if let fault = try geos.fault(in: geos.shape(polygon)) {
          note(fault, at: place)
          continue
        }
        if !polygon.holes.isEmpty {
          note(.hole, at: place, ["count": String(polygon.holes.count)])
        }
        let area = Geodesic.area(of: polygon)
        if area < thresholds.leastSquareMetres {
          note(.noArea, at: place, ["squareMetres": Figure.text(area, decimals: 2)])
        }
      }
      let isSound = !findings.contains { $0.severity == .refuse }
      if isSound, polygons.count > 1, let fault = try geos.fault(in: geos.shape(polygons)) {
        // Each part is sound alone, so it is how they lie to each other.
        note(.partsOverlap, at: whole, Figure.place(fault.place))
      }
    } catch {
      note(.notChecked, at: whole, ["reason": error.reason])
    }
  }

  private mutating func note(_ fault: GEOSContext.Fault, at place: String) {
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
    note(problem, at: place, figures)
  }
}
