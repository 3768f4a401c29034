import Land
import PostgreSQL
import Traceability

/// A ledger's plots, neighbours after one another, so that the maps' blocks are read once.
struct PlotsInOrder {
  let pool: Pool
  let ledger: Int64

  func all() async throws -> [PlotCode] {
    try await sorted(unlessBy: nil)
  }

  /// Those whose newest assessment is not of the outline that counts now by exactly these maps.
  func stale(_ datasets: [DatasetRegistered]) async throws -> [PlotCode] {
    try await sorted(
      unlessBy: datasets.map(\.dataset.text).sorted().joined(separator: " "))
  }

  /// A million are some hundred bytes each: only a code and a key are kept of each row.
  private func sorted(unlessBy maps: String?) async throws -> [PlotCode] {
    var order: [(key: UInt64, plot: PlotCode)] = []
    try await pool.withSession { session in
      try await session.forEachBatch(
        """
        SELECT code, ST_XMin(geometry) AS west, ST_YMin(geometry) AS south,
          ST_XMax(geometry) AS east, ST_YMax(geometry) AS north
        FROM raiz_read.plots WHERE ledger = \(ledger) AND maps IS DISTINCT FROM \(optional: maps)
        """
      ) { rows in
        for row in rows {
          let box = GeographicBox(
            west: try row.decode("west", as: Double?.self) ?? 0,
            south: try row.decode("south", as: Double?.self) ?? 0,
            east: try row.decode("east", as: Double?.self) ?? 0,
            north: try row.decode("north", as: Double?.self) ?? 0)
          order.append(
            (Overlay.order(box), try PlotCode(row.decode("code", as: String.self))))
        }
      }
    }
    return order.sorted { ($0.key, $0.plot) < ($1.key, $1.plot) }.map(\.plot)
  }
}
