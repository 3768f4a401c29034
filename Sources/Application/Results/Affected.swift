import Ledger
import PostgreSQL
import ReadModels
public import Traceability
import ValueTypes

/// What a change of evidence reaches: plots, all lots and shipments downstream, and who has them.
public struct Affected: Sendable, Codable {
  public struct Plot: Sendable, Codable {
    public let code: PlotCode
    public let producer: ProducerCode?
    public let verdict: Verdict
  }

  public struct Lot: Sendable, Codable {
    public let code: LotCode
    public let product: ProductCode
    /// Who holds what is left, as `organisation:CODE` or `producer:CODE`.
    public let holder: String
    public let grams: Int64
    public let verdict: Verdict
  }

  public struct Shipment: Sendable, Codable {
    public let code: ShipmentCode
    public let exporter: String
    public let importer: String?
    public let destination: String
    public let state: String
    public let verdict: Verdict
  }

  public let plots: [Plot]
  public let lots: [Lot]
  public let shipments: [Shipment]
}

extension Raiz {
  /// What lies downstream of some plots, as it is judged now.
  ///
  /// - Throws: `ApplicationError.notFound` for a plot that is not in the ledger.
  public func affected(by plots: [PlotCode]) async throws -> Affected {
    let names = plots.map(\.text)
    let ledger = reader.ledger
    return try await pool.withSession { session in
      let found = try await session.query(
        """
        SELECT code, producer, own_rank FROM raiz_read.plots
        WHERE ledger = \(ledger) AND code = ANY(\(names)) ORDER BY code COLLATE "C"
        """
      ).map { row in
        Affected.Plot(
          code: try PlotCode(row.decode("code")),
          producer: try row.decode("producer", as: String?.self).map { try ProducerCode($0) },
          verdict: try VerdictRank.verdict(row.decode("own_rank")))
      }
      if let missing = Set(plots).subtracting(found.map(\.code)).min() {
        throw ApplicationError.notFound(.plot(missing))
      }
      let lots = try await session.query(
        """
        WITH RECURSIVE below AS (
          SELECT code FROM raiz_read.lots WHERE ledger = \(ledger) AND plot = ANY(\(names))
          UNION
          SELECT i.lot FROM raiz_read.lot_inputs i
            JOIN below b ON i.ledger = \(ledger) AND i.input = b.code)
        SELECT l.code, l.product, l.holder, l.grams, l.rank
        FROM raiz_read.lots l JOIN below b ON l.code = b.code
        WHERE l.ledger = \(ledger) ORDER BY l.code COLLATE "C"
        """
      ).map { row in
        Affected.Lot(
          code: try LotCode(row.decode("code")), product: try ProductCode(row.decode("product")),
          holder: try row.decode("holder"), grams: try row.decode("grams"),
          verdict: try VerdictRank.verdict(row.decode("rank")))
      }
      let shipments = try await session.query(
        """
        SELECT DISTINCT s.code COLLATE "C" AS code, s.exporter, s.importer, s.destination,
          s.state, s.rank
        FROM raiz_read.shipments s
          JOIN raiz_read.shipment_loads l ON l.ledger = s.ledger AND l.shipment = s.code
        WHERE s.ledger = \(ledger) AND l.lot = ANY(\(lots.map(\.code.text))) ORDER BY 1
        """
      ).map { row in
        Affected.Shipment(
          code: try ShipmentCode(row.decode("code")), exporter: try row.decode("exporter"),
          importer: try row.decode("importer", as: String?.self),
          destination: try row.decode("destination"), state: try row.decode("state"),
          verdict: try VerdictRank.verdict(row.decode("rank")))
      }
      return Affected(plots: found, lots: lots, shipments: shipments)
    }
  }

  /// Plots about which something was recorded at or after a position: an assessment, a corrected
  /// outline, a finding or its review.
  public func plotsChanged(since position: Int64) async throws -> [PlotCode] {
    var plots: Set<PlotCode> = []
    let kinds = [
      "plot.assessed", "plot.geometry-corrected", "finding.raised", "finding.reviewed",
    ]
    let size = try await reader.newestCheckpoint()?.size ?? 0
    guard position < size else { return [] }
    try await reader.forEachBatch(from: max(0, position), to: size) { events in
      for event in events where kinds.contains(event.envelope.type) {
        guard let key = StreamKey(event.envelope.stream.description), key.kind == .plot else {
          continue
        }
        plots.insert(try PlotCode(key.code))
      }
    }
    return plots.sorted()
  }
}
