import Ledger
import PostgreSQL

/// Reads every event of a filled ledger in order and decodes its envelope.
enum ReadTask {
  static func run(_ place: Place, _ numbers: Numbers) async throws -> [String: Double] {
    let pool = Place.pool(place.server)
    let reader = try await LedgerReader(pool: pool, ledger: Place.ledger)
    let size = try await reader.size()
    var (count, versions): (Int64, Int64) = (0, 0)
    let start = ContinuousClock.now
    try await reader.forEachBatch(from: 0, to: size) { batch in
      count += Int64(batch.count)
      for event in batch { versions += event.envelope.version }
    }
    let spent = Clock.seconds(since: start)
    guard count == size, versions >= count else { throw Misuse("events are missing") }
    await pool.close()
    return [
      "events_per_second": Double(size) / spent, "events": Double(size),
      "peak_mebibytes": Memory.peakMebibytes(),
    ]
  }
}
