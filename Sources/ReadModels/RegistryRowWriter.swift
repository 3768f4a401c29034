import PostgreSQL
import Traceability
import ValueTypes

/// Rows of what is registered once and never changes here.
extension RowWriter {
  func write(_ rows: [OrganisationRegistered]) async throws {
    guard !rows.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.organisations (ledger, code, name, kind, country)
      SELECT \(ledger), r.code, r.name, r.kind, r.country
      FROM unnest(\(rows.map(\.organisation.text)), \(rows.map(\.name)),
        \(rows.map(\.kind.rawValue)), \(rows.map(\.country))) AS r(code, name, kind, country)
      ON CONFLICT (ledger, code) DO NOTHING
      """)
  }

  func write(_ rows: [ProducerRegistered]) async throws {
    guard !rows.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.producers (ledger, code, organisation, district)
      SELECT \(ledger), r.code, r.organisation, r.district
      FROM unnest(\(rows.map(\.producer.text)), \(rows.map { $0.organisation?.text }),
        \(rows.map(\.district))) AS r(code, organisation, district)
      ON CONFLICT (ledger, code) DO NOTHING
      """)
  }

  func write(
    _ rows: [DatasetRegistered], superseded: [DatasetName: DatasetSuperseded]
  ) async throws {
    guard !rows.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.datasets (ledger, name, kind, version, sha256, superseded)
      SELECT \(ledger), r.name, r.kind, r.version, r.digest, r.superseded
      FROM unnest(\(rows.map(\.dataset.text)), \(rows.map(\.kind.rawValue)),
        \(rows.map(\.version)), \(rows.map(\.digest.description)),
        \(rows.map { superseded[$0.dataset] != nil }))
        AS r(name, kind, version, digest, superseded)
      ON CONFLICT (ledger, name) DO UPDATE SET superseded = excluded.superseded
      """)
  }

  func write(_ rows: [StatementDrafted]) async throws {
    guard !rows.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.statements (ledger, code, shipment, sha256)
      SELECT \(ledger), r.code, r.shipment, r.digest
      FROM unnest(\(rows.map(\.statement.text)), \(rows.map(\.shipment.text)),
        \(rows.map(\.geoJSONDigest.description))) AS r(code, shipment, digest)
      ON CONFLICT (ledger, code) DO NOTHING
      """)
  }
}
