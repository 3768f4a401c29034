import PostgreSQL
import ValueTypes

/// Recomputes everything a ledger claims, from the bytes of its events up.
///
/// Nothing stored is believed because it is stored: a superuser may have switched the triggers off.
/// What two of bytes, leaf hash, tile and signed checkpoint say against a third names the position.
public enum LedgerAudit {
  /// Positions read at a time: four tiles.
  private static let pageSize: Int64 = 1_024

  /// Audits the events there are now; those appended meanwhile are left for the next audit.
  ///
  /// The ledger's last commitment to the heads of its streams is held against the events; every
  /// one of them, each a pass over all streams, where `allHeads` asks for it.
  ///
  /// Memory does not grow with the ledger. `progress` hears of positions done and in all. Throws
  /// only what reading throws; whatever is wrong with the ledger is in the report.
  public static func run(
    reader: LedgerReader, verifier: CheckpointVerifier,
    published: PublishedCheckpointFile? = nil, allHeads: Bool = false,
    progress: @Sendable (Int64, Int64) -> Void = { _, _ in }
  ) async throws -> AuditReport {
    let rows = try await reader.query(
      "SELECT size, root, frontier FROM raiz.ledgers WHERE ledger = \(reader.ledger)")
    guard let row = rows.first else { throw LedgerError.notFound(what: "ledger \(reader.name)") }
    let size: Int64 = try row.decode("size")
    var pass = AuditPass(
      report: AuditReport(ledger: reader.name, size: size), verifier: verifier)
    try await takePublished(published, verifier, size, &pass)
    var start: Int64 = 0
    var next = load(from: 0, of: size, reader)
    defer { next?.cancel() }
    while let page = try await next?.value {
      try Task.checkCancellation()
      start = page.range.upperBound
      // The next page is read while this one is checked.
      next = load(from: start, of: size, reader)
      pass.check(page)
      try await checkKeys(of: &pass, reader)
      progress(start, size)
    }
    pass.finish(
      root: try row.decode("root", as: [UInt8].self),
      frontier: try row.decode("frontier", as: [UInt8].self))
    try await checkKeys(of: &pass, reader)
    var report = pass.report
    try await AuditTables(reader: reader, size: size).check(&report)
    try await AuditHeads(reader: reader, size: size).check(&report, all: allHeads)
    return report
  }

  private static func load(
    from start: Int64, of size: Int64, _ reader: LedgerReader
  ) -> Task<AuditPage, any Error>? {
    guard start < size else { return nil }
    return Task { try await AuditPage.load(start..<min(start + pageSize, size), reader) }
  }

  private static func takePublished(
    _ file: PublishedCheckpointFile?, _ verifier: CheckpointVerifier, _ size: Int64,
    _ pass: inout AuditPass
  ) async throws {
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

  /// Compares the commits that the pass has seen end with the recorded keys.
  private static func checkKeys(of pass: inout AuditPass, _ reader: LedgerReader) async throws {
    let runs = pass.takeRuns()
    guard !runs.isEmpty else { return }
    let rows = try await reader.query(
      """
      SELECT key, first_position, count, content FROM raiz.event_keys
      WHERE ledger = \(reader.ledger) AND key = ANY(\(runs.map(\.key.text)))
      """)
    var recorded: [CommitKey: (first: Int64, count: Int64, content: [UInt8])] = [:]
    for row in rows {
      recorded[try CommitKey(try row.decode("key"))] = (
        try row.decode("first_position"), try row.decode("count"), try row.decode("content")
      )
    }
    for run in runs {
      let place = run.first..<(run.first + run.count)
      guard let record = recorded[run.key] else {
        pass.report.add(.keyWrong, at: place, "\(run.key) is not recorded")
        continue
      }
      if record.first != run.first || record.count != run.count {
        pass.report.add(
          .keyWrong, at: place,
          "\(run.key) is recorded at \(record.first) with \(record.count) events")
      } else if !run.isTainted, record.content != run.content.digest.bytes {
        pass.report.add(.keyWrong, at: place, "\(run.key) is recorded with other content")
      }
    }
  }
}
