import Ledger
import PostgreSQL
import ProvenanceGraph
import ReadModels
import Traceability

/// Origins and all downstream, from a graph in memory that is kept level with the log.
///
/// It is loaded from the read models, which is seconds for a million lots where folding the log
/// would be minutes, and then takes the rows that later events changed. Before every answer it
/// asks where the ledger stands: it never answers from before what a caller knows is recorded.
actor ProvenanceEngine {
  private let pool: Pool
  private let ledger: Int64
  private let projector: Projector
  private let seed: UInt64
  private let gate = CatchUpGate()
  private var state: ProvenanceState?
  /// How often all was loaded; tests hold that following alone loads nothing.
  private(set) var loads = 0

  /// More events than this are not followed: loading all anew is less work.
  private static let followLimit: Int64 = 200_000
  private static let batch = 5_000

  init(pool: Pool, ledger: Int64, projector: Projector, seed: UInt64) {
    self.pool = pool
    self.ledger = ledger
    self.projector = projector
    self.seed = seed
  }

  /// Works on the graph as the ledger stands now, without a copy of it.
  func ask<Answer: Sendable>(
    _ question: @Sendable (ProvenanceState) throws -> Answer
  ) async throws -> Answer {
    try await keepLevel()
    // There is no pause between this look and the answer.
    if let state { return try question(state) }
    return try await ask(question)
  }

  /// Brings the graph level with the log.
  func keepLevel() async throws {
    if let held = state?.mark, try await standing() == held { return }
    _ = try await gate.pass { try await self.catchUp() }
  }

  /// Where tables are that are level with the log; nil where they are behind it.
  private func standing() async throws -> ProvenanceState.Mark? {
    try await pool.withSession { session in
      try await session.query(
        """
        SELECT p.position, p.generation::text AS generation, coalesce((
          SELECT encode(e.leaf_hash, 'hex') FROM raiz.events e
          WHERE e.ledger = p.ledger AND e.position = p.position - 1), '') AS last
        FROM raiz.ledgers l JOIN raiz_read.projections p
          ON p.ledger = l.ledger AND p.position = l.size
        WHERE l.ledger = \(ledger) AND p.name = \(Projector.name) AND p.policy = \(projector.rules)
        """
      ).first.map(Self.mark)
    }
  }

  private static func mark(_ row: Row) throws -> ProvenanceState.Mark {
    ProvenanceState.Mark(
      position: try row.decode("position"), generation: try row.decode("generation"),
      last: try row.decode("last"))
  }

  private func catchUp() async throws -> Int64 {
    try await projector.catchUp()
    let old = state?.mark
    let news = try await pool.withSession { session in
      // One snapshot: rows that change meanwhile come with the next turn.
      try await session.transaction(.repeatableRead) { session in
        try await self.news(since: old, session)
      }
    }
    switch news {
    case .none: break
    case .whole(let loaded):
      state = loaded
      loads += 1
    case .changes(let changes, let mark):
      // Taken out, so that it is changed in place; what fails half-way is loaded anew.
      guard var changed = exchange(&state, with: nil) else { break }
      for change in changes { try change.apply(to: &changed) }
      changed.mark = mark
      state = changed
    }
    return state?.mark.position ?? 0
  }

  private enum News: Sendable {
    case none
    case whole(ProvenanceState)
    case changes([ProvenanceChanges], ProvenanceState.Mark)
  }

  /// What the tables say beyond what is held. They may be behind another server's newest events,
  /// never behind those that were there when the projector was asked.
  private nonisolated func news(
    since old: ProvenanceState.Mark?, _ session: Session
  ) async throws -> News {
    let rows = try await session.query(
      """
      SELECT p.position, p.generation::text AS generation, coalesce((
        SELECT encode(e.leaf_hash, 'hex') FROM raiz.events e
        WHERE e.ledger = p.ledger AND e.position = p.position - 1), '') AS last,
        (SELECT encode(e.leaf_hash, 'hex') FROM raiz.events e
        WHERE e.ledger = p.ledger AND e.position = \((old?.position ?? 0) - 1)) AS held
      FROM raiz_read.projections p WHERE p.ledger = \(ledger) AND p.name = \(Projector.name)
      """)
    let mark = try rows.first.map(Self.mark) ?? .init(position: 0, generation: "", last: "")
    if mark == old { return .none }
    let isSameLog = try rows.first?.decode("held", as: String?.self) == old?.last
    // Tables built anew or a ledger restored: what is held may say what no longer stands.
    if let old, isSameLog, old.generation == mark.generation, old.position < mark.position,
      mark.position - old.position <= Self.followLimit
    {
      let touched = try await touched(old.position..<mark.position, session)
      var changes: [ProvenanceChanges] = []
      for rows in touched {
        changes.append(try await ProvenanceChanges(rows, ledger: ledger, session))
      }
      return .changes(changes, mark)
    }
    var load = ProvenanceLoad(ledger: ledger, seed: seed)
    var loaded = try await load.run(session)
    loaded.mark = mark
    return .whole(loaded)
  }

  private nonisolated func touched(
    _ positions: Range<Int64>, _ session: Session
  ) async throws -> [TouchedRows] {
    var touched: [TouchedRows] = []
    var next = positions.lowerBound
    while next < positions.upperBound {
      let events = try await session.query(
        """
        SELECT position, bytes FROM raiz.events
        WHERE ledger = \(ledger) AND position >= \(next) AND position < \(positions.upperBound)
        ORDER BY position LIMIT \(Self.batch)
        """
      ).map { try RecordedEvent(position: $0.decode(0), bytes: $0.decode(1)) }
      guard let last = events.last else { break }
      touched.append(try TouchedRows(events))
      next = last.position + 1
    }
    return touched
  }
}
