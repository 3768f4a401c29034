import Ledger
import PostgreSQL

/// Many committers of one-event commits at once, each waiting for its receipt.
enum AppendTask {
  static func run(_ place: Place, _ numbers: Numbers) async throws -> [String: Double] {
    let clients = numbers.get("clients", or: 64)
    let seconds = Double(numbers.get("seconds", or: 4))
    let target = try await place.freshDatabase()
    let pool = Place.pool(target)
    let writer = try await Place.writer(pool)
    // Opens sessions, makes partitions and plans.
    _ = try await commits(writer, clients: clients, seconds: 0.5, run: 0)
    let start = ContinuousClock.now
    let count = try await commits(writer, clients: clients, seconds: seconds, run: 1)
    let spent = Clock.seconds(since: start)
    await writer.close()
    let reader = try await LedgerReader(pool: pool, ledger: Place.ledger)
    guard try await reader.size() >= count else { throw Misuse("events are missing") }
    let checkpoints = try await batches(target)
    let bytes = try await reader.events(from: 0, limit: 100).reduce(0) { $0 + $1.bytes.count }
    await pool.close()
    try await place.drop(target)
    return [
      "commits_per_second": Double(count) / spent, "event_bytes": Double(bytes) / 100,
      "events_per_batch": checkpoints,
    ]
  }

  private static func commits(
    _ writer: LedgerWriter, clients: Int, seconds: Double, run: UInt32
  ) async throws -> Int {
    let end = ContinuousClock.now + .seconds(seconds)
    return try await withThrowingTaskGroup(of: Int.self) { group in
      for client in 0..<clients {
        group.addTask {
          var number = 0
          while ContinuousClock.now < end {
            _ = try await writer.append(
              Events.commit(client: client, number: number, run: run))
            number += 1
          }
          return number
        }
      }
      return try await group.reduce(0, +)
    }
  }

  private static func batches(_ target: ConnectionTarget) async throws -> Double {
    let session = try await Session.connect(target)
    let rows = try await session.query(
      "SELECT max(size)::float8 / count(*) FROM raiz.checkpoints")
    await session.close()
    return try rows[0].decode(0)
  }
}
