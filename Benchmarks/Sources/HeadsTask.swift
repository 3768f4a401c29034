import Ledger
import PostgreSQL
import ValueTypes

/// The map of heads while a ledger grows: what following costs an event at first and in the end,
/// what a commitment costs when little came, and what a proof of many streams costs.
enum HeadsTask {
  private static let step = 20_000
  private static let proven = 100

  static func run(_ place: Place, _ numbers: Numbers) async throws -> [String: Double] {
    let steps = max(4, numbers.get("events", or: 200_000) / step)
    let target = try await place.freshDatabase()
    let pool = Place.pool(target)
    let writer = try await Place.writer(pool)
    let reader = try await LedgerReader(pool: pool, ledger: Place.ledger)
    let keeper = HeadsKeeper(pool: pool, reader: reader)
    var spent: [Double] = []
    for number in 0..<steps {
      _ = try await writer.append(Events.large(number: number, count: step, run: 3))
      let began = ContinuousClock.now
      try await keeper.follow()
      spent.append(Clock.seconds(since: began) / Double(step) * 1e6)
    }
    let few = try await commitment(writer, keeper, steps)
    let proof = try await prove(keeper, few.heads)
    await writer.close()
    await pool.close()
    try await place.drop(target)
    // The first step makes the map.
    return [
      "first_microseconds_an_event": mean(spent[1...2]),
      "last_microseconds_an_event": mean(spent.suffix(2)), "streams": Double(few.heads.streams),
      "commitment_milliseconds": few.milliseconds, "proof_milliseconds": proof.milliseconds,
      "proof_items_a_stream": proof.items, "peak_mebibytes": Memory.peakMebibytes(),
    ]
  }

  private static func mean(_ values: ArraySlice<Double>) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// After fifty events, as before a bundle.
  private static func commitment(
    _ writer: LedgerWriter, _ keeper: HeadsKeeper, _ number: Int
  ) async throws -> (heads: HeadsCommitted, milliseconds: Double) {
    _ = try await writer.append(Events.large(number: number, count: 50, run: 3))
    guard let now = Timestamp(microseconds: 1_800_000_000_000_000) else {
      throw Misuse("the moment does not parse")
    }
    let began = ContinuousClock.now
    let commitment = try await keeper.commit(writer, recordedBy: "bench", now: now)
    return (commitment.heads, Clock.seconds(since: began) * 1e3)
  }

  private static func prove(
    _ keeper: HeadsKeeper, _ heads: HeadsCommitted
  ) async throws -> (items: Double, milliseconds: Double) {
    let streams = try (0..<proven).map { try StreamName("lot:IMP-3-\($0 % 4)-\($0)") }
    let began = ContinuousClock.now
    let proof = try await keeper.proof(of: streams, in: heads)
    let found = try proof.verify(streams, root: heads.root)
    let spent = Clock.seconds(since: began) * 1e3
    guard found.count == proven else { throw Misuse("streams are missing") }
    return (Double(proof.items.count) / Double(proven), spent)
  }
}
