import PostgreSQL
public import ValueTypes

/// A signed checkpoint as stored, with what witnesses said about it.
public struct StoredCheckpoint: Sendable, Equatable {
  public let size: Int64
  public let root: SHA256Digest
  /// The signed note: the ledger's signature, then the witnesses' lines.
  public let note: String
  /// Who cosigned; in the order of the note's lines.
  public let cosignatures: [Cosignature]

  /// The note with the ledger's signature alone.
  let ownNote: String

  /// - Parameter lines: signature lines, each with its line end.
  init(
    size: Int64, root: SHA256Digest, ownNote: String, lines: String
  ) throws(LedgerError) {
    self.size = size
    self.root = root
    self.ownNote = ownNote
    note = ownNote + lines
    cosignatures = try SignedNote(parsing: note).signatures.compactMap { signature in
      guard let parts = CosignatureFormat.split(signature.bytes) else { return nil }
      return Cosignature(
        witness: signature.name, keyID: signature.keyID, time: parts.time,
        line: SignedNote.line(
          name: signature.name, keyID: signature.keyID, signature: signature.bytes))
    }
  }

  init(_ row: Row) throws {
    let size: Int64 = try row.decode("size")
    guard let root = SHA256Digest(try row.decode("root", as: [UInt8].self)) else {
      throw LedgerError.inconsistent(size: size, reason: "the checkpoint's root is no hash")
    }
    try self.init(
      size: size, root: root, ownNote: try row.decode("note"), lines: try row.decode("lines"))
  }
}

extension LedgerReader {
  private static let checkpoints: StaticString = """
    SELECT c.size, c.root, c.note, (
      SELECT coalesce(string_agg(s.line, '' ORDER BY s.witness, s.key_id), '')
      FROM raiz.cosignatures s WHERE s.ledger = c.ledger AND s.size = c.size) AS lines
    FROM raiz.checkpoints c
    """

  /// The newest signed checkpoint, with the cosignatures there are; nil while the ledger is empty.
  public func newestCheckpoint() async throws -> StoredCheckpoint? {
    let rows = try await query(
      """
      \(literal: Self.checkpoints) WHERE c.ledger = \(ledger) ORDER BY c.size DESC LIMIT 1
      """)
    return try rows.first.map(StoredCheckpoint.init)
  }

  /// The checkpoint of exactly this size; nil if none was made.
  public func checkpoint(ofSize size: Int64) async throws -> StoredCheckpoint? {
    let rows = try await query(
      """
      \(literal: Self.checkpoints) WHERE c.ledger = \(ledger) AND c.size = \(size)
      """)
    return try rows.first.map(StoredCheckpoint.init)
  }

  /// The first checkpoint that covers a position; nil if none does yet.
  public func checkpoint(covering position: Int64) async throws -> StoredCheckpoint? {
    let rows = try await query(
      """
      \(literal: Self.checkpoints) WHERE c.ledger = \(ledger) AND c.size > \(position)
      ORDER BY c.size LIMIT 1
      """)
    return try rows.first.map(StoredCheckpoint.init)
  }

  /// The newest checkpoint that at least so many witnesses cosigned; nil if none is.
  public func cosignedCheckpoint(atLeast count: Int) async throws -> StoredCheckpoint? {
    guard count > 0 else { return try await newestCheckpoint() }
    let rows = try await query(
      """
      \(literal: Self.checkpoints) WHERE c.ledger = \(ledger) AND c.size = (
        SELECT size FROM raiz.cosignatures WHERE ledger = \(ledger)
        GROUP BY size HAVING count(DISTINCT witness) >= \(count) ORDER BY size DESC LIMIT 1)
      """)
    return try rows.first.map(StoredCheckpoint.init)
  }
}

extension Follower {
  /// Hands over the newest checkpoint, then each newer one; those overtaken while `handle` works
  /// are left out. Runs until the task is cancelled or something is wrong.
  public func runCheckpoints(
    _ handle: (StoredCheckpoint) async throws -> Void
  ) async throws {
    var size: Int64 = 0
    try await whileAwake {
      guard let newest = try await reader.newestCheckpoint(), newest.size > size else {
        return false
      }
      size = newest.size
      try await handle(newest)
      return true
    }
  }
}
