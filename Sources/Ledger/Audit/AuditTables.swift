import PostgreSQL
import ValueTypes

/// Compares the tables beside the events with the events.
///
/// Each is read once, in whatever order it lies, and compared with what the walk over the events
/// has added up. Only where that differs the database sorts and joins, to name what differs.
struct AuditTables: Sendable {
  let reader: LedgerReader
  let size: Int64
  let steps: AuditSteps

  func check(
    _ pass: AuditPass, _ verifier: CheckpointVerifier, _ secret: Tally.Secret,
    _ report: inout AuditReport
  ) async throws {
    try await checkSurplus(&report)
    if pass.streams.needsLook { try await checkVersions(&report) }
    let streams = try await tallyStreams(secret)
    if streams.sum != pass.begun || streams.hasLater { try await checkHeads(&report) }
    let keys = AuditKeys(reader: reader, size: size, steps: steps)
    try await keys.check(pass.commits, verifier, secret, &report)
    try await checkAttachments(&report)
  }

  /// Events beyond the head. A single statement sees head and events at one moment.
  private func checkSurplus(_ report: inout AuditReport) async throws {
    let rows = try await reader.query(
      """
      SELECT min(e.position), max(e.position)
      FROM raiz.ledgers l CROSS JOIN LATERAL (
        SELECT position FROM raiz.events WHERE ledger = l.ledger AND position >= l.size
        UNION ALL
        SELECT position FROM raiz.events WHERE ledger = l.ledger AND position < 0
      ) AS e
      WHERE l.ledger = \(reader.ledger)
      """)
    guard let row = rows.first, let first = try row.decode(0, as: Int64?.self),
      let last = try row.decode(1, as: Int64?.self)
    else { return }
    report.add(.headWrong, at: first..<(last + 1), "there are events beyond the head")
  }

  /// The streams that begin before the end of the walk, and whether there are others.
  private func tallyStreams(
    _ secret: Tally.Secret
  ) async throws -> (sum: Tally, hasLater: Bool) {
    let rows: SQL = """
      COPY (
        SELECT stream, first_position FROM raiz.streams WHERE ledger = \(number: reader.ledger)
      ) TO STDOUT (FORMAT binary)
      """
    return try await reader.pool.repeatable { session in
      var sum = Tally(secret)
      var hasLater = false
      try await session.forEachCopyPage(rows) { page in
        let bytes = page.bytes.span
        var cursor = CopyCursor()
        while try cursor.row(of: 2, in: bytes) {
          let stream = try cursor.column(in: bytes) ?? 0..<0
          let position = try cursor.int64(in: bytes) ?? -1
          if position < size {
            sum.add(bytes.extracting(stream), position)
          } else {
            hasLater = true
          }
        }
      }
      return (sum, hasLater)
    }
  }

  private func checkVersions(_ report: inout AuditReport) async throws {
    let rows = try await reader.query(
      """
      SELECT stream, version, previous, position FROM (
        SELECT stream, version, position,
          coalesce(lag(version) OVER (PARTITION BY stream ORDER BY position), 0) AS previous
        FROM raiz.events WHERE ledger = \(reader.ledger)
      ) AS v
      WHERE version <> previous + 1 ORDER BY position LIMIT \(AuditReport.maximumKept)
      """)
    for row in rows {
      let position: Int64 = try row.decode("position")
      let (stream, version) = (try row.decode("stream", as: String.self), try int("version", row))
      report.add(
        .streamWrong, at: position..<(position + 1),
        "\(stream) goes from version \(try int("previous", row)) to \(version)")
    }
  }

  private func int(_ column: String, _ row: Row) throws -> Int64 { try row.decode(column) }

  private func checkHeads(_ report: inout AuditReport) async throws {
    let rows = try await reader.query(
      """
      SELECT coalesce(e.stream, s.stream) AS stream, e.position, s.first_position
      FROM (
        SELECT stream, position FROM raiz.events
        WHERE ledger = \(reader.ledger) AND version = 1
      ) AS e
      FULL JOIN (SELECT * FROM raiz.streams WHERE ledger = \(reader.ledger)) AS s
        ON s.stream = e.stream
      WHERE e.position IS DISTINCT FROM s.first_position
      ORDER BY 1 LIMIT \(AuditReport.maximumKept)
      """)
    for row in rows {
      let begins: Int64? = try row.decode("position")
      let said: Int64? = try row.decode("first_position")
      let stream: String = try row.decode("stream")
      let place = begins ?? said ?? 0
      report.add(
        .streamWrong, at: place..<(place + 1),
        "\(stream) begins at \(begins.map(String.init) ?? "no event"), its row says"
          + " \(said.map(String.init) ?? "nothing")")
    }
  }

  private func checkAttachments(_ report: inout AuditReport) async throws {
    let rows = try await reader.query(
      """
      SELECT encode(digest, 'hex') FROM raiz.attachments
      WHERE ledger = \(reader.ledger) AND digest <> sha256(bytes) ORDER BY 1
      LIMIT \(AuditReport.maximumKept)
      """)
    for row in rows {
      report.add(
        .attachmentChanged, at: nil,
        "\(try row.decode(0, as: String.self)) holds bytes with another digest")
    }
  }
}
