import PostgreSQL
import Traceability
import ValueTypes

/// Writes rows of the read model, many a statement; a row that stands already is replaced.
struct RowWriter {
  let session: Session
  let ledger: Int64

  func write(_ rows: [PlotRow]) async throws {
    guard !rows.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.plots (ledger, code, producer, country, district, commodities,
        square_metres, form, geometry_sha256, geometry, assessed, maps, own_rank, reasons)
      SELECT \(ledger), r.code, r.producer, r.country, r.district,
        string_to_array(r.commodities, ','), r.area, r.form, r.digest,
        ST_SetSRID(ST_GeomFromGeoJSON(r.outline), 4326), r.assessed, r.maps, r.rank,
        r.reasons::jsonb
      FROM unnest(\(rows.map(\.code)), \(rows.map(\.producer)), \(rows.map(\.country)),
        \(rows.map(\.district)), \(rows.map(\.commodities)), \(rows.map(\.squareMetres)),
        \(rows.map(\.form)), \(rows.map(\.geometryDigest)), \(rows.map(\.geoJSON)),
        \(rows.map(\.assessed)), \(rows.map(\.maps)), \(rows.map(\.rank)),
        \(rows.map(\.reasons)))
        AS r(code, producer, country, district, commodities, area, form, digest, outline,
          assessed, maps, rank, reasons)
      ON CONFLICT (ledger, code) DO UPDATE SET
        square_metres = excluded.square_metres, form = excluded.form,
        geometry_sha256 = excluded.geometry_sha256, geometry = excluded.geometry,
        assessed = excluded.assessed, maps = excluded.maps, own_rank = excluded.own_rank,
        reasons = excluded.reasons
      """)
  }

  /// `rank` starts at the lot's own; `VerdictFlow` then brings in what is upstream.
  func write(_ rows: [LotRow]) async throws {
    guard !rows.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.lots (ledger, code, product, holder, origin, plot, created_at,
        created_grams, grams, in_transit_to, own_rank, reasons, rank, unknown_grams,
        found_grams, tank)
      SELECT \(ledger), r.code, r.product, r.holder, r.origin, r.plot,
        timestamptz 'epoch' + r.created * interval '1 microsecond',
        r.created_grams, r.grams, r.transit, r.rank, r.reasons::jsonb, r.rank, r.unknown, r.found,
        r.tank
      FROM unnest(\(rows.map(\.code)), \(rows.map(\.product)), \(rows.map(\.holder)),
        \(rows.map(\.origin)), \(rows.map(\.plot)), \(rows.map(\.createdAt)),
        \(rows.map(\.createdGrams)), \(rows.map(\.grams)), \(rows.map(\.inTransitTo)),
        \(rows.map(\.ownRank)), \(rows.map(\.reasons)), \(rows.map(\.unknownGrams)),
        \(rows.map(\.foundGrams)), \(rows.map(\.tank)))
        AS r(code, product, holder, origin, plot, created, created_grams, grams, transit, rank,
          reasons, unknown, found, tank)
      ON CONFLICT (ledger, code) DO UPDATE SET
        plot = excluded.plot, created_grams = excluded.created_grams,
        holder = excluded.holder, grams = excluded.grams,
        in_transit_to = excluded.in_transit_to, own_rank = excluded.own_rank,
        reasons = excluded.reasons, unknown_grams = excluded.unknown_grams,
        found_grams = excluded.found_grams
      """)
    // A correction may have taken an input away or changed what it gave.
    let corrected = rows.filter(\.isCorrected).map(\.code)
    if !corrected.isEmpty {
      try await session.execute(
        """
        DELETE FROM raiz_read.lot_inputs WHERE ledger = \(ledger) AND lot = ANY(\(corrected))
        """)
    }
    let inputs = rows.flatMap { row in row.inputs.map { (row.code, $0.lot.text, $0.grams.value) } }
    guard !inputs.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.lot_inputs (ledger, lot, input, grams)
      SELECT \(ledger), r.lot, r.input, r.grams
      FROM unnest(\(inputs.map(\.0)), \(inputs.map(\.1)), \(inputs.map(\.2)))
        AS r(lot, input, grams)
      ON CONFLICT (ledger, lot, input) DO NOTHING
      """)
  }

  func write(_ rows: [ShipmentRow]) async throws {
    guard !rows.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.shipments (ledger, code, exporter, importer, destination, state,
        own_rank, reasons, rank)
      SELECT \(ledger), r.code, r.exporter, r.importer, r.destination, r.state, r.rank,
        r.reasons::jsonb, r.rank
      FROM unnest(\(rows.map(\.code)), \(rows.map(\.exporter)), \(rows.map(\.importer)),
        \(rows.map(\.destination)), \(rows.map(\.state)), \(rows.map(\.ownRank)),
        \(rows.map(\.reasons)))
        AS r(code, exporter, importer, destination, state, rank, reasons)
      ON CONFLICT (ledger, code) DO UPDATE SET
        state = excluded.state, own_rank = excluded.own_rank, reasons = excluded.reasons
      """)
    var loads: [(String, Int32, String, Int64)] = []
    for row in rows {
      for (index, load) in row.loads.enumerated() {
        loads.append((row.code, Int32(index + 1), load.lot.text, load.grams.value))
      }
    }
    guard !loads.isEmpty else { return }
    try await session.execute(
      """
      INSERT INTO raiz_read.shipment_loads (ledger, shipment, load, lot, grams)
      SELECT \(ledger), r.shipment, r.load, r.lot, r.grams
      FROM unnest(\(loads.map(\.0)), \(loads.map(\.1)), \(loads.map(\.2)), \(loads.map(\.3)))
        AS r(shipment, load, lot, grams)
      ON CONFLICT (ledger, shipment, load) DO NOTHING
      """)
  }

  func write(_ rows: [FindingState]) async throws {
    guard !rows.isEmpty else { return }
    let figures = try rows.map { try JSONText.of($0.raised.figures) }
    let subjects = rows.map { row in
      row.raised.subjects.map(\.description).joined(separator: "\n")
    }
    try await session.execute(
      """
      INSERT INTO raiz_read.findings (ledger, code, kind, severity, subjects, figures, outcome,
        status, assignee, due, reviewer)
      SELECT \(ledger), r.code, r.kind, r.severity, string_to_array(r.subjects, E'\\n'),
        r.figures::jsonb, r.outcome, r.status, r.assignee, r.due::date, r.reviewer
      FROM unnest(\(rows.map(\.raised.finding.text)), \(rows.map(\.raised.kind.rawValue)),
        \(rows.map(\.raised.severity.rawValue)), \(subjects), \(figures),
        \(rows.map { $0.review?.outcome.rawValue }), \(rows.map(\.status.rawValue)),
        \(rows.map { $0.assignment?.assignee }), \(rows.map { $0.assignment?.due?.description }),
        \(rows.map { $0.review?.reviewer }))
        AS r(code, kind, severity, subjects, figures, outcome, status, assignee, due, reviewer)
      ON CONFLICT (ledger, code) DO UPDATE SET outcome = excluded.outcome,
        status = excluded.status, assignee = excluded.assignee, due = excluded.due,
        reviewer = excluded.reviewer
      """)
  }
}
