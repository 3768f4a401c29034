import PostgreSQL
import ValueTypes

/// What is checked before a server may sign.
struct WriterOpening: Sendable {
  let head: LedgerHead
  let tail: TreeTail
  /// The newest checkpoint; nil while the ledger is empty.
  let note: String?

  static func open(
    _ session: Session, name: String, signer: CheckpointSigner,
    published: PublishedCheckpointFile?
  ) async throws -> WriterOpening {
    try await session.execute(
      """
      INSERT INTO raiz.ledgers (name, origin) VALUES (\(name), \(signer.name))
      ON CONFLICT DO NOTHING
      """)
    let ids = try await session.query("SELECT ledger FROM raiz.ledgers WHERE name = \(name)")
    guard let ledger = try ids.first?.decode(0, as: Int64.self) else {
      // The name is free, so the origin must be taken.
      throw LedgerError.originMismatch(stored: "that of another ledger", given: signer.name)
    }
    return try await session.transaction(.repeatableRead) { session in
      let rows = try await session.query(LedgerHead.query(ledger: ledger))
      guard let row = rows.first else { throw LedgerError.notFound(what: "ledger \(name)") }
      let head = try LedgerHead(row)
      guard Name.equal(head.origin, signer.name) else {
        throw LedgerError.originMismatch(stored: head.origin, given: signer.name)
      }
      try await checkPublished(published, head, signer.verifier, session)
      let tail = try await TreeStore(ledger: ledger).tail(at: head, session)
      let note = try await newestNote(head, signer.verifier, session)
      return WriterOpening(head: head, tail: tail, note: note)
    }
  }

  /// Sunlight's rule: never sign a tree smaller than, or inconsistent with, what was published.
  private static func checkPublished(
    _ file: PublishedCheckpointFile?, _ head: LedgerHead, _ verifier: CheckpointVerifier,
    _ session: Session
  ) async throws {
    guard let note = try file?.load() else { return }
    let published = try verifier.open(note)
    guard head.size >= published.size else {
      throw LedgerError.rolledBack(published: published.size, found: head.size)
    }
    let root = try await TreeStore(ledger: head.ledger).root(of: published.size, session)
    guard root == published.root else {
      throw LedgerError.inconsistent(
        size: published.size, reason: "the published checkpoint is of another tree")
    }
  }

  private static func newestNote(
    _ head: LedgerHead, _ verifier: CheckpointVerifier, _ session: Session
  ) async throws -> String? {
    guard head.size > 0 else { return nil }
    let rows = try await session.query(
      """
      SELECT note FROM raiz.checkpoints WHERE ledger = \(head.ledger) AND size = \(head.size)
      """)
    guard let note = try rows.first?.decode(0, as: String.self) else {
      throw LedgerError.inconsistent(size: head.size, reason: "the head has no checkpoint")
    }
    let checkpoint = try verifier.open(note)
    guard checkpoint.size == head.size, checkpoint.root == head.root else {
      throw LedgerError.inconsistent(
        size: head.size, reason: "the newest checkpoint is of another tree")
    }
    return note
  }
}
