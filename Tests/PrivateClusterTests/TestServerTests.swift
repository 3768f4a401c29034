import FoundationEssentials
import PostgreSQL
import TestSupport
import Testing

/// The server that all database tests stand on.
struct TestServerTests {
  @Test func `given the shared server when databases are asked for then each is empty and apart`()
    async throws
  {
    let server = try await TestServer.shared()
    async let one = server.database()
    async let two = server.database(postgis: true)
    async let three = server.database(postgis: true)
    let (plain, first, second) = try await (one, two, three)
    #expect(Set([plain, first, second]).count == 3)
    let version = try await answers("SELECT postgis_lib_version()::text", first)
    #expect(version.first?.hasPrefix("3.") == true)
    try await execute("CREATE TABLE t AS SELECT 'here' AS what", first)
    #expect(try await answers("SELECT what FROM t", first) == ["here"])
    for other in [plain, second] {
      let tables = try await answers("SELECT count(*)::text FROM pg_class WHERE relname='t'", other)
      #expect(tables == ["0"])
    }
  }

  @Test func `given a server of a test's own when stopped and killed then data stays`()
    async throws
  {
    let server = try await TestServer.fresh()
    let target = try await server.database()
    try await execute("CREATE TABLE t AS SELECT 'here' AS what", target)
    try await server.stop()
    await #expect(throws: (any Error).self) { try await Session.connect(target) }
    try await server.start()
    #expect(try await answers("SELECT what FROM t", target) == ["here"])
    try await server.killPostmaster()
    try await server.start()
    #expect(try await answers("SELECT what FROM t", target) == ["here"])
    #expect(try await answers("SHOW fsync", target) == ["on"])
    try await server.remove()
    #expect(!exists(server.folder))
  }

  @Test func `given a name that the shared data lacks when asked for then the error names it`()
    throws
  {
    #expect(try sharedData("eudr").path.hasSuffix("/eudr"))
    let error = #expect(throws: MissingSharedData.self) { try sharedData("eudr/no-such.csv") }
    #expect(error?.description.contains("eudr/no-such.csv") == true)
  }
}
