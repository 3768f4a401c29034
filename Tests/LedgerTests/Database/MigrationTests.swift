import PostgreSQL
import TestSupport
import Testing
import ValueTypes

@testable import Database

@Suite struct MigrationTests {
  private func with(_ body: (Session) async throws -> Void) async throws {
    let session = try await Session.connect(try await TestServer.shared().database(postgis: true))
    do {
      try await body(session)
      await session.close()
    } catch {
      await session.close()
      throw error
    }
  }

  @Test func `all migrations are applied once`() async throws {
    try await with { session in
      let names = Migrations.all.map(\.name)
      #expect(names.prefix(1) == ["v0001_ledger"])
      let first = try await Migrations.apply(to: session)
      let second = try await Migrations.apply(to: session)
      #expect(first == names && second == [])
    }
  }

  @Test func `two servers starting at once take turns`() async throws {
    let target = try await TestServer.shared().database(postgis: true)
    let applied = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<3 {
        group.addTask {
          let session = try await Session.connect(target)
          let names = try await Migrations.apply(to: session)
          await session.close()
          return names
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(applied.sorted() == Migrations.all.map(\.name))
  }

  @Test func `a changed migration is refused by name`() async throws {
    try await with { session in
      let first = Migration(name: "v1", sql: Array("CREATE TABLE a (x int)".utf8))
      let changed = Migration(name: "v1", sql: Array("CREATE TABLE a (y int)".utf8))
      let applied = try await Migrations.apply([first], to: session)
      #expect(applied == ["v1"])
      await #expect(
        throws: MigrationError.changed(
          name: "v1", recorded: first.sha256.description, found: changed.sha256.description)
      ) { try await Migrations.apply([changed], to: session) }
    }
  }

  @Test func `a database made by a newer raiz is refused`() async throws {
    try await with { session in
      let first = Migration(name: "v1", sql: Array("CREATE TABLE a (x int)".utf8))
      let second = Migration(name: "v2", sql: Array("CREATE TABLE b (x int)".utf8))
      _ = try await Migrations.apply([first, second], to: session)
      await #expect(throws: MigrationError.newer(name: "v2")) {
        try await Migrations.apply([first], to: session)
      }
    }
  }

  @Test func `a step that fails leaves nothing behind and can be tried again`() async throws {
    try await with { session in
      let first = Migration(name: "v1", sql: Array("CREATE TABLE a (x int)".utf8))
      let broken = Migration(
        name: "v2", sql: Array("CREATE TABLE b (x int); SELECT 1 / 0;".utf8))
      await #expect(throws: PostgresError.self) {
        try await Migrations.apply([first, broken], to: session)
      }
      let mended = Migration(name: "v2", sql: Array("CREATE TABLE b (x int);".utf8))
      let applied = try await Migrations.apply([first, mended], to: session)
      #expect(applied == ["v2"])
    }
  }
}
