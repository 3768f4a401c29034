import PostgreSQL
import Traceability
import ValueTypes

/// One row of `raiz_read.tanks`.
struct TankRow: Sendable, Hashable {
  let code: String
  let holder: String
  let product: String
  let form: String
  let capacityGrams: Int64
  let grams: Int64
  /// Microseconds since 1970.
  let emptySince: Int64

  init(_ tank: TankState) {
    code = tank.registered.tank.text
    holder = tank.registered.holder.text
    product = tank.registered.product.text
    form = tank.registered.form.rawValue
    capacityGrams = tank.registered.capacityGrams.value
    grams = tank.grams.value
    emptySince = tank.emptySince.microseconds
  }
}

extension RowWriter {
  func write(_ rows: [TankRow]) async throws {
    guard !rows.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.tanks (ledger, code, holder, product, form, capacity_grams, grams,
        empty_since)
      SELECT \(ledger), r.code, r.holder, r.product, r.form, r.capacity, r.grams,
        timestamptz 'epoch' + r.since * interval '1 microsecond'
      FROM unnest(\(rows.map(\.code)), \(rows.map(\.holder)), \(rows.map(\.product)),
        \(rows.map(\.form)), \(rows.map(\.capacityGrams)), \(rows.map(\.grams)),
        \(rows.map(\.emptySince)))
        AS r(code, holder, product, form, capacity, grams, since)
      ON CONFLICT (ledger, code) DO UPDATE SET
        grams = excluded.grams, empty_since = excluded.empty_since
      """)
  }
}
