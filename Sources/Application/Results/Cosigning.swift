public import Ledger
public import ValueTypes

extension Raiz {
  /// The newest checkpoint with who cosigned it; nil while the ledger is empty.
  public func checkpoint() async throws -> StoredCheckpoint? {
    try await reader.newestCheckpoint()
  }

  /// Hands over the newest checkpoint, then newer ones, until the task is cancelled.
  public func followCheckpoints(
    _ handle: (StoredCheckpoint) async throws -> Void
  ) async throws {
    try await Follower(reader: reader).runCheckpoints(handle)
  }

  /// What a witness that knows `first` events is shown; empty where it knows none.
  public func consistency(
    from first: Int64, to second: Int64
  ) async throws -> [SHA256Digest] {
    guard first > 0 else { return [] }
    return try await reader.consistencyProof(from: first, to: second)
  }

  /// Keeps a cosignature that was verified.
  public func keep(_ cosignature: Cosignature, over checkpoint: StoredCheckpoint) async throws {
    try await CosignatureStore(reader: reader).add(cosignature, size: checkpoint.size)
  }
}
