import Ledger
import PostgreSQL

/// One committer alone, beside single-row durable inserts through the same client; in turn, so that
/// both meet the same machine.
enum LatencyTask {
  static func run(_ place: Place, _ numbers: Numbers) async throws -> [String: Double] {
    let count = numbers.get("count", or: 1_000)
    let target = try await place.freshDatabase()
    let pool = Place.pool(target)
    let writer = try await Place.writer(pool)
    let floor = try await Session.connect(target)
    try await floor.script(
      "CREATE TABLE single (position bigint PRIMARY KEY, bytes bytea NOT NULL)")
    var ours: [Double] = []
    var theirs: [Double] = []
    let bytes = [UInt8](repeating: 0x61, count: 500)
    for number in 0..<(count + warmUp) {
      let request = try Events.commit(client: 0, number: number, run: 1)
      let began = ContinuousClock.now
      _ = try await writer.append(request)
      ours.append(Clock.seconds(since: began))
      let second = ContinuousClock.now
      try await floor.insertOne(Int64(number), bytes)
      theirs.append(Clock.seconds(since: second))
    }
    await writer.close()
    await floor.close()
    await pool.close()
    try await place.drop(target)
    return [
      "microseconds": median(ours), "floor_microseconds": median(theirs),
      "p99_microseconds": percentile(ours, 0.99),
      "floor_p99_microseconds": percentile(theirs, 0.99),
    ]
  }

  private static let warmUp = 50

  private static func median(_ values: [Double]) -> Double { percentile(values, 0.5) }

  private static func percentile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.dropFirst(warmUp).sorted()
    return sorted[Int(Double(sorted.count - 1) * share)] * 1e6
  }
}

extension Session {
  fileprivate func insertOne(_ position: Int64, _ bytes: [UInt8]) throws {
    try seal(["INSERT INTO single (position, bytes) VALUES (\(position), \(bytes))"])
    try collectPosted()
  }
}
