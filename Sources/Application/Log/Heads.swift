public import Ledger
import ValueTypes

/// Where a stream stands, or that it does not exist, with what proves it.
public struct StreamHeadProof: Sendable, Codable {
  public let stream: String
  /// Nil where the stream does not exist.
  public let head: StreamHead?
  /// The position of the event that commits to the map, the last one under the checkpoint.
  public let position: Int64
  public let root: String
  /// `docs/ledger.md` says how to read the items.
  public let proof: [String]
  public let checkpoint: String
}

extension Raiz {
  /// Lets the ledger commit to the heads of all its streams, unless nothing came since it last did.
  /// Throws `headsBusy` where another server is at it for longer than `patience`.
  @discardableResult
  public func commitHeads(
    patience: Duration = HeadsKeeper.patience
  ) async throws -> HeadsKeeper.Commitment {
    do {
      return try await heads.commit(
        writer, recordedBy: "raiz", now: settings.now(), patience: patience)
    } catch LedgerError.headsBusy {
      throw ApplicationError.headsBusy
    }
  }

  /// Commits again and again, where something came, until the task is cancelled. Throws
  /// `headsBusy` without waiting: the other server commits to the same events.
  public func keepHeads(every pause: Duration) async throws {
    while true {
      try await Task.sleep(for: pause)
      // An empty ledger has nothing to commit to.
      if try await reader.size() > 0 { try await commitHeads(patience: .zero) }
    }
  }

  /// Proves where a stream stands now.
  public func head(of name: String) async throws -> StreamHeadProof {
    let stream = try StreamName(name)
    let commitment = try await commitHeads()
    let proof = try await heads.proof(of: [stream], in: commitment.heads)
    let found = try proof.verify([stream], root: commitment.heads.root)
    return StreamHeadProof(
      stream: stream.text, head: found[stream], position: commitment.event.position,
      root: "\(commitment.heads.root)", proof: proof.items.map(\.text),
      checkpoint: commitment.checkpoint.note)
  }
}
