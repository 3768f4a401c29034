import Ledger
import PostgreSQL

/// Commits of 1,000 events, beside binary COPY of as many rows of as many bytes into a table with
/// the same columns and indexes; in turn.
enum BulkTask {
  static func run(_ place: Place, _ numbers: Numbers) async throws -> [String: Double] {
    let rounds = numbers.get("commits", or: 60)
    let size = numbers.get("events", or: 1_000)
    let target = try await place.freshDatabase()
    let pool = Place.pool(target)
    let writer = try await Place.writer(pool)
    let floor = try await Session.connect(target)
    try await floor.script("CREATE TABLE copied (LIKE raiz.events INCLUDING ALL)")
    _ = try await writer.append(Events.large(number: -1, count: size, run: 1))
    let rows = try await LedgerReader(pool: pool, ledger: Place.ledger).events(
      from: 0, limit: size)
    var (ours, theirs) = (0.0, 0.0)
    for number in 0..<rounds {
      let request = try Events.large(number: number, count: size, run: 1)
      let began = ContinuousClock.now
      _ = try await writer.append(request)
      ours += Clock.seconds(since: began)
      let second = ContinuousClock.now
      try await copy(rows, number: number, floor)
      theirs += Clock.seconds(since: second)
    }
    await writer.close()
    await floor.close()
    await pool.close()
    try await place.drop(target)
    let total = Double(rounds * size)
    return ["events_per_second": total / ours, "floor_events_per_second": total / theirs]
  }

  private static func copy(
    _ rows: [RecordedEvent], number: Int, _ session: Session
  ) async throws {
    let hash = [UInt8](repeating: 7, count: 32)
    let first = Int64(number * rows.count)
    _ = try await session.copyIn(
      """
      COPY copied (ledger, position, stream, version, bytes, leaf_hash)
      FROM STDIN (FORMAT binary)
      """
    ) { writer in
      for (offset, row) in rows.enumerated() {
        try await writer.row {
          $0.append(Int64(1))
          $0.append(first + Int64(offset))
          $0.append("lot:IMP-1-\(number)-\(offset / Events.perStream)")
          $0.append(row.envelope.version)
          $0.append(row.bytes)
          $0.append(hash)
        }
      }
    }
  }
}
