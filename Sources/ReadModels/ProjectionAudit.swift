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
  ///
  /// - Parameter progress: how many events are folded, and of how many.
  public func run(
    progress: @Sendable (Int64, Int64) -> Void = { _, _ in }
  ) async throws -> Report {
    // Most of the log is folded before there is a snapshot: that of a large ledger takes minutes, and
    // the database would end a transaction that is idle for so long.
    var fold = Fold()
    let reached = try await pool.withSession { try await self.position($0) }
    try await take(upTo: reached, into: &fold, progress)
    return try await compare(fold)
  }

  /// What the log says so far.
  private struct Fold: Sendable {
    var world = World()
    var movements: [String: String] = [:]
    var position: Int64 = 0
  }

  private func take(
    upTo end: Int64, into fold: inout Fold, _ progress: @Sendable (Int64, Int64) -> Void
  ) async throws {
    guard fold.position < end else { return }
    progress(fold.position, end)
    try await reader.forEachBatch(from: fold.position, to: end) { events in
      for read in try await LedgerFold.facts(of: events) {
        fold.world.apply(read)
        for row in MovementRow.rows(of: read.fact, read.event, in: fold.world) {
          fold.movements[row.code] = row.says
        }
      }
      fold.position += Int64(events.count)
      progress(fold.position, end)
    }
  }

  private func compare(_ folded: Fold) async throws -> Report {
    // One snapshot: rows that change meanwhile are not taken for wrong.
    try await pool.withSession { session in
      try await session.transaction(.repeatableRead) { session in
        // What follows may keep the database waiting for as long as it takes.
        try await session.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        var fold = folded
        try await self.take(upTo: try await self.position(session), into: &fold) { _, _ in }
        for lot in fold.world.lots.values {
          for row in MovementRow.rows(of: lot) { fold.movements[row.code] = row.says }
        }
        var report = Report()
        let expected = try ExpectedRows(fold.world, policy)
        try await self.compare(expected.lots, "lot", Self.lotRows, session, &report)
        try await self.compare(expected.plots, "plot", Self.plotRows, session, &report)
        try await self.compare(expected.shipments, "shipment", Self.shipmentRows, session, &report)
        try await self.compare(fold.movements, "movement", Self.movementRows, session, &report)
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
