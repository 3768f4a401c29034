import PostgreSQL
import ValueTypes

/// Compares the tables beside the events with the events. The database sorts and joins; here only
/// what differs arrives.
struct AuditTables: Sendable {
  let reader: LedgerReader
  let size: Int64

  /// Keys read at a time.
  private static let keysAtOnce = 1_000

  func check(_ report: inout AuditReport) async throws {
    try await checkSurplus(&report)
    try await checkVersions(&report)
    try await checkHeads(&report)
    try await checkKeys(&report)
    try await checkAttachments(&report)
  }

  /// Events beyond the head. A single statement sees head and events at one moment.
  private func checkSurplus(_ report: inout AuditReport) async throws {
    let rows = try await reader.query(
      """
      SELECT min(e.position), max(e.position) FROM raiz.events e
      JOIN raiz.ledgers l ON l.ledger = e.ledger
      WHERE e.ledger = \(reader.ledger) AND (e.position >= l.size OR e.position < 0)
      """)
    guard let row = rows.first, let first = try row.decode(0, as: Int64?.self),
      let last = try row.decode(1, as: Int64?.self)
    else { return }
    report.add(.headWrong, at: first..<(last + 1), "there are events beyond the head")
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

  /// Every key must be that of the event it points at; that every commit has its key was checked
  /// while walking.
  private func checkKeys(_ report: inout AuditReport) async throws {
    var last = ""
    while true {
      let rows = try await reader.query(
        """
        SELECT k.key, k.first_position, e.bytes FROM raiz.event_keys k
        LEFT JOIN raiz.events e ON e.ledger = k.ledger AND e.position = k.first_position
        WHERE k.ledger = \(reader.ledger) AND k.key > \(last)
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
