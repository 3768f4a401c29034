/// G09: the area that the producer declares, against the geometry.
extension PlotGeometry {
  /// Judges a declared area in hectares.
  ///
  /// A point will do for plots up to four hectares (Regulation (EU) 2023/1115 Article 2(28));
  /// a polygon's own area may differ by the threshold's share and hectares.
  public func findings(
    declaredHectares: Double, at place: String = "", thresholds: GeometryThresholds = .raiz1
  ) -> [GeometryFinding] {
    var figures = ["hectares": Figure.text(declaredHectares, decimals: 4)]
    let note = { (problem: GeometryProblem) in
      [GeometryFinding(problem: problem, place: place, figures: figures)]
    }
    guard declaredHectares > 0, declaredHectares.isFinite else {
      return note(.declaredAreaNotPositive)
    }
    if isPoint {
      figures["limit"] = Figure.text(thresholds.pointHectares, decimals: 0)
      return declaredHectares > thresholds.pointHectares ? note(.pointTooLarge) : []
    }
    let measured = areaSquareMetres / 10_000
    let difference = abs(measured - declaredHectares)
    figures["measured"] = Figure.text(measured, decimals: 4)
    let isFar =
      difference > thresholds.areaShare * declaredHectares
      || difference > thresholds.areaHectares
    return isFar ? note(.areaDiffers) : []
  }
}
