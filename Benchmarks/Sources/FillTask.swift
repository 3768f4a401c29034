import Ledger
import PostgreSQL

/// Fills a ledger and keeps its database, for the tasks that read. Goes on where it stands.
enum FillTask {
  static func run(_ place: Place, _ numbers: Numbers) async throws -> [String: Double] {
    let wanted = Int64(numbers.get("events", or: 100_000))
    if place.server.parameters["dbname"]?.hasPrefix("bench_") != true {
      throw Misuse("fill needs a database whose name begins with bench_")
    }
    let owner = try await Session.connect(place.server)
    try await Place.migrate(owner)
    await owner.close()
    let pool = Place.pool(place.server)
    let writer = try await Place.writer(pool)
    let reader = try await LedgerReader(pool: pool, ledger: Place.ledger)
    let before = try await reader.size()
    let start = ContinuousClock.now
    var size = before
    while size < wanted {
      let count = Int(min(1_000, wanted - size))
      let receipt = try await writer.append(
        Events.large(number: Int(size), count: count, run: 9))
      size = receipt.checkpointSize
    }
    let spent = Clock.seconds(since: start)
    await writer.close()
    await pool.close()
    return [
      "events": Double(size), "events_per_second": Double(size - before) / max(spent, 1e-9),
      "peak_mebibytes": Memory.peakMebibytes(),
    ]
  }
}
