/// G12: a plot on water, on built-up land, or where its crop does not grow.
///
/// A map shows it, and only a person can say that the map errs: most of a plot on water or under
/// buildings is a doubt, part of it and the altitude are notices.
struct GroundEvidence {
  let kind: FindingKind
  let severity: FindingSeverity
  let figures: [String: String]
  /// The map that shows it.
  let map: DatasetName

  /// Of the plot, as far as the map knows it: above the first a notice, above the second a doubt.
  /// Of the altitude only the second counts. Named `checks` in the figures.
  static let partPercent = 10.0
  static let mostPercent = 50.0
  static let checks = "raiz-ground/1"
}

extension MapEvidence {
  /// What the registered maps of water, built-up land and elevation show; the map of each kind
  /// that shows most, and none that knows less than half of the plot.
  func ground(_ catalogue: Catalogue) -> [GroundEvidence] {
    let covers: [(DatasetKind, FindingKind)] = [
      (.water, .plotOnWater), (.builtUp, .plotOnBuiltUp),
    ]
    return covers.compactMap { kind, finding in covered(by: kind, finding) }
      + plot.commodities.sorted().compactMap(catalogue.commodity).compactMap(outsideAltitude)
  }

  private func covered(by kind: DatasetKind, _ finding: FindingKind) -> GroundEvidence? {
    most(of: kind) { meaning, value in meaning.answer(value) == .yes }.flatMap { shown in
      guard shown.percent > GroundEvidence.partPercent else { return nil }
      return GroundEvidence(
        kind: finding, severity: shown.percent > GroundEvidence.mostPercent ? .doubt : .notice,
        figures: shown.figures, map: shown.map)
    }
  }

  private func outsideAltitude(_ crop: Catalogue.Commodity) -> GroundEvidence? {
    guard let lowest = crop.lowestMetres, let highest = crop.highestMetres else { return nil }
    let shown = most(of: .elevation) { meaning, value in
      guard case .metres(let step) = meaning else { return false }
      let (metres, overflow) = value.multipliedReportingOverflow(by: step)
      return overflow || metres < lowest || metres > highest
    }
    guard let shown, shown.percent > GroundEvidence.mostPercent else { return nil }
    var figures = shown.figures
    figures["crop"] = crop.code
    figures["lowest"] = "\(lowest)"
    figures["highest"] = "\(highest)"
    figures["metres"] = Wording.decimal(shown.meanMetres, places: 0)
    return GroundEvidence(
      kind: .plotOutsideAltitude, severity: .notice, figures: figures, map: shown.map)
  }

  private struct Ground {
    let map: DatasetName
    let squareMetres: Double
    let percent: Double
    let meanMetres: Double

    var figures: [String: String] {
      [
        "hectares": Wording.hectares(squareMetres), "percent": MapEvidence.percent(percent),
        "map": map.text, "checks": GroundEvidence.checks,
      ]
    }
  }

  /// The first of equals.
  private func most(
    of kind: DatasetKind, _ counts: (DatasetMeaning, Int) -> Bool
  ) -> Ground? {
    var best: Ground?
    for result in assessed.results where result.kind == kind {
      guard let meaning = datasets[result.dataset]?.reading else { continue }
      var known = 0.0
      var counted = 0.0
      var metres = 0.0
      for part in result.classes {
        known += part.squareMetres
        if counts(meaning, part.value) { counted += part.squareMetres }
        if case .metres(let step) = meaning {
          metres += Double(part.value) * Double(step) * part.squareMetres
        }
      }
      guard known > 0, known * 2 >= result.squareMetres,
        let percent = EvidenceShare.percent(counted, of: known), percent > (best?.percent ?? 0)
      else { continue }
      best = Ground(
        map: result.dataset, squareMetres: counted, percent: percent, meanMetres: metres / known)
    }
    return best
  }
}

extension DatasetMeaning {
  var isHeight: Bool { if case .metres = self { true } else { false } }
}
