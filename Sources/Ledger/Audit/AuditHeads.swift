import PostgreSQL
import ValueTypes

/// Holds what the ledger says of the heads of its streams against the events.
struct AuditHeads: Sendable {
  let reader: LedgerReader
  let size: Int64

  func check(_ report: inout AuditReport, all: Bool) async throws {
    let events = try await reader.events(ofStreams: [HeadsCommitted.stream()])
      .filter { $0.position < size }
    for event in all ? events[...] : events.suffix(1) { try await check(event, &report) }
  }

  private func check(_ event: RecordedEvent, _ report: inout AuditReport) async throws {
    let place = event.position..<(event.position + 1)
    let committed: HeadsCommitted
    do {
      guard let found = try HeadsCommitted(event) else { return }
      committed = found
    } catch {
      report.add(.headsWrong, at: place, "\(error)")
      return
    }
    if let fault = committed.contradiction(of: try await root(before: committed.size)) {
      report.add(.headsWrong, at: place, fault)
    }
  }

  /// Sorted by the database, so that memory does not grow with the streams.
  private func root(before size: Int64) async throws -> HeadsRootBuilder {
    try await reader.pool.repeatable { session in
      var builder = HeadsRootBuilder()
      try await session.forEachBatch(
        """
        SELECT sha256(convert_to(stream, 'UTF8')) AS key, version, position FROM (
          SELECT stream, max(version) AS version, max(position) AS position FROM raiz.events
          WHERE ledger = \(reader.ledger) AND position < \(size) GROUP BY stream
        ) AS heads ORDER BY 1
        """, size: 4_096
      ) { rows in
        for row in rows {
          guard let key = SHA256Digest(try row.decode(0, as: [UInt8].self)) else { continue }
          builder.append(
            StreamHead(key: key, version: try row.decode(1), lastPosition: try row.decode(2)))
        }
      }
      return builder
    }
  }
}
