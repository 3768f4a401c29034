import ValueTypes

/// What an assessment's figures mean under a policy.
struct MapEvidence {
  struct Doubt {
    let kind: FindingKind
    let verdict: Verdict
    let figures: [String: String]
  }

  private let assessed: PlotAssessed
  private let datasets: [DatasetName: DatasetRegistered]

  init(
    _ assessed: PlotAssessed, plot: PlotRegistered,
    datasets: [DatasetName: DatasetRegistered]
  ) {
    self.assessed = assessed
    self.datasets = datasets
  }

  /// Forest lost after the cut-off, or else tree cover that asks for more information.
  ///
  /// Loss anywhere on a plot with baseline forest is a doubt, whatever its share: the maps are
  /// not laid over each other, so which trees were lost is for a person to say.
  func doubts(under policy: Policy) -> [Doubt] {
    let forest = strongest(.forest2020) { dataset, value in dataset.forestValues.contains(value) }
    let loss = strongest(.lossYear) { dataset, value in
      guard let zero = dataset.yearZero, value > 0 else { return false }
      // A value from a stranger's file may be any integer.
      let (year, overflow) = zero.addingReportingOverflow(value)
      return overflow || year > policy.cutOff.year
    }
    guard let forest else { return [] }
    var figures = [
      "forestHectares": Wording.hectares(forest.area), "forestPercent": percent(forest.share),
      "forestMap": forest.dataset.text,
    ]
    if let loss, forest.area > policy.toleranceSquareMetres,
      loss.area > policy.toleranceSquareMetres
    {
      figures["lossHectares"] = Wording.hectares(loss.area)
      figures["lossPercent"] = percent(loss.share)
      figures["lossMap"] = loss.dataset.text
      figures["cutOff"] = policy.cutOff.description
      let high = forest.share > policy.treeCoverPercent && loss.share > policy.lossPercent
      return [
        Doubt(
          kind: .forestLossAfterCutOff, verdict: high ? .notCompliant : .insufficientEvidence,
          figures: figures)
      ]
    }
    guard forest.share > policy.treeCoverPercent else { return [] }
    return [Doubt(kind: .treeCoverAtCutOff, verdict: .insufficientEvidence, figures: figures)]
  }

  private struct Shown {
    let dataset: DatasetName
    let area: Double
    let share: Double
  }

  /// The dataset of a kind that shows most; datasets are never added up.
  private func strongest(
    _ kind: DatasetKind, _ counts: (DatasetRegistered, Int) -> Bool
  ) -> Shown? {
    var best: Shown?
    for result in assessed.results where result.kind == kind {
      guard let dataset = datasets[result.dataset] else { continue }
      var area = 0.0
      for part in result.classes where counts(dataset, part.value) { area += part.squareMetres }
      let share: Double =
        if result.squareMetres > 0 {
          min(100, max(0, area / result.squareMetres * 100))
        } else {
          area > 0 ? 100 : 0
        }
      if share >= (best?.share ?? -1) {
        best = Shown(dataset: result.dataset, area: area, share: share)
      }
    }
    return best
  }

  private func percent(_ share: Double) -> String { Wording.decimal(share, places: 1) }
}

extension DatasetResult {
  /// The overlaid area may differ from the plot's own by this share: cells are measured one by
  /// one, and a disc stands for a point.
  static let areaTolerance = 0.05
  static let areaToleranceSquareMetres = 100.0

  /// True where the figures can come from an overlay of this plot: finite, none below zero, the
  /// plot's own area, and no more in classes than that area.
  func isSound(on plot: PlotRegistered) -> Bool {
    let areas = [outsideSquareMetres, noDataSquareMetres] + classes.map(\.squareMetres)
    guard squareMetres.isFinite, squareMetres >= 0, areas.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { return false }
    let tolerance = max(
      Self.areaToleranceSquareMetres, plot.squareMetres * Self.areaTolerance)
    return abs(squareMetres - plot.squareMetres) <= tolerance
      && areas.reduce(0, +) <= squareMetres + tolerance
  }
}
