import PostgreSQL
import ValueTypes

/// Recomputes everything a ledger claims, from the bytes of its events up.
///
/// Nothing stored is believed because it is stored: a superuser may have switched the triggers off.
/// What two of bytes, leaf hash, tile and signed checkpoint say against a third names the position.
public enum LedgerAudit {
  /// Audits the events there are now; those appended meanwhile are left for the next audit.
  ///
  /// The ledger's last commitment to the heads of its streams is held against the events; every
  /// one of them, each a pass over all streams, where `allHeads` asks for it.
  ///
  /// Memory is some megabytes, and 12 to 48 bytes a stream up to 24 MiB (36 while it grows); the
  /// database sorts where there are more streams. `progress` hears of positions done and in all.
  /// Throws only what reading throws; whatever is wrong with the ledger is in the report.
  public static func run(
    reader: LedgerReader, verifier: CheckpointVerifier,
    published: PublishedCheckpointFile? = nil, allHeads: Bool = false,
    progress: @Sendable (Int64, Int64) -> Void = { _, _ in }
  ) async throws -> AuditReport {
    try await run(
      reader: reader, verifier: verifier, published: published, allHeads: allHeads,
      steps: AuditSteps(), progress: progress)
  }

  static func run(
    reader: LedgerReader, verifier: CheckpointVerifier, published: PublishedCheckpointFile?,
    allHeads: Bool, steps: AuditSteps, progress: @Sendable (Int64, Int64) -> Void
  ) async throws -> AuditReport {
    let rows = try await reader.query(
      "SELECT size, root, frontier FROM raiz.ledgers WHERE ledger = \(reader.ledger)")
    guard let row = rows.first else { throw LedgerError.notFound(what: "ledger \(reader.name)") }
    let size: Int64 = try row.decode("size")
    let secret = Tally.Secret()
    var pass = AuditPass(
      report: AuditReport(ledger: reader.name, size: size), verifier: verifier, secret: secret,
      streamLimit: steps.streams)
    try takePublished(published, verifier, size, &pass)
    let walk = AuditWalk(reader: reader, size: size, steps: steps)
    try await walk.run(&pass) { _, done in progress(done, size) }
    pass.finish(
      root: try row.decode("root", as: [UInt8].self),
      frontier: try row.decode("frontier", as: [UInt8].self))
    var report = pass.report
    let tables = AuditTables(reader: reader, size: size, steps: steps)
    try await tables.check(pass, verifier, secret, &report)
    try await AuditHeads(reader: reader, size: size).check(&report, all: allHeads)
    return report
  }

  private static func takePublished(
    _ file: PublishedCheckpointFile?, _ verifier: CheckpointVerifier, _ size: Int64,
    _ pass: inout AuditPass
  ) throws {
    guard let note = try file?.load() else { return }
    let checkpoint: Checkpoint
    do {
      checkpoint = try verifier.open(note)
    } catch {
      pass.report.add(.publishedDiffers, at: nil, "the file outside the database: \(error)")
      return
    }
    guard checkpoint.size <= size else {
      pass.report.add(
        .publishedDiffers, at: size..<checkpoint.size,
        "published, and not in the database: it was set back")
      return
    }
    pass.published = checkpoint
  }
}
