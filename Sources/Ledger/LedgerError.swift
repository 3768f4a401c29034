/// Everything a ledger refuses or finds wrong, each with a stable `code`.
///
/// What the database itself reports passes through as the error of the PostgreSQL client.
public enum LedgerError: Error, Sendable, Equatable {
  /// A stream, key, type or other text that breaks its rules; `what` names the field.
  case malformed(what: String, reason: String)
  /// The stream is not at the version the commit expected.
  case conflict(stream: StreamName, expected: Int64, actual: Int64)
  /// The key was used before, for a commit with other content.
  case keyReused(key: CommitKey)
  /// The commit was to begin at a position that is taken.
  case moved(expected: Int64, found: Int64)
  case emptyCommit(key: CommitKey)
  case eventTooLarge(stream: StreamName, bytes: Int, limit: Int)
  case commitTooLarge(events: Int, limit: Int)
  case commitBytesTooLarge(bytes: Int, limit: Int)
  case attachmentTooLarge(bytes: Int, limit: Int)
  /// As many commits as may wait are waiting.
  case queueFull(limit: Int)
  /// The ledger's epoch changed: a restore or another server took the ledger over.
  case fenced(held: Int64, found: Int64)
  /// The tree is smaller than one already published.
  case rolledBack(published: Int64, found: Int64)
  /// The tree does not contain what was published, or does not fit its own hashes.
  case inconsistent(size: Int64, reason: String)
  /// The connection was lost and the outcome could not be asked for; repeat with the same key.
  case unsettled(key: CommitKey)
  /// Other writers kept moving the head for too many attempts.
  case contended(attempts: Int)
  /// Another server has been working on the map of heads for longer than could be waited.
  case headsBusy
  /// The ledger in the database belongs to another origin than the signing key.
  case originMismatch(stored: String, given: String)
  /// A position that must follow the one before it does not.
  case gap(expected: Int64, found: Int64)
  case notFound(what: String)
  case closed
  /// A proof, note, tile or envelope that does not parse or does not verify.
  case invalidProof(reason: String)
  case invalidNote(reason: String)
  case invalidKey(reason: String)
  case invalidTile(reason: String)
  case invalidEnvelope(reason: String)
  /// A file outside the database could not be read or written.
  case file(path: String, reason: String)
}

extension LedgerError: CustomStringConvertible {
  /// A short name that programs may compare; it never changes for a case.
  public var code: String {
    switch self {
    case .malformed: "malformed"
    case .conflict: "conflict"
    case .keyReused: "key-reused"
    case .moved: "moved"
    case .emptyCommit: "empty-commit"
    case .eventTooLarge: "event-too-large"
    case .commitTooLarge: "commit-too-large"
    case .commitBytesTooLarge: "commit-bytes-too-large"
    case .attachmentTooLarge: "attachment-too-large"
    case .queueFull: "queue-full"
    case .fenced: "fenced"
    case .rolledBack: "rolled-back"
    case .inconsistent: "inconsistent"
    case .unsettled: "unsettled"
    case .contended: "contended"
    case .headsBusy: "heads-busy"
    case .originMismatch: "origin-mismatch"
    case .gap: "gap"
    case .notFound: "not-found"
    case .closed: "closed"
    case .invalidProof: "invalid-proof"
    case .invalidNote: "invalid-note"
    case .invalidKey: "invalid-key"
    case .invalidTile: "invalid-tile"
    case .invalidEnvelope: "invalid-envelope"
    case .file: "file"
    }
  }

  public var description: String { "\(code): \(explanation)" }

  private var explanation: String {
    switch self {
    case .conflict, .keyReused, .emptyCommit, .eventTooLarge, .commitTooLarge,
      .commitBytesTooLarge, .attachmentTooLarge:
      refusal
    case .malformed(let what, let reason): "\(what) \(reason)"
    case .moved(let expected, let found):
      "the commit was decided for position \(expected) and the ledger is at \(found); decide anew"
    case .queueFull(let limit): "\(limit) commits are waiting already; try again shortly"
    case .fenced(let held, let found):
      "this server held epoch \(held) and the ledger is at \(found); restart it to take part again"
    case .rolledBack(let published, let found):
      "a checkpoint of \(published) events was published and the database holds \(found);"
        + " restore a newer backup, nothing is signed until then"
    case .inconsistent(let size, let reason): "at size \(size): \(reason)"
    case .unsettled(let key):
      "the connection was lost while \(key) was being committed; repeat it with the same key"
    case .contended(let attempts): "other writers moved the head \(attempts) times; try again"
    case .headsBusy: "another server is working on the map of heads; try again shortly"
    case .originMismatch(let stored, let given):
      "the ledger's origin is \(stored) and the signing key is for \(given)"
    case .gap(let expected, let found):
      "position \(expected) was due and \(found) came; run an audit"
    case .notFound(let what): "no \(what)"
    case .closed: "the writer is closed"
    case .invalidProof(let reason), .invalidNote(let reason), .invalidKey(let reason),
      .invalidTile(let reason), .invalidEnvelope(let reason):
      reason
    case .file(let path, let reason): "\(path): \(reason)"
    }
  }

  private var refusal: String {
    switch self {
    case .conflict(let stream, let expected, let actual):
      "\(stream) is at version \(actual), expected \(expected); load it again and decide anew"
    case .keyReused(let key): "\(key) was used for other content; use a new key"
    case .emptyCommit(let key): "\(key) has no events"
    case .eventTooLarge(let stream, let bytes, let limit):
      "an event of \(stream) takes \(bytes) bytes of at most \(limit); put the bulk in attachments"
    case .commitTooLarge(let events, let limit): "\(events) events of at most \(limit); split it"
    case .commitBytesTooLarge(let bytes, let limit):
      "\(bytes) bytes of at most \(limit); split it"
    case .attachmentTooLarge(let bytes, let limit): "\(bytes) bytes of at most \(limit)"
    default: code
    }
  }
}
