import Foundation
public import Ledger
import ReadModels
public import Traceability
public import ValueTypes

/// Takes one act: loads what it names, decides, appends.
public struct CommandHandler: Sendable {
  let writer: LedgerWriter
  let reader: LedgerReader
  let loader: WorldLoader
  let catalogue: Catalogue
  let policy: Policy
  let now: @Sendable () -> Timestamp

  private static let attempts = 8

  /// Records an act, or throws the `Refusal` that says why not.
  ///
  /// When somebody else wrote to the same streams in between, it is decided again on what is
  /// there now: the loser of two draws learns what is left. `key` makes a repetition harmless: it
  /// gets the receipt of the first time, whatever became of the goods since.
  public func record(
    _ command: Command, occurredAt: Timestamp, key: String?, recordedBy: String
  ) async throws -> CommitReceipt {
    let commitKey = try CommitKey(key ?? "act:" + UUID().uuidString.lowercased())
    do {
      return try await decideAndAppend(
        command, occurredAt: occurredAt, key: commitKey, recordedBy: recordedBy)
    } catch  where key != nil && Self.mayBeRepetition(error) {
      guard
        let request = try await decidedAsBefore(
          command, occurredAt: occurredAt, key: commitKey, recordedBy: recordedBy)
      else { throw error }
      // The writer compares its content with what is recorded under the key.
      return try await writer.append(request)
    }
  }

  private func decideAndAppend(
    _ command: Command, occurredAt: Timestamp, key: CommitKey, recordedBy: String
  ) async throws -> CommitReceipt {
    for attempt in 1... {
      do {
        let request = try await decided(
          command, occurredAt: occurredAt, key: key, recordedBy: recordedBy)
        return try await writer.append(request)
      } catch let error as LedgerError where error.isConflict && attempt < Self.attempts {
        continue
      }
    }
    throw ApplicationError.busy(command.subject)
  }

  /// A repeated act meets its own effects: what it draws is gone, what it opens is there.
  private static func mayBeRepetition(_ error: any Error) -> Bool {
    if case LedgerError.keyReused = error { return true }
    return error is Refusal
  }

  /// The request as it was when the key was recorded; nil if it never was, or this act could not
  /// have been recorded then.
  private func decidedAsBefore(
    _ command: Command, occurredAt: Timestamp, key: CommitKey, recordedBy: String
  ) async throws -> CommitRequest? {
    guard let position = try await reader.position(of: key) else { return nil }
    do {
      return try await decided(
        command, occurredAt: occurredAt, key: key, recordedBy: recordedBy, before: position)
    } catch is Refusal {
      return nil
    }
  }

  private func decided(
    _ command: Command, occurredAt: Timestamp, key: CommitKey, recordedBy: String,
    before limit: Int64? = nil
  ) async throws -> CommitRequest {
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.close(&world, loaded: &loaded, before: limit) {
      command.streams(knowing: $0)
    }
    let context = DecisionContext(now: now(), catalogue: catalogue, policy: policy)
    let events = try decide(command, occurredAt: occurredAt, in: world, by: context)
    var expectations: [StreamName: Int64] = [:]
    // Every stream that was read, written or not: the decision rests on all of them.
    for stream in loaded {
      expectations[try StreamName(stream.description)] = world.version(of: stream)
    }
    return CommitRequest(
      key: key, recordedBy: recordedBy, expectations: expectations,
      events: try events.map { try EventDraft($0) })
  }
}

extension LedgerError {
  /// Somebody else wrote to one of the streams first.
  var isConflict: Bool {
    if case .conflict = self { true } else { false }
  }
}
