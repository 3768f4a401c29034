import Foundation
import Ledger
import PostgreSQL

/// What the same rows cost without a ledger: arrays of 100 into the same tables, one client, no
/// look-ups, no hashes, no tree, no signature.
enum ArrayFloor {
  static func run(_ place: Place, _ numbers: Numbers) async throws -> [String: Double] {
    let size = numbers.get("batch", or: 100)
    let target = try await place.freshDatabase()
    let session = try await Session.connect(target.with("options", "-c role=raiz_writer"))
    let hash = [UInt8](repeating: 7, count: 32)
    let bytes = [UInt8](repeating: 0x61, count: numbers.get("bytes", or: 500))
    let end = ContinuousClock.now + .seconds(numbers.get("seconds", or: 4))
    let start = ContinuousClock.now
    var next: Int64 = 0
    while ContinuousClock.now < end {
      let range = next..<(next + Int64(size))
      try await session.insert(range, bytes: bytes, hash: hash)
      next = range.upperBound
    }
    let spent = Clock.seconds(since: start)
    await session.close()
    try await place.drop(target)
    return ["events_per_second": Double(next) / spent]
  }
}

extension Session {
  fileprivate func insert(_ range: Range<Int64>, bytes: [UInt8], hash: [UInt8]) throws {
    let perStream = Int64(Events.perStream)
    let streams = range.map { "lot:ACO-1-0-\($0 / perStream)" }
    let heads = stride(from: range.lowerBound, to: range.upperBound, by: Int(perStream))
    let all = [[UInt8]](repeating: bytes, count: range.count)
    let hashes = [[UInt8]](repeating: hash, count: range.count)
    let ones = [Int64](repeating: 1, count: range.count)
    try seal([
      """
      WITH events AS (
        INSERT INTO raiz.events (ledger, position, stream, version, bytes, leaf_hash)
        SELECT 1, * FROM unnest(\(Array(range)), \(streams), \(range.map { $0 % perStream + 1 }),
          \(all), \(hashes))
      ), streams AS (
        INSERT INTO raiz.streams (ledger, stream, first_position)
        SELECT 1, * FROM unnest(\(heads.map { "lot:ACO-1-0-\($0 / perStream)" }), \(Array(heads)))
      )
      INSERT INTO raiz.event_keys (ledger, key, first_position, count, content, checkpoint_size)
      SELECT 1, *, \(range.upperBound) FROM unnest(\(range.map { "act:1-0-\($0)" }),
        \(Array(range)), \(ones), \(hashes))
      """
    ])
    try collectPosted()
  }
}
