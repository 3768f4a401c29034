/// G01 (corners) and G03 to G07: shapes that a walk round a field seldom gives.
extension GeometryChecker {
  mutating func checkShape(_ source: SourcePolygon) {
    let polygon = source.polygon
    let plan = LocalPlan(polygon.shell)
    let area = Geodesic.area(of: polygon)
    let perimeter = Geodesic.perimeter(of: polygon.shell)
    if plan.corners.count == 3 {
      note(.threeCorners, at: source.path(source.spot(ring: 0, index: 0)))
    }
    checkSegments(plan, source, ring: 0)
    checkSpikes(plan, source, ring: 0)
    for (index, hole) in polygon.holes.enumerated() {
      let plan = LocalPlan(hole)
      checkSegments(plan, source, ring: index + 1)
      checkSpikes(plan, source, ring: index + 1)
    }
    checkSliver(area, perimeter, at: source.place)
    let shellArea = polygon.holes.isEmpty ? area : Geodesic.area(ofRing: polygon.shell)
    checkRound(plan, shellArea, perimeter, at: source.place)
    checkRectangle(plan, at: source.place)
  }

  private mutating func checkSegments(_ plan: LocalPlan, _ source: SourcePolygon, ring: Int) {
    var count = 0
    var shortest = 0
    for index in plan.sides.indices where plan.sides[index] < thresholds.shortSegmentMetres {
      if count == 0 || plan.sides[index] < plan.sides[shortest] { shortest = index }
      count += 1
    }
    guard count > 0 else { return }
    var figures = Figure.place(source.rings[ring].positions[shortest])
    figures["count"] = String(count)
    figures["metres"] = Figure.text(plan.sides[shortest], decimals: 2)
    figures["limit"] = Figure.text(thresholds.shortSegmentMetres, decimals: 0)
    note(.shortSegment, in: source, at: source.spot(ring: ring, index: shortest), figures)
  }

  private mutating func checkSpikes(_ plan: LocalPlan, _ source: SourcePolygon, ring: Int) {
    // A triangle's sides are all near its median; it has no body for a spike to leave.
    guard plan.corners.count > 3 else { return }
    let least = thresholds.spikeMedianSides * plan.medianSide
    for index in plan.corners.indices {
      let before = plan.sides[(index + plan.sides.count - 1) % plan.sides.count]
      guard before > least, plan.sides[index] > least else { continue }
      let degrees = plan.angle(at: index)
      guard degrees < thresholds.spikeDegrees else { continue }
      var figures = Figure.place(source.rings[ring].positions[index])
      figures["degrees"] = Figure.text(degrees, decimals: 1)
      figures["metres"] = Figure.text(min(before, plan.sides[index]), decimals: 0)
      note(.spike, in: source, at: source.spot(ring: ring, index: index), figures)
    }
  }

  private mutating func checkSliver(_ area: Double, _ perimeter: Double, at place: String) {
    let compactness = 4 * Double.pi * area / (perimeter * perimeter)
    // The shorter side of the rectangle that has this area and this perimeter.
    let quarter = perimeter / 4
    let root = quarter * quarter - area
    let width = root > 0 ? quarter - root.squareRoot() : area.squareRoot()
    guard compactness < thresholds.sliverCompactness || width < thresholds.sliverWidthMetres
    else { return }
    note(
      .sliver, at: place,
      [
        "metres": Figure.text(width, decimals: 1),
        "compactness": Figure.text(compactness, decimals: 3),
      ])
  }

  private mutating func checkRound(
    _ plan: LocalPlan, _ area: Double, _ perimeter: Double, at place: String
  ) {
    guard plan.corners.count >= thresholds.roundCorners else { return }
    let compactness = 4 * Double.pi * area / (perimeter * perimeter)
    let radii = plan.radii
    guard !radii.isEmpty else { return }
    let mean = radii.reduce(0, +) / Double(radii.count)
    let spread = radii.reduce(0) { max($0, abs($1 - mean)) } / mean
    guard compactness > thresholds.roundCompactness || spread <= thresholds.roundRadiusShare
    else { return }
    note(
      .round, at: place,
      [
        "compactness": Figure.text(compactness, decimals: 3), "percent": Figure.percent(spread),
        "metres": Figure.text(mean, decimals: 0),
      ])
  }

  private mutating func checkRectangle(_ plan: LocalPlan, at place: String) {
    let rightAngles =
      plan.corners.count == 4
      && plan.corners.indices.allSatisfy {
        abs(plan.angle(at: $0) - 90) <= thresholds.rectangleDegrees
      }
    let area = plan.area
    let share = area / ConvexHull(plan.corners).smallestRectangleArea
    guard rightAngles || share > thresholds.rectangleShare else { return }
    let alongAxes = area > thresholds.rectangleShare * plan.boxArea
    note(alongAxes ? .drawnBox : .rectangle, at: place, ["percent": Figure.percent(share)])
  }
}
