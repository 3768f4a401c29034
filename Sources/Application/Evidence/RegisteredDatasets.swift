import Ledger
import PostgreSQL
import ReadModels
import Traceability

/// The ledger's datasets, by name: their names from the read model, what they are from the log.
struct RegisteredDatasets {
  let pool: Pool
  let loader: WorldLoader
  let ledger: Int64

  /// A world with the datasets' streams.
  ///
  /// - Parameter inUse: leaves out what is superseded.
  func load(inUse: Bool) async throws -> (datasets: [DatasetRegistered], world: World) {
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT name FROM raiz_read.datasets
        WHERE ledger = \(ledger) AND NOT (\(inUse) AND superseded)
        """)
    }
    let names = try rows.map { try DatasetName($0.decode(0, as: String.self)) }.sorted()
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load(Set(names.map(StreamKey.dataset)), into: &world, loaded: &loaded)
    return (names.compactMap { world.datasets[$0] }, world)
  }
}
