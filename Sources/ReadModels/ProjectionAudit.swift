public import Ledger
public import PostgreSQL
public import Traceability

/// Folds the whole log again and holds every row of the read models against it.
public struct ProjectionAudit: Sendable {
  /// One row that does not say what the log says.
  public struct Difference: Sendable, Hashable, Codable, CustomStringConvertible {
    public let subject: String
    public let detail: String

    public init(subject: String, detail: String) {
      (self.subject, self.detail) = (subject, detail)
    }

    public var description: String { "\(subject): \(detail)" }
  }

  public struct Report: Sendable, Codable {
    public internal(set) var rows = 0
    public internal(set) var found = 0
    public internal(set) var differences: [Difference] = []

    public init() {}

    public var isSound: Bool { found == 0 }
  }

  /// Rows that are compared at a time.
  private static let batch = 2_048

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
    // Most of the log is folded before there is a snapshot: that of a large ledger takes minutes,
    // and the database would end a transaction that is idle for so long.
    var fold = Fold()
    let reached = try await pool.withSession { try await self.position($0) }
    try await take(upTo: reached, into: &fold, progress)
    return try await compare(fold)
  }

  /// What the log says so far.
  private struct Fold: Sendable {
    var world = World()
    var movements: [ExactText: MovementRow] = [:]
    var position: Int64 = 0

    mutating func add(_ rows: [MovementRow]) {
      for row in rows { movements[ExactText(row.code)] = row }
    }
  }

  private func take(
    upTo end: Int64, into fold: inout Fold, _ progress: @Sendable (Int64, Int64) -> Void
  ) async throws {
    guard fold.position < end else { return }
    progress(fold.position, end)
    try await reader.forEachBatch(from: fold.position, to: end) { events in
      for read in try await LedgerFold.facts(of: events) {
        fold.world.apply(read)
        fold.add(MovementRow.rows(of: read.fact, read.event, in: fold.world))
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
        for lot in fold.world.lots.values { fold.add(MovementRow.rows(of: lot)) }
        var report = Report()
        for table in try await self.tables(fold) {
          try await self.compare(table, session, &report)
        }
        return report
      }
    }
  }

  private func tables(_ fold: Fold) async throws -> [AuditedTable] {
    let (world, reader) = (fold.world, reader)
    let judge = Judge(world: world, policy: policy)
    let ranks = try await ExpectedRanks.of(world, judge)
    return [
      .organisations(world), .producers(world), .datasets(world),
      .plots(judge, world) { digest in
        try await reader.attachment(digest).map { String(decoding: $0.bytes, as: UTF8.self) }
      },
      .lots(judge, world, ranks), .lotInputs(world), .shipments(judge, world, ranks),
      .shipmentLoads(world), .tanks(world), .movements(fold.movements), .statements(world),
      .findings(world),
    ]
  }

  private func position(_ session: Session) async throws -> Int64 {
    let rows = try await session.query(
      """
      SELECT position FROM raiz_read.projections
      WHERE ledger = \(reader.ledger) AND name = \(Projector.name)
      """)
    return try rows.first?.decode(0, as: Int64.self) ?? 0
  }

  private func compare(
    _ table: AuditedTable, _ session: Session, _ report: inout Report
  ) async throws {
    var found = report
    var seen: Set<ExactText> = []
    try await session.forEachBatch(table.rows(reader.ledger), size: Self.batch) { rows in
      let rows = try rows.map { row in
        (
          code: try row.decode("code", as: String.self),
          says: try row.decode("says", as: [String?].self)
        )
      }
      for row in rows { seen.insert(ExactText(row.code)) }
      found.rows += rows.count
      let differences = try await CoreSlices.map(rows) { code, says in
        try await table.differences(code, says)
      }
      for difference in differences.joined() { found.note(difference) }
    }
    for code in table.codes().filter({ !seen.contains(ExactText($0)) }).sorted() {
      found.note(table.difference(code, "the table has no row, the log knows one"))
    }
    report = found
  }
}

extension ProjectionAudit.Report {
  /// Adds a difference; the first thousand are listed, all are counted.
  public mutating func note(_ difference: ProjectionAudit.Difference) {
    found += 1
    if differences.count < 1_000 { differences.append(difference) }
  }
}
