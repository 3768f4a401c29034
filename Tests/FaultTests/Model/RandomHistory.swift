import PostgreSQL
import Synchronization
import ValueTypes

@testable import Ledger

/// Clients that commit at random to one small ledger, through one to three writers.
struct RandomHistory {
  private static let streams = ["a:1", "b:2", "c:3"]

  let ledger: FaultLedger
  let writers: Int
  let clients: Int
  let callsOfEach: Int
  /// Whether connections are cut meanwhile.
  let isDisturbed: Bool

  init(_ ledger: FaultLedger, using random: inout some RandomNumberGenerator) {
    self.ledger = ledger
    writers = Int.random(in: 1...3, using: &random)
    clients = Int.random(in: 2...5, using: &random)
    callsOfEach = Int.random(in: 3...7, using: &random)
    isDisturbed = Int.random(in: 0..<5, using: &random) == 0
  }

  func run() async throws -> History {
    var open: [LedgerWriter] = []
    for _ in 0..<writers { open.append(try await ledger.writer()) }
    let (writers, clock) = (open, Moments())
    let disturbance = isDisturbed ? Task { try await disturb() } : nil
    let calls = await withTaskGroup(of: [History.Call].self) { group in
      for client in 0..<clients {
        group.addTask {
          var calls: [History.Call] = []
          for _ in 0..<callsOfEach {
            let commit = randomCommit()
            let began = clock.next()
            let answer = await ask(commit, writers[client % writers.count])
            calls.append(
              History.Call(commit: commit, began: began, ended: clock.next(), answer: answer))
          }
          return calls
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    disturbance?.cancel()
    _ = await disturbance?.result
    for writer in writers { await writer.close() }
    return History(calls: calls, log: try await log())
  }

  /// Few keys, streams and contents, so that commits get in one another's way.
  private func randomCommit() -> ModelLedger.Commit {
    let streams = Self.streams.shuffled().prefix(Int.random(in: 1...2)).sorted()
    var expectations: [String: Int64] = [:]
    for stream in Self.streams where Int.random(in: 0..<3) == 0 {
      expectations[stream] = Int64.random(in: 0...3)
    }
    return ModelLedger.Commit(
      key: "k\(Int.random(in: 0..<12))", streams: streams,
      data: "{\"n\":\(Int.random(in: 0..<2))}", expectations: expectations)
  }

  private func ask(
    _ commit: ModelLedger.Commit, _ writer: LedgerWriter
  ) async -> ModelLedger.Answer {
    do {
      let receipt = try await writer.append(
        FaultLedger.commit(
          commit.key, commit.streams, data: commit.data, expecting: commit.expectations))
      return receipt.duplicate
        ? .duplicate(at: receipt.firstPosition) : .accepted(at: receipt.firstPosition)
    } catch LedgerError.conflict(let stream, let expected, let actual) {
      return .conflict(stream: stream.text, expected: expected, actual: actual)
    } catch LedgerError.keyReused {
      return .keyReused
    } catch {
      return .unknown
    }
  }

  private func disturb() async throws {
    let session = try await Session.connect(ledger.target)
    // Each cut costs its writer a pause that doubles: a few are enough for one history.
    for _ in 0..<3 where !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(Int.random(in: 3...25)))
      _ = try? await session.execute(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = \(ledger.name) ORDER BY random() LIMIT 1
        """)
    }
    await session.close()
  }

  private func log() async throws -> [(key: String, data: String, count: Int)] {
    let reader = try await ledger.reader()
    var log: [(key: String, data: String, count: Int)] = []
    for event in try await reader.events(from: 0, limit: 10_000) {
      let key = event.envelope.commit.text
      if log.last?.key == key {
        log[log.count - 1].count += 1
      } else {
        log.append((key, String(decoding: event.envelope.data, as: UTF8.self), 1))
      }
    }
    return log
  }
}

/// Numbers the moments at which things begin and end.
private final class Moments: Sendable {
  private let count = Atomic(0)

  func next() -> Int { count.add(1, ordering: .sequentiallyConsistent).newValue }
}
