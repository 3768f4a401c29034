public import Ledger
public import PostgreSQL
public import Traceability

/// Folds the whole log again and holds every row of the read models against it.
public struct ProjectionAudit: Sendable {
  /// One row that does not say what the log says.
  public struct Difference: Sendable, Hashable, Codable, CustomStringConvertible {
    public let subject: String
    public let detail: String

    public var description: String { "\(subject): \(detail)" }
  }

  public struct Report: Sendable, Codable {
    public internal(set) var rows = 0
    public internal(set) var found = 0
    public internal(set) var differences: [Difference] = []

    public init() {}

    public var isSound: Bool { found == 0 }
  }

  private let pool: Pool
  private let reader: LedgerReader
  private let policy: Policy

  public init(pool: Pool, reader: LedgerReader, policy: Policy) {
    self.pool = pool
    self.reader = reader
    self.policy = policy
  }

  /// Compares as of the position that the projection has reached.
  ///
  /// The log is folded in memory, some kilobytes a lot and a plot.
  public func run() async throws -> Report {
    // One snapshot: rows that change meanwhile are not taken for wrong.
    try await pool.withSession { session in
      try await session.transaction(.repeatableRead) { session in
        let position = try await self.position(session)
        var world = World()
        var movements: [String: String] = [:]
        try await reader.forEachBatch(from: 0, to: position) { events in
          for event in events {
            try LedgerFold.apply(event, to: &world)
            guard event.envelope.stream.kind == "tank" else { continue }
            let fact = try LedgerFold.fact(of: event)
            for row in MovementRow.rows(of: fact, event, in: world) {
              movements[row.code] = row.says
            }
          }
        }
        for lot in world.lots.values {
          for row in MovementRow.rows(of: lot) { movements[row.code] = row.says }
        }
        var report = Report()
        let expected = try ExpectedRows(world, policy)
        try await self.compare(expected.lots, "lot", Self.lotRows, session, &report)
        try await self.compare(expected.plots, "plot", Self.plotRows, session, &report)
        try await self.compare(expected.shipments, "shipment", Self.shipmentRows, session, &report)
        try await self.compare(
          movements, "movement", Self.movementRows, session, &report)
        try await self.compare(expected.tanks, "tank", Self.tankRows, session, &report)
        try await self.compare(expected.findings, "finding", Self.findingRows, session, &report)
        return report
      }
    }
  }

  private func position(_ session: Session) async throws -> Int64 {
    let rows = try await session.query(
      """
      SELECT position FROM raiz_read.projections
      WHERE ledger = \(reader.ledger) AND name = \(Projector.name)
      """)
    return try rows.first?.decode(0, as: Int64.self) ?? 0
  }

  private typealias RowQuery = @Sendable (Int64) -> SQL

  private static let lotRows: RowQuery = { ledger in
    """
    SELECT code, concat_ws('|', product, holder, origin, coalesce(plot, '-'), created_grams,
      grams, coalesce(in_transit_to, '-'), own_rank, rank, unknown_grams, found_grams,
      (SELECT coalesce(string_agg(input || '=' || i.grams, ',' ORDER BY input COLLATE "C"), '')
        FROM raiz_read.lot_inputs i WHERE i.ledger = l.ledger AND i.lot = l.code)) AS says
    FROM raiz_read.lots l WHERE ledger = \(ledger)
    """
  }

  private static let plotRows: RowQuery = { ledger in
    """
    SELECT code, concat_ws('|', coalesce(producer, '-'), country, form, geometry_sha256,
      assessed, maps, own_rank) AS says
    FROM raiz_read.plots WHERE ledger = \(ledger)
    """
  }

  private static let shipmentRows: RowQuery = { ledger in
    """
    SELECT code, concat_ws('|', exporter, destination, state, own_rank, rank,
      (SELECT coalesce(string_agg(lot || '=' || c.grams, ',' ORDER BY load), '')
        FROM raiz_read.shipment_loads c WHERE c.ledger = s.ledger AND c.shipment = s.code))
      AS says
    FROM raiz_read.shipments s WHERE ledger = \(ledger)
    """
  }

  private static let movementRows: RowQuery = { ledger in
    """
    SELECT subject || '@' || version || '/' || line AS code, concat_ws('|', holder, product, day,
      place, kind, grams, coalesce(cause, '-')) AS says
    FROM raiz_read.movements WHERE ledger = \(ledger)
    """
  }

  private static let tankRows: RowQuery = { ledger in
    """
    SELECT code, concat_ws('|', holder, product, form, capacity_grams, grams,
      (extract(epoch FROM empty_since) * 1000000)::bigint) AS says
    FROM raiz_read.tanks WHERE ledger = \(ledger)
    """
  }

  private static let findingRows: RowQuery = { ledger in
    """
    SELECT code, concat_ws('|', kind, severity, array_to_string(subjects, ','),
      coalesce(outcome, '-'), status, coalesce(assignee, '-')) AS says
    FROM raiz_read.findings WHERE ledger = \(ledger)
    """
  }

  private func compare(
    _ expected: [String: String], _ kind: String, _ query: RowQuery, _ session: Session,
    _ report: inout Report
  ) async throws {
    var missing = expected
    var found = report
    try await session.forEachBatch(query(reader.ledger)) { rows in
      for row in rows {
        let code: String = try row.decode("code")
        let says: String = try row.decode("says")
        found.rows += 1
        let wanted = missing.removeValue(forKey: code)
        if wanted != says {
          found.note("\(kind):\(code)", "the table says «\(says)», the log «\(wanted ?? "—")»")
        }
      }
    }
    for (code, says) in missing.sorted(by: { $0.key < $1.key }) {
      found.note("\(kind):\(code)", "the table has no row, the log says «\(says)»")
    }
    report = found
  }
}

extension ProjectionAudit.Report {
  /// Adds a difference; the first thousand are listed, all are counted.
  public mutating func note(_ subject: String, _ detail: String) {
    found += 1
    if differences.count < 1_000 {
      differences.append(ProjectionAudit.Difference(subject: subject, detail: detail))
    }
  }
}
