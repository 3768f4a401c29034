import Traceability

/// What the tables must say, derived from a whole world by another way than the projection's:
/// verdicts by a pass over all lots from their sources on, not by changes flowing down.
struct ExpectedRows {
  private(set) var lots: [String: String] = [:]
  private(set) var plots: [String: String] = [:]
  private(set) var shipments: [String: String] = [:]
  private(set) var findings: [String: String] = [:]
  private(set) var tanks: [String: String] = [:]

  init(_ world: World, _ policy: Policy) throws {
    let judge = Judge(world: world, policy: policy)
    var plotRanks: [PlotCode: Int16] = [:]
    for code in world.plots.keys {
      guard let row = try PlotRow(code, judge, world) else { continue }
      plotRanks[code] = row.rank
      plots[row.code] = [
        row.producer ?? "-", row.country, row.form, row.geometryDigest, row.assessed ? "t" : "f",
        row.maps,
        "\(row.rank)",
      ].joined(separator: "|")
    }
    let ranks = Self.ranks(world, judge, plotRanks)
    for code in world.lots.keys {
      guard let row = try LotRow(code, judge, world) else { continue }
      let inputs = row.inputs.sorted {
        $0.lot.text.utf8.lexicographicallyPrecedes($1.lot.text.utf8)
      }
      .map { "\($0.lot)=\($0.grams.value)" }.joined(separator: ",")
      lots[row.code] = [
        row.product, row.holder, row.origin, row.plot ?? "-", "\(row.createdGrams)",
        "\(row.grams)", row.inTransitTo ?? "-", "\(row.ownRank)", "\(ranks[code] ?? -1)",
        "\(row.unknownGrams)", "\(row.foundGrams)", inputs,
      ].joined(separator: "|")
    }
    for code in world.shipments.keys {
      guard let row = try ShipmentRow(code, judge, world) else { continue }
      let loaded = row.loads.map { ranks[$0.lot] ?? 1 }.max() ?? 0
      let loads = row.loads.map { "\($0.lot)=\($0.grams.value)" }.joined(separator: ",")
      shipments[row.code] = [
        row.exporter, row.destination, row.state, "\(row.ownRank)",
        "\(max(row.ownRank, loaded))", loads,
      ].joined(separator: "|")
    }
    for tank in world.tanks.values {
      let row = TankRow(tank)
      tanks[row.code] = row.says
    }
    for (code, finding) in world.findings {
      findings[code.text] = [
        finding.raised.kind.rawValue, finding.raised.severity.rawValue,
        finding.raised.subjects.map(\.description).joined(separator: ","),
        finding.review?.outcome.rawValue ?? "-", finding.status.rawValue,
        finding.assignment?.assignee ?? "-",
      ].joined(separator: "|")
    }
  }

  /// Each lot's rank once those of all its sources are known; lots that feed each other in a
  /// ring keep their own.
  private static func ranks(
    _ world: World, _ judge: Judge, _ plots: [PlotCode: Int16]
  ) -> [LotCode: Int16] {
    var waitsFor: [LotCode: Int] = [:]
    var feeds: [LotCode: [LotCode]] = [:]
    var ranks: [LotCode: Int16] = [:]
    var ready: [LotCode] = []
    for (code, lot) in world.lots {
      let own = judge.reasons(lot: code).map(\.verdict.rank).max() ?? 0
      let plot = lot.origin.plot.flatMap { plots[$0] } ?? 0
      ranks[code] = max(own, plot)
      let sources = world.inputs(of: code).map(\.lot).filter { world.lots[$0] != nil }
      waitsFor[code] = sources.count
      for source in sources { feeds[source, default: []].append(code) }
      if sources.isEmpty { ready.append(code) }
    }
    while let code = ready.popLast() {
      for lot in feeds[code] ?? [] {
        ranks[lot] = max(ranks[lot] ?? 0, ranks[code] ?? 0)
        waitsFor[lot, default: 0] -= 1
        if waitsFor[lot] == 0 { ready.append(lot) }
      }
    }
    return ranks
  }
}
