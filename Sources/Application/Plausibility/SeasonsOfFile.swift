import ReadModels
import Traceability
import ValueTypes

/// What a file of harvests or purchases of up to 5,000 plots leaves of their seasons.
public struct SeasonsOfFile: Sendable, Encodable {
  /// Plots that the file is about.
  public internal(set) var plots = 0
  /// Of them, above what is usual.
  public internal(set) var aboveUsual = 0
  /// Those with least left, the fewest first; at most `listed`.
  public internal(set) var fullest: [SeasonView] = []

  static let listed = 20
  static let mostPlots = 5_000

  /// - Parameter world: holds the plots' streams as they are once the file is recorded.
  init(_ days: [PlotCode: CivilDate], in world: World, _ catalogue: Catalogue) {
    let balances = days.sorted { $0.key < $1.key }.flatMap { plot, day in
      world.plots[plot].map { SeasonBalance.all($0, on: day, in: catalogue) } ?? []
    }
    plots = days.count
    aboveUsual =
      balances.filter {
        $0.standing != .usual && $0.standing != .unknown
      }.count
    let known = balances.filter { ($0.warnGrams ?? 0) > 0 }
    fullest = known.sorted { ($0.share, $1.plot) > ($1.share, $0.plot) }.prefix(Self.listed)
      .map { SeasonView($0, catalogue) }
  }
}

extension SeasonBalance {
  /// Of the warning's mass, as far as it is used up.
  fileprivate var share: Double { Double(harvestedGrams) / Double(max(1, warnGrams ?? 1)) }
}

extension FilePlan {
  /// The seasons that the plan's harvests and purchases belong to; nil where it has none.
  func seasons(loader: WorldLoader, catalogue: Catalogue) async throws -> SeasonsOfFile? {
    let lots = events.flatMap { SeasonsOfActs.lots($0.event) }
    let days = SeasonsOfActs.harvests(lots, in: world)
    // Of a year's purchases in one file nobody reads plot by plot.
    guard !days.isEmpty, days.count <= SeasonsOfFile.mostPlots else { return nil }
    var world = world
    var loaded = loaded
    try await loader.load(Set(days.keys.map(StreamKey.plot)), into: &world, loaded: &loaded)
    return SeasonsOfFile(days, in: world, catalogue)
  }
}
