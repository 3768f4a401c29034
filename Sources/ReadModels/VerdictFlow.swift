import PostgreSQL

/// Brings verdicts downstream: a lot is as bad as its own custody, its plot, or any lot it was
/// made from; a shipment as bad as what it holds.
struct VerdictFlow {
  let session: Session
  let ledger: Int64

  /// More rounds than any real chain has links; lots that feed each other in a ring would pass it.
  static let roundLimit = 100_000

  /// Judges these lots again, then all downstream whose verdict that changes.
  func run(lots: [String], plots: [String], shipments: [String]) async throws {
    let harvested = try await session.query(
      """
      SELECT code FROM raiz_read.lots
      WHERE ledger = \(ledger) AND plot = ANY(\(plots))
      """)
    var waiting = Set(lots)
    for row in harvested { waiting.insert(try row.decode(0, as: String.self)) }
    // Touched lots may already stand at their right rank while those below them do not yet, so
    // the first round goes on from all of them and later rounds from what changed.
    var changed = try await judge(lots: waiting.sorted())
    changed.formUnion(waiting)
    var allShipments = Set(shipments)
    var round = 0
    while !changed.isEmpty {
      round += 1
      guard round <= Self.roundLimit else { throw ProjectionError.endlessChain(changed.count) }
      let names = changed.sorted()
      for row in try await session.query(
        """
        SELECT DISTINCT shipment FROM raiz_read.shipment_loads
        WHERE ledger = \(ledger) AND lot = ANY(\(names))
        """)
      {
        allShipments.insert(try row.decode(0, as: String.self))
      }
      let below = try await session.query(
        """
        SELECT DISTINCT lot FROM raiz_read.lot_inputs
        WHERE ledger = \(ledger) AND input = ANY(\(names))
        """)
      changed = try await judge(lots: try below.map { try $0.decode(0, as: String.self) })
    }
    try await judge(shipments: allShipments.sorted())
  }

  /// Sets each lot's rank from what stands directly above it; returns those that changed.
  private func judge(lots: [String]) async throws -> Set<String> {
    guard !lots.isEmpty else { return [] }
    let rows = try await session.query(
      """
      WITH judged AS (
        SELECT l.code, greatest(
          l.own_rank,
          coalesce((SELECT p.own_rank FROM raiz_read.plots p
            WHERE p.ledger = l.ledger AND p.code = l.plot), 0::smallint),
          coalesce((SELECT max(u.rank) FROM raiz_read.lot_inputs i
            JOIN raiz_read.lots u ON u.ledger = i.ledger AND u.code = i.input
            WHERE i.ledger = l.ledger AND i.lot = l.code), 0::smallint)) AS rank
        FROM raiz_read.lots l WHERE l.ledger = \(ledger) AND l.code = ANY(\(lots)))
      UPDATE raiz_read.lots l SET rank = judged.rank FROM judged
      WHERE l.ledger = \(ledger) AND l.code = judged.code AND l.rank <> judged.rank
      RETURNING l.code
      """)
    return Set(try rows.map { try $0.decode(0, as: String.self) })
  }

  private func judge(shipments: [String]) async throws {
    guard !shipments.isEmpty else { return }
    try await session.execute(
      """
      UPDATE raiz_read.shipments s SET rank = greatest(
        s.own_rank,
        coalesce((SELECT max(l.rank) FROM raiz_read.shipment_loads c
          JOIN raiz_read.lots l ON l.ledger = c.ledger AND l.code = c.lot
          WHERE c.ledger = s.ledger AND c.shipment = s.code), 0::smallint))
      WHERE s.ledger = \(ledger) AND s.code = ANY(\(shipments))
      """)
  }
}

/// Why a projection stopped.
public enum ProjectionError: Error, Sendable, CustomStringConvertible {
  /// Positions in the log have a hole: the log is damaged, and going on would hide it.
  case hole(expected: Int64, found: Int64)
  /// Lots that feed each other in a ring; no decided act makes one.
  case endlessChain(Int)
  /// A verdict's rank that no projection writes.
  case unknownRank(Int16)

  public var description: String {
    switch self {
    case .hole(let expected, let found):
      "the log has a hole: position \(expected) was expected, \(found) came. Run «raiz audit»."
    case .endlessChain(let lots):
      "\(lots) lots feed each other in a ring. Run «raiz audit» and restore from a backup."
    case .unknownRank(let rank):
      "a row holds the rank \(rank), which no verdict has. Run «raiz audit»."
    }
  }
}
