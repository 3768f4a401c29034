import Ledger
import PostgreSQL
import Traceability
import ValueTypes

/// One row of `raiz_read.movements`.
struct MovementRow: Sendable, Hashable {
  let version: Int64
  let line: Int16
  let movement: Movement

  /// A lot's rows, from one act of its stream on.
  static func rows(of lot: LotState, from version: Int64 = 1) -> [MovementRow] {
    lot.book().filter { $0.version >= version }.flatMap { rows($0.lines, $0.version) }
  }

  /// The rows that a fact of a tank's stream adds; none for any other.
  static func rows(
    of fact: DomainEvent, _ event: RecordedEvent, in world: World
  ) -> [MovementRow] {
    rows(
      Movement.of(fact, occurredAt: event.envelope.occurredAt, in: world),
      event.envelope.version)
  }

  private static func rows(_ lines: [Movement], _ version: Int64) -> [MovementRow] {
    lines.enumerated().map {
      MovementRow(version: version, line: Int16($0.offset), movement: $0.element)
    }
  }

  /// Names the row as the audit does.
  var code: String { "\(movement.subject)@\(version)/\(line)" }
}

extension RowWriter {
  /// Takes all lines of these lots or tanks away.
  func removeMovements(of subjects: [String]) async throws {
    guard !subjects.isEmpty else { return }
    try await session.execute(
      """
      DELETE FROM raiz_read.movements WHERE ledger = \(ledger) AND subject = ANY(\(subjects))
      """)
  }

  func write(_ rows: [MovementRow]) async throws {
    guard !rows.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.movements (ledger, subject, version, line, holder, product, day, place,
        kind, grams, cause)
      SELECT \(ledger), r.subject, r.version, r.line, r.holder, r.product, r.day::date, r.place,
        r.kind, r.grams, r.cause
      FROM unnest(\(rows.map(\.movement.subject.description)), \(rows.map(\.version)),
        \(rows.map(\.line)), \(rows.map(\.movement.holder.description)),
        \(rows.map(\.movement.product.text)), \(rows.map(\.movement.day.description)),
        \(rows.map(\.movement.place.rawValue)), \(rows.map(\.movement.kind.rawValue)),
        \(rows.map(\.movement.grams)), \(rows.map { $0.movement.cause?.text }))
        AS r(subject, version, line, holder, product, day, place, kind, grams, cause)
      ON CONFLICT (ledger, subject, version, line) DO NOTHING
      """)
  }
}
