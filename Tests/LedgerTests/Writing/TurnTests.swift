import Synchronization
import Testing

@testable import Ledger

/// Servers that write one ledger at the same time.
@Suite struct TurnTests {
  @Test func `a large commit gets its turn, though another server writes without a pause`()
    async throws
  {
    try await TestLedger.with(sessions: 8) { ledger in
      let busy = try await ledger.writer()
      // A batch that lost so often as this is refused.
      var limits = WriterLimits()
      limits.headMoves = 8
      let slow = try await ledger.writer(limits: limits)
      let ending = Ending()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for lane in 0..<8 {
          group.addTask {
            var number = 0
            while !ending.isSet {
              _ = try await busy.append(Sample.commit("\(lane)-\(number)", ["lot:\(lane)"]))
              number += 1
            }
          }
        }
        group.addTask {
          defer { ending.set() }
          for number in 0..<4 {
            let streams = (0..<1_500).map { "plot:\(number)-\($0)" }
            _ = try await slow.append(Sample.commit("large-\(number)", streams))
            _ = try await slow.append(Sample.commit("small-\(number)", ["plot:\(number)-0"]))
          }
        }
        try await group.waitForAll()
      }
      await busy.close()
      await slow.close()
      #expect(try await ledger.audit().discrepancies == [])
    }
  }
}

private final class Ending: Sendable {
  private let state = Mutex(false)

  var isSet: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }
}
