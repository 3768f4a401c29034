import PostgreSQL
import Testing
import ValueTypes

@testable import Ledger

@Suite struct OrderTests {
  @Test func `sixteen committers and a tailing follower see one gap-free order`() async throws {
    try await TestLedger.with(sessions: 6) { ledger in
      let writer = try await ledger.writer()
      let reader = try await ledger.reader()
      let total = 16 * 25
      async let seen = tail(reader, until: total)
      let receipts = try await withThrowingTaskGroup(of: [CommitReceipt].self) { group in
        for committer in 0..<16 {
          group.addTask {
            var receipts: [CommitReceipt] = []
            for number in 0..<25 {
              receipts.append(
                try await writer.append(
                  Sample.commit(
                    "\(committer)-\(number)", ["lot:\(committer)"],
                    expecting: ["lot:\(committer)": Int64(number)])))
            }
            return receipts
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(Set(receipts.map(\.firstPosition)) == Set(0..<Int64(total)))
      let events = try await seen
      #expect(events.map(\.position) == Array(0..<Int64(total)))
      for receipt in receipts {
        #expect(events[Int(receipt.firstPosition)].envelope.commit == receipt.key)
        #expect(receipt.checkpointSize > receipt.firstPosition)
      }
      await writer.close()
      #expect(try await ledger.audit().isSound)
    }
  }

  private func tail(_ reader: LedgerReader, until total: Int) async throws -> [RecordedEvent] {
    struct Enough: Error {}
    var events: [RecordedEvent] = []
    do {
      try await Follower(reader: reader, poll: .milliseconds(200)).run(from: 0, batch: 64) {
        events += $0
        if events.count >= total { throw Enough() }
      }
    } catch is Enough {
      return events
    }
    return events
  }

  @Test func `several writers on one ledger keep one order`() async throws {
    try await TestLedger.with(sessions: 8) { ledger in
      let writers = [
        try await ledger.writer(), try await ledger.writer(), try await ledger.writer(),
      ]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, writer) in writers.enumerated() {
          for lane in 0..<4 {
            group.addTask {
              for number in 0..<15 {
                _ = try await writer.append(
                  Sample.commit("\(index)-\(lane)-\(number)", ["lot:\(index)", "lot:all"]))
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let report = try await ledger.audit()
      #expect(report.size == 360)
      #expect(report.discrepancies == [])
      for writer in writers { await writer.close() }
    }
  }

  @Test func `of twenty parallel appends to one stream exactly the recorded ones succeed`()
    async throws
  {
    try await TestLedger.with { ledger in
      let writers = [try await ledger.writer(), try await ledger.writer()]
      let successes = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<20 {
          group.addTask {
            let receipt = try? await writers[number % 2].append(
              Sample.commit("k\(number)", ["lot:1"], expecting: ["lot:1": 0]))
            return receipt != nil
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(successes == 1)
      #expect(try await ledger.reader().size() == 1)
      for writer in writers { await writer.close() }
    }
  }

  @Test func `a reader with an old snapshot never sees a hole`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      // A writing transaction held open elsewhere must not hold events back.
      let holder = try await Session.connect(ledger.target)
      try await holder.script("CREATE TABLE held (x int); BEGIN; INSERT INTO held VALUES (1)")
      let reader = try await ledger.reader()
      for number in 0..<20 {
        _ = try await writer.append(Sample.commit("\(number)", ["lot:1", "lot:2"]))
        let events = try await reader.events(from: 0, limit: 100)
        #expect(events.map(\.position) == Array(0..<Int64(2 * (number + 1))))
      }
      await holder.close()
      await writer.close()
    }
  }

  @Test func `a commit that still waits can be cancelled`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let blocker = try await Session.connect(ledger.target)
      try await blocker.script("BEGIN; SELECT * FROM raiz.ledgers FOR UPDATE")
      let first = Task { try await writer.append(Sample.commit("a", ["lot:1"])) }
      try await ledger.wait("an append to wait for the head") {
        try await ledger.number(
          """
          SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'
          """) == 1
      }
      let second = Task { try await writer.append(Sample.commit("b", ["lot:1"])) }
      try await Task.sleep(for: .milliseconds(100))
      second.cancel()
      await #expect(throws: CancellationError.self) { try await second.value }
      try await blocker.script("ROLLBACK")
      #expect(try await first.value.firstPosition == 0)
      await blocker.close()
      await writer.close()
      #expect(try await ledger.reader().size() == 1)
    }
  }
}
