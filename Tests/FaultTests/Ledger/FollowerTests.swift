import PostgreSQL
import TestSupport
import Testing

@testable import Ledger

/// Reading on after a long sleep.
@Suite struct FollowerTests {
  private struct Enough: Error {}

  @Test func `given a follower that sleeps while thousands are written then it misses none`()
    async throws
  {
    let target = try await TestServer.shared().database()
    try await FaultLedger.migrate(target)
    let ledger = try FaultLedger("sleep", in: target)
    let writer = try await ledger.writer()
    let reader = try await ledger.reader()
    let data = "{\"x\":\"\(String(repeating: "x", count: 500))\"}"
    func write(_ commits: Range<Int>) async throws {
      for number in commits {
        let streams = (0..<1_000).map { "s:\($0)" }
        _ = try await writer.append(FaultLedger.commit("\(number)", streams, data: data))
      }
    }
    try await write(0..<1)
    var position = try await follow(reader, from: 0, until: 500)
    #expect(position == 500)
    try await write(1..<20)
    position = try await follow(reader, from: position, until: 20_000)
    #expect(position == 20_000)
    // And goes on with what is written while it looks.
    async let more = follow(reader, from: position, until: 22_000)
    try await write(20..<22)
    #expect(try await more == 22_000)
    await writer.close()
    await ledger.pool.close()
  }

  /// Follows until it is at a position; answers where it was stopped. Checks order and batches.
  private func follow(
    _ reader: LedgerReader, from start: Int64, until end: Int64
  ) async throws -> Int64 {
    var next = start
    do {
      try await Follower(reader: reader, poll: .milliseconds(100)).run(from: start, batch: 250) {
        #expect($0.count <= 250)
        for event in $0 {
          #expect(event.position == next)
          next += 1
        }
        if next >= end { throw Enough() }
      }
    } catch is Enough {}
    return next
  }
}
