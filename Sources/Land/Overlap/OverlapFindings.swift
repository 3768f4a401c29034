/// G10: what an overlap means for the plots concerned.
extension PlotOverlap {
  public var problem: GeometryProblem {
    switch weight {
    case .same: .sameGeometry
    case .critical: .overlapCritical
    case .warning: .overlapWarning
    case .noise: .overlapNoise
    }
  }

  /// The finding about one of the two plots.
  /// - Parameter other: the other plot's code, as people know it.
  public func finding(with other: String, at place: String = "") -> GeometryFinding {
    GeometryFinding(
      problem: problem, place: place,
      figures: [
        "other": other, "hectares": Figure.text(squareMetres / 10_000, decimals: 4),
        "percent": Figure.percent(shareOfSmaller),
      ])
  }
}

extension Overlaps {
  /// Points at one place: two plots cannot both be there. In the order of their numbers.
  public static func repeatedPoints(in plots: [PlotGeometry]) -> [PlotOverlap] {
    var first: [Position: Int] = [:]
    var found: [PlotOverlap] = []
    for (number, plot) in plots.enumerated() {
      guard case .point(let position) = plot else { continue }
      guard let earlier = first[position] else {
        first[position] = number
        continue
      }
      found.append(
        PlotOverlap(
          first: earlier, second: number, squareMetres: 0, shareOfSmaller: 1, isSame: true))
    }
    return found
  }
}
