import ValueTypes

/// One origin as a witness knows it: decides, keeps, then cosigns, one request after the other.
///
/// Its state is the note last cosigned, in a file of its own that is on disk before a cosignature
/// leaves: whatever happens after, no other tree of that size is cosigned.
public actor WitnessedLog {
  /// What a witness says about an origin.
  public struct State: Sendable {
    public let tree: WitnessedTree
    /// The checkpoint with the log's signatures and this witness's.
    public let note: String
  }

  public nonisolated let origin: String
  /// The lower-case hexadecimal SHA-256 of the origin.
  public nonisolated var originHash: String { Self.hash(of: origin) }
  private let keys: [CheckpointVerifier]
  private let cosigner: Cosigner
  private let file: String
  /// Where a contradiction signed by the log is kept: it is proof against it.
  private let evidence: String
  public private(set) var state: State?

  /// - Parameters:
  ///   - keys: the trusted keys; all of this origin.
  ///   - folder: where the state's file is, named by the origin's SHA-256.
  /// - Throws: `file`, and `invalidNote` for a state that neither the log nor this witness signed.
  init(
    origin: String, keys: [CheckpointVerifier], cosigner: Cosigner, folder: String
  ) throws(LedgerError) {
    self.origin = origin
    self.keys = keys
    self.cosigner = cosigner
    let stem = folder + "/" + Self.hash(of: origin)
    file = stem + ".checkpoint"
    evidence = stem + ".split-view"
    guard let bytes = try DurableFile.read(file, limit: SignedNote.maximumBytes) else { return }
    state = try Self.load(
      String(decoding: bytes, as: UTF8.self), file, origin: origin, keys: keys,
      own: cosigner.verifier)
  }

  /// The lower-case hexadecimal SHA-256 of an origin.
  static func hash(of origin: String) -> String {
    MerkleTree.digest(Array(origin.utf8)).description
  }

  private static func load(
    _ text: String, _ path: String, origin: String, keys: [CheckpointVerifier],
    own: CosignatureVerifier
  ) throws(LedgerError) -> State {
    let note = try SignedNote(parsing: text)
    let isLogs = note.signatures.contains { signature in
      keys.contains { $0.isSigner(of: signature) && $0.isValid(signature.bytes, for: note.text) }
    }
    let isOwn = try own.cosignature(in: note) != nil
    let checkpoint = try Checkpoint(body: note.text)
    guard Name.equal(checkpoint.origin, origin), isLogs || isOwn else {
      throw .invalidNote(
        reason: "\(path) is signed neither by a known key of \(origin) nor by this witness;"
          + " put back the right file or key")
    }
    return State(tree: WitnessedTree(size: checkpoint.size, root: checkpoint.root), note: text)
  }

  /// The cosignature over a request's checkpoint, the new state durable before it is returned.
  ///
  /// - Parameter time: seconds since 1970-01-01T00:00:00Z.
  /// - Throws: `WitnessRefusal`; `LedgerError` where the state cannot be written.
  func cosign(
    _ request: AddCheckpointRequest, note: SignedNote, time: Int64
  ) throws -> Cosignature {
    let accepted: WitnessDecision.Accepted
    do {
      accepted = try WitnessDecision.decide(request, note: note, known: state?.tree, keys: keys)
    } catch {
      if case .splitView = error { try keepEvidence(request.checkpoint) }
      throw error
    }
    let cosignature = try cosigner.cosign(body: accepted.body, time: time)
    // The same tree again changes nothing that has to be kept.
    if state?.tree != accepted.tree {
      let next = State(tree: accepted.tree, note: accepted.note + cosignature.line)
      try DurableFile.replace(file, with: Array(next.note.utf8), mode: 0o644)
      state = next
    }
    return cosignature
  }

  /// Both notes, the cosigned and the offered; only the first contradiction is kept.
  private func keepEvidence(_ offered: String) throws(LedgerError) {
    let text = (state?.note ?? "") + "\n" + offered
    _ = try DurableFile.create(evidence, Array(text.utf8), mode: 0o644)
  }
}
