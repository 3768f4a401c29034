import Ledger
import ReadModels
public import Traceability
import ValueTypes

/// A season with its words, for a clerk.
public struct SeasonView: Sendable, Encodable {
  public let balance: SeasonBalance
  /// Up to the warning, in what the limits count.
  public let leftGrams: Int64?
  public let es: String
  public let en: String

  init(_ balance: SeasonBalance, _ catalogue: Catalogue) {
    self.balance = balance
    leftGrams = balance.leftGrams
    es = Wording.text(of: balance, catalogue: catalogue, in: .spanish)
    en = Wording.text(of: balance, catalogue: catalogue, in: .english)
  }

  public func text(in language: Language) -> String { language == .spanish ? es : en }

  private enum Key: String, CodingKey { case leftGrams, es, en }

  public func encode(to encoder: any Encoder) throws {
    try balance.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(leftGrams, forKey: .leftGrams)
    try container.encode(es, forKey: .es)
    try container.encode(en, forKey: .en)
  }
}

/// The harvests that acts are about, and the seasons they belong to.
enum SeasonsOfActs {
  /// The plots whose fruit an act harvests or buys straight from a harvest, with the day.
  static func harvests(_ lots: [LotCode], in world: World) -> [PlotCode: CivilDate] {
    var days: [PlotCode: CivilDate] = [:]
    for lot in lots {
      guard case .harvested(let event) = world.lots[lot]?.origin else { continue }
      days[event.plot] = max(days[event.plot] ?? event.to, event.to)
    }
    return days
  }

  /// The lots in question: the harvest itself, or what a purchase draws from.
  static func lots(_ event: DomainEvent) -> [LotCode] {
    switch event {
    case .lotHarvested(let fact): [fact.lot]
    case .lotPurchased(let fact): fact.inputs.map(\.lot)
    default: []
    }
  }

  static func views(
    _ days: [PlotCode: CivilDate], in world: World, _ catalogue: Catalogue
  ) -> [SeasonView] {
    days.sorted { $0.key < $1.key }.flatMap { plot, day in
      (world.plots[plot].map { SeasonBalance.all($0, on: day, in: catalogue) } ?? [])
        .map { SeasonView($0, catalogue) }
    }
  }
}

extension Raiz {
  /// Seasons told with one act; more plots in one purchase are no plot's own.
  private static let most = 20

  /// The seasons of a plot, one for each of its commodities.
  ///
  /// - Parameter year: in which the season begins; nil takes the one of today.
  /// - Throws: `ApplicationError.notFound`.
  public func seasons(of plot: PlotCode, year: Int? = nil) async throws -> [SeasonView] {
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load([.plot(plot)], into: &world, loaded: &loaded)
    guard let state = world.plots[plot] else { throw ApplicationError.notFound(.plot(plot)) }
    let today = now().localDate
    return catalogue.commodities.flatMap { commodity -> [SeasonBalance] in
      let day = year.map { commodity.season($0).from } ?? today
      return SeasonBalance.all(state, on: day, in: catalogue)
        .filter { $0.commodity == commodity.code }
    }.map { SeasonView($0, catalogue) }
  }

  /// What is left of the seasons that a harvest or a purchase is about, once it is recorded;
  /// empty for other acts.
  public func seasons(after command: Command) async throws -> [SeasonView] {
    let lots: [LotCode] =
      switch command {
      case .harvest(let act): [act.lot]
      case .purchase(let act): act.inputs.map(\.lot)
      default: []
      }
    guard !lots.isEmpty, lots.count <= Self.most else { return [] }
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load(Set(lots.map(StreamKey.lot)), into: &world, loaded: &loaded)
    let days = SeasonsOfActs.harvests(lots, in: world)
    try await loader.load(Set(days.keys.map(StreamKey.plot)), into: &world, loaded: &loaded)
    return SeasonsOfActs.views(days, in: world, catalogue)
  }
}
