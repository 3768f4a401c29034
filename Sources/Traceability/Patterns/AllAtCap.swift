import ValueTypes

/// Many plots of one group end a season just below a cap: fruit from elsewhere fills up what the
/// ledger lets pass. Honest yields spread.
extension PatternSearch {
  private struct Cluster {
    let holder: OrganisationCode
    let group: Int
    let plots: [PlotCode]
  }

  private struct When: Hashable {
    let commodity: String
    let year: Int
  }

  func allAtCap(_ limit: Catalogue.PatternLimits.AtCap) -> [Found] {
    let groups = groups(limit.plots)
    var standing: [When: [PlotCode: Bool]] = [:]
    var clusters: [When: [Cluster]] = [:]
    for (when, byHolder) in groups {
      for (holder, sets) in byHolder {
        for set in sets {
          let capped = set.filter { plot in
            if let known = standing[when]?[plot] { return known }
            let isAt = isAtCap(plot, when, limit)
            standing[when, default: [:]][plot] = isAt
            return isAt
          }
          guard capped.count >= limit.plots,
            Int64(capped.count) * 1_000 >= Int64(set.count) * limit.sharePermille
          else { continue }
          clusters[when, default: []].append(
            Cluster(holder: holder, group: set.count, plots: capped.sorted()))
        }
      }
    }
    return clusters.flatMap { when, list in largest(list).map { found($0, when, limit) } }
  }

  /// Up to the cap, and not far below: of the usual, of the warning, of the impossible.
  private func isAtCap(
    _ code: PlotCode, _ when: When, _ limit: Catalogue.PatternLimits.AtCap
  ) -> Bool {
    guard let plot = world.plots[code], let commodity = catalogue.commodity(when.commodity),
      let balance = SeasonBalance(
        plot, commodity: when.commodity, on: commodity.season(when.year).from, in: catalogue)
    else { return false }
    return [balance.usualGrams, balance.warnGrams, balance.impossibleGrams].contains { cap in
      guard let cap, cap > 0 else { return false }
      let floor = cap - BoundedMass.times(cap, limit.withinPermille, over: 1_000)
      return (floor...cap).contains(balance.harvestedGrams)
    }
  }

  /// The same plots meet in several lots of a season: they are one pattern, in the largest group
  /// of them.
  private func largest(_ clusters: [Cluster]) -> [Cluster] {
    let ordered = clusters.sorted {
      (-$0.plots.count, $0.holder, $0.group, $0.plots.first?.text ?? "")
        < (-$1.plots.count, $1.holder, $1.group, $1.plots.first?.text ?? "")
    }
    var kept: [Cluster] = []
    var taken: Set<PlotCode> = []
    for cluster in ordered where taken.isDisjoint(with: cluster.plots) {
      kept.append(cluster)
      taken.formUnion(cluster.plots)
    }
    return kept
  }

  private func found(
    _ cluster: Cluster, _ when: When, _ limit: Catalogue.PatternLimits.AtCap
  ) -> Found {
    // A group that has grown is still the one that was found first.
    let known = world.findings.values.map(\.raised).filter { finding in
      finding.kind == .allAtCap && finding.figures["season"] == "\(when.year)"
        && finding.figures["commodity"] == when.commodity
        && finding.subjects.contains { key in cluster.plots.contains { .plot($0) == key } }
    }
    let anchor =
      known.map(\.finding).min().flatMap { code in
        known.first { $0.finding == code }?.figures["anchor"]
      } ?? cluster.plots.first?.text ?? ""
    let season = catalogue.commodity(when.commodity)?.season(when.year)
    return Found(
      kind: .allAtCap, severity: .notice, about: StreamKey(kind: .plot, code: anchor),
      when: "\(when.year)/\(when.commodity)", size: Int64(cluster.plots.count),
      subjects: cluster.plots.map(StreamKey.plot),
      restsOn: cluster.plots.flatMap { plot in
        (world.plots[plot]?.harvests ?? [])
          .filter { season?.contains($0.to) == true }
          .suffix(1).map { EventReference(stream: .lot($0.lot), version: 1) }
      },
      figures: [
        "holder": cluster.holder.text, "season": "\(when.year)", "commodity": when.commodity,
        "plots": "\(cluster.plots.count)", "group": "\(cluster.group)",
        "within": "\(limit.withinPermille)", "anchor": anchor,
      ])
  }

  // MARK: Groups

  /// Plots whose fruit met: in one lot that was mixed or processed, or with one buyer.
  private func groups(_ least: Int) -> [When: [OrganisationCode: Set<Set<PlotCode>>]] {
    var groups: [When: [OrganisationCode: Set<Set<PlotCode>>]] = [:]
    var bought: [When: [OrganisationCode: Set<PlotCode>]] = [:]
    var single: [LotCode: LotHarvested] = [:]
    func harvest(_ code: LotCode) -> LotHarvested? {
      if let known = single[code] { return known }
      var seen = 0
      var at = code
      // A harvest sold on whole or in parts is still of its one plot.
      while let origin = world.lots[at]?.origin, seen < 64 {
        if case .harvested(let event) = origin {
          single[code] = event
          return event
        }
        guard origin.inputs.count == 1, let next = origin.inputs.first?.lot else { return nil }
        at = next
        seen += 1
      }
      return nil
    }
    for lot in world.lots.values where lot.origin.inputs.count > 0 {
      guard case .organisation(let holder) = lot.origin.holder else { continue }
      let harvests = lot.origin.inputs.compactMap { harvest($0.lot) }
      var met: [When: Set<PlotCode>] = [:]
      for event in harvests {
        guard let commodity = catalogue.commodity(of: event.product) else { continue }
        let when = When(
          commodity: commodity.code, year: commodity.season(of: event.to).year)
        met[when, default: []].insert(event.plot)
      }
      for (when, plots) in met {
        if case .purchased = lot.origin {
          bought[when, default: [:]][holder, default: []].formUnion(plots)
        }
        if plots.count >= least { groups[when, default: [:]][holder, default: []].insert(plots) }
      }
    }
    for (when, byHolder) in bought {
      for (holder, plots) in byHolder where plots.count >= least {
        groups[when, default: [:]][holder, default: []].insert(plots)
      }
    }
    return groups
  }
}
