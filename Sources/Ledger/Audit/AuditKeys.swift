import PostgreSQL
import ValueTypes

/// Compares the idempotency keys with the commits that the walk over the events has found.
struct AuditKeys: Sendable {
  let reader: LedgerReader
  let size: Int64
  let steps: AuditSteps

  /// Keys read at a time.
  private static let keysAtOnce = 1_000

  func check(
    _ commits: AuditCommits, _ verifier: CheckpointVerifier, _ secret: Tally.Secret,
    _ report: inout AuditReport
  ) async throws {
    let recorded = try await tally(secret)
    if recorded == commits.tally {
      // Of commits that came since, or are said to have.
      try await checkTargets(from: size, &report)
      return
    }
    try await checkCommits(verifier, secret, &report)
    try await checkTargets(from: .min, &report)
  }

  private func tally(_ secret: Tally.Secret) async throws -> Tally {
    let rows: SQL = """
      COPY (
        SELECT key, first_position, count, content FROM raiz.event_keys
        WHERE ledger = \(number: reader.ledger) AND first_position < \(number: size)
      ) TO STDOUT (FORMAT binary)
      """
    return try await reader.pool.repeatable { session in
      var sum = Tally(secret)
      try await session.forEachCopyPage(rows) { page in
        let bytes = page.bytes.span
        var cursor = CopyCursor()
        while try cursor.row(of: 4, in: bytes) {
          let key = try cursor.column(in: bytes) ?? 0..<0
          let first = try cursor.int64(in: bytes) ?? -1
          let count = try cursor.int64(in: bytes) ?? -1
          let content = try cursor.column(in: bytes) ?? 0..<0
          sum.add(bytes.extracting(key), first, count, digest: bytes.extracting(content))
        }
      }
      return sum
    }
  }

  /// Goes through all events again, to name the commits whose keys are missing or wrong.
  private func checkCommits(
    _ verifier: CheckpointVerifier, _ secret: Tally.Secret, _ report: inout AuditReport
  ) async throws {
    // Whatever else it finds is known.
    var again = AuditPass(
      report: AuditReport(ledger: reader.name, size: size), verifier: verifier, secret: secret,
      streamLimit: 0, listsCommits: true)
    try await AuditWalk(reader: reader, size: size, steps: steps).run(&again) { pass, _ in
      try await check(pass.commits.takeListed(), &report)
    }
    again.commits.end()
    try await check(again.commits.takeListed(), &report)
  }

  private func check(_ runs: [AuditCommits.Run], _ report: inout AuditReport) async throws {
    guard !runs.isEmpty else { return }
    let rows = try await reader.query(
      """
      SELECT key, first_position, count, content FROM raiz.event_keys
      WHERE ledger = \(reader.ledger) AND key = ANY(\(runs.map(\.key)))
      """)
    var recorded: [CommitKey: (first: Int64, count: Int64, content: [UInt8])] = [:]
    for row in rows {
      recorded[try CommitKey(try row.decode("key"))] = (
        try row.decode("first_position"), try row.decode("count"), try row.decode("content")
      )
    }
    for run in runs {
      let place = run.first..<(run.first + run.count)
      guard let record = recorded[try CommitKey(run.key)] else {
        report.add(.keyWrong, at: place, "\(run.key) is not recorded")
        continue
      }
      if record.first != run.first || record.count != run.count {
        report.add(
          .keyWrong, at: place,
          "\(run.key) is recorded at \(record.first) with \(record.count) events")
      } else if !run.isTainted, record.content != run.content.bytes {
        report.add(.keyWrong, at: place, "\(run.key) is recorded with other content")
      }
    }
  }

  /// Every key must be that of the event it points at.
  private func checkTargets(from start: Int64, _ report: inout AuditReport) async throws {
    var last = ""
    while true {
      let rows = try await reader.query(
        """
        SELECT k.key, k.first_position, e.bytes FROM raiz.event_keys k
        LEFT JOIN raiz.events e ON e.ledger = k.ledger AND e.position = k.first_position
        WHERE k.ledger = \(reader.ledger) AND k.key > \(last) AND k.first_position >= \(start)
        ORDER BY k.key LIMIT \(Self.keysAtOnce)
        """)
      for row in rows {
        let position: Int64 = try row.decode("first_position")
        last = try row.decode("key")
        let bytes: [UInt8]? = try row.decode("bytes")
        if let bytes, let envelope = try? EventEnvelope.parse(bytes),
          Name.equal(envelope.commit.text, last)
        {
          continue
        }
        report.add(
          .keyWrong, at: position..<(position + 1), "\(last) points at an event of another commit")
      }
      if rows.count < Self.keysAtOnce { return }
    }
  }
}
