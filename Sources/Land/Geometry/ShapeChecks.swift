/// G03 to G07: shapes that a walk round a field seldom gives.
extension GeometryChecker {
  mutating func checkShape(_ polygon: Polygon, at place: String) {
    let plan = LocalPlan(polygon.shell)
    let area = Geodesic.area(of: polygon)
    let perimeter = Geodesic.perimeter(of: polygon.shell)
    checkSegments(plan, at: place)
    checkSpikes(plan, polygon.shell, at: place)
    checkSliver(area, perimeter, at: place)
    checkRound(plan, Geodesic.area(ofRing: polygon.shell), perimeter, at: place)
    checkRectangle(plan, at: place)
  }

  private mutating func checkSegments(_ plan: LocalPlan, at place: String) {
    let short = plan.sides.filter { $0 < thresholds.shortSegmentMetres }
    guard let shortest = short.min() else { return }
    note(
      .shortSegment, at: place,
      [
        "count": String(short.count), "metres": Figure.text(shortest, decimals: 2),
        "limit": Figure.text(thresholds.shortSegmentMetres, decimals: 0),
      ])
  }

  private mutating func checkSpikes(_ plan: LocalPlan, _ shell: [Position], at place: String) {
    // A triangle's sides are all near its median; it has no body for a spike to leave.
    let least = thresholds.spikeMedianSides * plan.medianSide
    for index in plan.corners.indices where plan.corners.count > 3 {
      let before = plan.sides[(index + plan.sides.count - 1) % plan.sides.count]
      guard before > least, plan.sides[index] > least else { continue }
      let degrees = plan.angle(at: index)
      guard degrees < thresholds.spikeDegrees else { continue }
      var figures = Figure.place(shell[index])
      figures["degrees"] = Figure.text(degrees, decimals: 1)
      note(.spike, at: "\(place)[0][\(index)]", figures)
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
    let mean = radii.reduce(0, +) / Double(radii.count)
    let evenRadii = radii.allSatisfy { abs($0 - mean) <= thresholds.roundRadiusShare * mean }
    guard compactness > thresholds.roundCompactness || evenRadii else { return }
    note(.round, at: place, ["compactness": Figure.text(compactness, decimals: 3)])
  }

  private mutating func checkRectangle(_ plan: LocalPlan, at place: String) {
    let rightAngles =
      plan.corners.count == 4
      && plan.corners.indices.allSatisfy {
        abs(plan.angle(at: $0) - 90) <= thresholds.rectangleDegrees
      }
    let share = plan.area / plan.smallestRectangleArea
    guard rightAngles || share > thresholds.rectangleShare else { return }
    let alongAxes = plan.area > thresholds.rectangleShare * plan.boxArea
    note(
      .rectangle, at: place,
      [
        "orientation": alongAxes ? "N-S" : "",
        "share": Figure.text(share, decimals: 4),
      ])
  }
}
