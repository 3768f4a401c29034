/// G09: the area that the producer declares, against the geometry.
extension PlotGeometry {
  /// Judges a declared area in hectares; nil where none is declared.
  ///
  /// A point will do for plots up to four hectares (Regulation (EU) 2023/1115 Article 2(28)),
  /// and the EU system takes four where it is told none; a polygon's own area may differ by the
  /// threshold's share and hectares.
  public func findings(
    declaredHectares: Double?, at place: String = "", thresholds: GeometryThresholds = .raiz1
  ) -> [GeometryFinding] {
    let limit = Figure.text(thresholds.pointHectares, decimals: 0)
    guard let declaredHectares else {
      let missing = GeometryFinding(
        problem: .pointWithoutArea, place: place, figures: ["limit": limit])
      return isPoint ? [missing] : []
    }
    var figures = ["hectares": Figure.text(declaredHectares, decimals: 4)]
    let note = { (problem: GeometryProblem) in
      [GeometryFinding(problem: problem, place: place, figures: figures)]
    }
    guard declaredHectares > 0, declaredHectares.isFinite else {
      return note(.declaredAreaNotPositive)
    }
    if isPoint {
      figures["limit"] = limit
      if declaredHectares > thresholds.pointHectares { return note(.pointTooLarge) }
      figures["limit"] = Figure.text(thresholds.leastHectares, decimals: 4)
      return declaredHectares < thresholds.leastHectares ? note(.declaredAreaTooSmall) : []
    }
    let measured = areaSquareMetres / 10_000
    let difference = abs(measured - declaredHectares)
    figures["measured"] = Figure.text(measured, decimals: 4)
    figures["percent"] = Figure.percent(difference / declaredHectares)
    let isFar =
      difference > thresholds.areaShare * declaredHectares
      || difference > thresholds.areaHectares
    return isFar ? note(.areaDiffers) : []
  }
}
