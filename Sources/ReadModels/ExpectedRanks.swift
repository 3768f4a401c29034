import Traceability

/// Each lot's rank, derived from a whole world by another way than the projection's: by a pass
/// over all lots from their sources on, not by changes flowing down.
enum ExpectedRanks {
  /// A lot's once those of all its sources are known; lots that feed each other in a ring keep
  /// their own.
  static func of(_ world: World, _ judge: Judge) async throws -> [LotCode: Int16] {
    let codes = Array(world.lots.keys)
    let ownRanks = try await CoreSlices.map(codes) { own($0, world, judge) }
    var ranks = Dictionary(uniqueKeysWithValues: zip(codes, ownRanks))
    var waitsFor: [LotCode: Int] = [:]
    var feeds: [LotCode: [LotCode]] = [:]
    var ready: [LotCode] = []
    for code in codes {
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

  /// What the lot's own custody and its plot say against it.
  private static func own(_ code: LotCode, _ world: World, _ judge: Judge) -> Int16 {
    let own = judge.reasons(lot: code).map(\.verdict.rank).max() ?? 0
    guard let plot = world.lots[code]?.origin.plot, world.plots[plot] != nil else { return own }
    return max(own, judge.judge(plot: plot).verdict.rank)
  }
}
