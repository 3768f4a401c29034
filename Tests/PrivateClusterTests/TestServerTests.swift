import PostgreSQL
import TestSupport
import Testing

struct TestServerTests {
  @Test func `given the shared server when databases are asked for then each is empty and apart`()
    async throws
  {
    let server = try await TestServer.shared()
    let first = try await server.database()
    let second = try await server.database(postgis: true)
    #expect(first != second)
    let session = try await Session.connect(second)
    let rows = try await session.query("SELECT postgis_lib_version()::text")
    await session.close()
    #expect(try rows.first?.decode(0, as: String.self).hasPrefix("3.") == true)
  }
}
