import Foundation
import Synchronization
import ValueTypes

@testable import Ledger

/// Appends without end, in several lanes; each commit is repeated under its key until it is
/// acknowledged.
final class Lanes: Sendable {
  private struct State {
    var isEnding = false
    var receipts: [String: CommitReceipt] = [:]
    var errors: [String] = []
  }

  private let state = Mutex(State())
  private let data: String

  /// - Parameter bytes: how much data each event holds.
  init(bytes: Int = 10) { data = "{\"x\":\"\(String(repeating: "x", count: bytes))\"}" }

  var receipts: [String: CommitReceipt] { state.withLock { $0.receipts } }
  /// What attempts failed with, each in its words.
  var errors: [String] { state.withLock { $0.errors } }

  func end() { state.withLock { $0.isEnding = true } }

  /// Returns after `end()`, when every begun commit is acknowledged.
  func run(_ count: Int, on writer: LedgerWriter) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<count {
        group.addTask {
          var number = 0
          while !self.state.withLock({ $0.isEnding }) {
            try await self.append("\(lane)-\(number)", "lane:\(lane)", writer)
            number += 1
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private func append(_ key: String, _ stream: String, _ writer: LedgerWriter) async throws {
    let deadline = ContinuousClock.now + .seconds(120)
    while true {
      do {
        let receipt = try await writer.append(FaultLedger.commit(key, [stream], data: data))
        state.withLock { $0.receipts[key] = receipt }
        return
      } catch {
        state.withLock { $0.errors.append("\(error)") }
        guard ContinuousClock.now < deadline else { throw error }
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  /// What is wrong in the ledger, against what was acknowledged.
  func problems(in reader: LedgerReader) async throws -> [String] {
    var problems: [String] = []
    var places: [String: [Int64]] = [:]
    let size = try await reader.size()
    try await reader.forEachBatch(from: 0, to: size) { batch in
      for event in batch { places[event.envelope.commit.text, default: []].append(event.position) }
    }
    for (key, receipt) in receipts where places[key] != [receipt.firstPosition] {
      problems.append("\(key): told \(receipt.firstPosition), found \(places[key] ?? [])")
    }
    if places.count != receipts.count { problems.append("\(places.count), \(receipts.count)") }
    return problems
  }
}
