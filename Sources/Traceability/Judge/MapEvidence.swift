import ValueTypes

/// What an assessment's figures mean under a policy.
struct MapEvidence {
  struct Doubt {
    let kind: FindingKind
    let verdict: Verdict
    let figures: [String: String]
    /// The maps that it rests on.
    let maps: [DatasetName]
  }

  /// That the plot breaks a rule.
  struct Breach {
    let figures: [String: String]
    /// The maps that say so.
    let maps: [DatasetName]
  }

  /// What the strongest dataset of some kinds shows.
  struct Shown {
    let dataset: DatasetName
    let squareMetres: Double
    let percent: Double
  }

  let assessed: PlotAssessed
  private let day: CivilDate
  let plot: PlotRegistered
  let datasets: [DatasetName: DatasetRegistered]

  init(
    _ assessed: PlotAssessed, on day: CivilDate, plot: PlotRegistered,
    datasets: [DatasetName: DatasetRegistered]
  ) {
    self.assessed = assessed
    self.day = day
    self.plot = plot
    self.datasets = datasets
  }

  // MARK: Shares

  /// The dataset of these kinds that shows most; datasets are never added up. Nil where the
  /// assessment has none.
  func shown(_ kinds: [DatasetKind], _ period: EvidencePeriod?, _ cutOff: CivilDate) -> Shown? {
    var best: Shown?
    for result in assessed.results where kinds.contains(result.kind) {
      guard let meaning = datasets[result.dataset]?.reading else { continue }
      let counts = EvidenceFilter(meaning: meaning, period: period, cutOff: cutOff, assessed: day)
      var area = 0.0
      for part in result.classes where counts.has(part.value) { area += part.squareMetres }
      let percent = EvidenceShare.percent(area, of: result.squareMetres) ?? 0
      if percent >= (best?.percent ?? -1) {
        best = Shown(dataset: result.dataset, squareMetres: area, percent: percent)
      }
    }
    return best
  }

  // MARK: Risk

  func explain(_ method: RiskMethod, cutOff: CivilDate) -> RiskExplanation {
    let indicators = method.indicators.map { indicator in
      let layers = indicator.layers.map { layer in
        let shown = shown([layer.kind], indicator.period, cutOff)
        return RiskExplanation.Layer(
          kind: layer.kind, column: layer.column, dataset: shown?.dataset,
          squareMetres: shown?.squareMetres, percent: shown?.percent,
          isYes: EvidenceShare.isYes(
            shown?.percent, thresholdPercent: indicator.thresholdPercent))
      }
      return RiskExplanation.Indicator(
        name: indicator.name, es: indicator.es, en: indicator.en,
        thresholdPercent: indicator.thresholdPercent, isYes: layers.contains(where: \.isYes),
        layers: layers)
    }
    let answers = indicators.reduce(into: [:]) { $0[$1.name] = $1.isYes }
    return RiskExplanation(
      method: method.method, indicators: indicators, risk: method.risk(answers))
  }

  /// Forest lost after the cut-off, or else tree cover that asks for more information.
  ///
  /// Loss anywhere on a plot with baseline forest is a doubt, whatever its share and whatever the
  /// class of risk: the maps are not laid over each other, so which trees were lost is for a person
  /// to say.
  func doubts(under policy: Policy) -> [Doubt] {
    guard let method = policy.risk,
      let baseline = method.indicator(method.baseline),
      let after = method.indicator(method.loss),
      let forest = shown(baseline.layers.map(\.kind), baseline.period, policy.cutOff)
    else { return [] }
    let risk = explain(method, cutOff: policy.cutOff).risk
    var figures = [
      "forestHectares": Wording.hectares(forest.squareMetres),
      "forestPercent": Self.percent(forest.percent), "forestMap": forest.dataset.text,
    ]
    if policy.tellsRisk, let risk { figures["risk"] = risk.rawValue }
    let loss = shown(after.layers.map(\.kind), after.period, policy.cutOff)
    if let loss, forest.squareMetres > policy.toleranceSquareMetres,
      loss.squareMetres > policy.toleranceSquareMetres
    {
      figures["lossHectares"] = Wording.hectares(loss.squareMetres)
      figures["lossPercent"] = Self.percent(loss.percent)
      figures["lossMap"] = loss.dataset.text
      figures["cutOff"] = policy.cutOff.description
      return [
        Doubt(
          kind: .forestLossAfterCutOff,
          verdict: risk == .high ? .notCompliant : .insufficientEvidence, figures: figures,
          maps: [forest.dataset, loss.dataset])
      ]
    }
    // Loss within the maps' position error is no deforestation; it leaves the question open.
    guard risk != .low else { return [] }
    return [
      Doubt(
        kind: .treeCoverAtCutOff, verdict: .insufficientEvidence, figures: figures,
        maps: [forest.dataset])
    ]
  }

  // MARK: Rules

  /// Nil where the plot keeps the rule.
  func breach(of rule: PolicyRule, under policy: Policy) -> Breach? {
    var figures = ["plotHectares": Wording.hectares(plot.squareMetres), "rule": rule.name]
    var maps: [DatasetName] = []
    for condition in rule.conditions {
      if let least = condition.fromHectares, plot.squareMetres < least * 10_000 { return nil }
      if let year = condition.plantedAfter, let planted = plot.plantedYear, planted <= year {
        return nil
      }
      guard let kinds = condition.layers else { continue }
      guard let shown = shown(kinds, condition.period, policy.cutOff),
        shown.squareMetres > condition.aboveSquareMetres ?? policy.toleranceSquareMetres,
        shown.percent > condition.abovePercent ?? -1
      else { return nil }
      figures["hectares"] = Wording.hectares(shown.squareMetres)
      figures["percent"] = Self.percent(shown.percent)
      maps.append(shown.dataset)
    }
    // The first condition says where the plot lies, the last what happened there.
    figures["map"] = maps.first?.text ?? "—"
    figures["es"] = rule.es
    figures["en"] = rule.en
    return Breach(figures: figures, maps: maps)
  }

  static func percent(_ share: Double) -> String { Wording.decimal(share, places: 1) }
}

/// Which values of a dataset count for a question.
private struct EvidenceFilter {
  let meaning: DatasetMeaning
  let after: CivilDate?
  let upTo: CivilDate?

  init(
    meaning: DatasetMeaning, period: EvidencePeriod?, cutOff: CivilDate, assessed: CivilDate
  ) {
    self.meaning = meaning
    (after, upTo) = period?.bounds(cutOff: cutOff, assessed: assessed) ?? (nil, nil)
  }

  func has(_ value: Int) -> Bool {
    switch meaning.answer(value) {
    case .no: false
    // Without a date it may have been after; that it was before, nobody says.
    case .yes: upTo == nil
    case .on(let day): isWithin(day, day)
    case .inYear(let year): isWithin(year)
    }
  }

  /// A year is after a day if any day of it is, and up to a day only if all are.
  private func isWithin(_ year: Int) -> Bool {
    guard let first = CivilDate(year: year, month: 1, day: 1),
      let last = CivilDate(year: year, month: 12, day: 31)
    else { return year > 0 && upTo == nil }
    return isWithin(first, last)
  }

  private func isWithin(_ first: CivilDate, _ last: CivilDate) -> Bool {
    if let after, last <= after { return false }
    if let upTo, last > upTo { return false }
    return true
  }
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
