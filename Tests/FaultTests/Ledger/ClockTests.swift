import PostgreSQL
import TestSupport
import Testing
import ValueTypes

@testable import Ledger

/// Clocks that disagree, and jump.
@Suite struct ClockTests {
  @Test func `given servers whose clocks differ and go back then recordedAt never decreases`()
    async throws
  {
    let target = try await TestServer.shared().database()
    try await FaultLedger.migrate(target)
    let ledger = try FaultLedger("clocks", in: target)
    var writers: [LedgerWriter] = []
    for hours in [-30, 0, 2] {
      let clock = LedgerClock(now: {
        let jump = Int64.random(in: -3_600_000_000...3_600_000_000)
        let moment = 1_780_000_000_000_000 + Int64(hours) * 3_600_000_000 + jump
        return Timestamp(microseconds: moment) ?? .ledgerEpoch
      })
      writers.append(try await ledger.writer(clock: clock))
    }
    let all = writers
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<9 {
        group.addTask {
          for number in 0..<15 {
            _ = try await all[lane % 3].append(
              FaultLedger.commit("\(lane)-\(number)", ["s:\(lane)"]))
          }
        }
      }
      try await group.waitForAll()
    }
    let times = try await ledger.reader().events(from: 0, limit: 1_000)
      .map(\.envelope.recordedAt.microseconds)
    #expect(times.count == 9 * 15)
    #expect(times == times.sorted())
    #expect(Set(times).count > 1)
    #expect(try await ledger.discrepancies() == [])
    for writer in writers { await writer.close() }
    await ledger.pool.close()
  }
}
