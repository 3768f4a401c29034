import Foundation
import PostgreSQL
import TestSupport
import Testing

@testable import Ledger

/// The real ledger against the model of it.
@Suite struct HistoryTests {
  private static let shortForm = 120
  private static let atOnce = 4

  @Test func `given random interleavings of commits then one order explains every answer`()
    async throws
  {
    let asked = ProcessInfo.processInfo.environment["RAIZ_HISTORIES"].flatMap { Int($0) }
    let target = try await TestServer.shared().database()
    try await FaultLedger.migrate(target)
    let kinds = try await withThrowingTaskGroup(of: [String: Int].self) { group in
      for lane in 0..<Self.atOnce {
        group.addTask {
          var kinds: [String: Int] = [:]
          for number in 0..<((asked ?? Self.shortForm) / Self.atOnce) {
            for (kind, count) in try await history("h-\(lane)-\(number)", in: target) {
              kinds[kind, default: 0] += count
            }
          }
          return kinds
        }
      }
      return try await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }
    // Histories in which nothing ever collides would show nothing.
    for kind in ["accepted", "duplicate", "conflict", "keyReused"] {
      #expect(kinds[kind, default: 0] > Self.shortForm / 4, "\(kinds)")
    }
  }

  /// How many answers of each kind it had.
  private func history(
    _ name: String, in target: ConnectionTarget
  ) async throws -> [String: Int] {
    var random = SystemRandomNumberGenerator()
    let ledger = try FaultLedger(name, in: target)
    let plan = RandomHistory(ledger, using: &random)
    let history = try await plan.run()
    #expect(history.problems() == [], "\(name): \(history)")
    // An audit takes longer than the history: some will do.
    if name.hasSuffix("0") { #expect(try await ledger.discrepancies() == [], "\(name)") }
    await ledger.pool.close()
    return history.calls.reduce(into: [:]) { kinds, call in
      let kind = "\(call.answer)".prefix { $0.isLetter }
      kinds[String(kind), default: 0] += 1
    }
  }

  @Test func `given histories that went wrong then each is seen`() {
    let commit = ModelLedger.Commit(
      key: "k", streams: ["a"], data: "{}", expectations: ["a": 0])
    let other = ModelLedger.Commit(
      key: "l", streams: ["a"], data: "{}", expectations: ["a": 0])
    func call(
      _ commit: ModelLedger.Commit, _ began: Int, _ ended: Int, _ answer: ModelLedger.Answer
    ) -> History.Call {
      History.Call(commit: commit, began: began, ended: ended, answer: answer)
    }
    let first = call(commit, 1, 2, .accepted(at: 0))
    let log = [(key: "k", data: "{}", count: 1)]
    #expect(History(calls: [first], log: log).problems() == [])
    let lost = History(calls: [first], log: [])
    let doubled = History(calls: [first], log: log + log)
    let stale = History(
      calls: [first, call(other, 3, 4, .accepted(at: 1))],
      log: log + [(key: "l", data: "{}", count: 1)])
    let invented = History(
      calls: [first, call(other, 3, 4, .conflict(stream: "a", expected: 0, actual: 2))], log: log)
    let late = History(calls: [first, call(commit, 3, 4, .keyReused)], log: log)
    let reversed = History(
      calls: [
        call(other, 3, 4, .conflict(stream: "a", expected: 0, actual: 1)),
        call(commit, 5, 6, .accepted(at: 0)),
      ], log: log)
    for wrong in [lost, doubled, stale, invented, late, reversed] {
      #expect(wrong.problems() != [], "\(wrong)")
    }
  }
}
