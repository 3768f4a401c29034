import Foundation

/// What every ledger of these tests begins with.
enum Workload {
  /// Records the organisation that acts, before the server is started.
  static func prepare(_ raiz: RaizServer, on database: FaultServer) async throws {
    let file = raiz.data + "/01-organizaciones.csv"
    try Data("codigo;nombre;tipo;pais\n\(Clients.organisation);Exporta;exporter;PE\n".utf8)
      .write(to: URL(filePath: file))
    let imported = try await raiz.run(
      ["import", file], host: database.socketFolder, database: Campaign.database)
    guard imported.status == 0 else { throw RaizServer.Failure(description: imported.output) }
  }
}

/// Waits for something that must come; what does not come is an error that names it.
func wait(_ what: String, seconds: Int = 120, until isThere: () async throws -> Bool) async throws {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while try await !isThere() {
    guard ContinuousClock.now < deadline else {
      throw RaizServer.Failure(description: "waited \(seconds) s for \(what)")
    }
    try await Task.sleep(for: .milliseconds(5))
  }
}
