import Foundation
import PostgreSQL
import TestSupport
import Testing

func withSession(_ body: (Session) async throws -> Void) async throws {
  let session = try await Session.connect(try await TestServer.shared().database())
  try await body(session)
  await session.close()
}

@Suite struct ValueTests {
  @Test func `given values of every type when sent then the same come back`() async throws {
    try await withSession { session in
      let uuid = UUID()
      let row = try #require(
        try await session.query(
          """
          SELECT \(true) AS b, \(Int16.min) AS s, \(Int32.max) AS i, \(Int64.min) AS l,
            \(Double.nan) AS n, \(-Double.infinity) AS f, \("ñ'; DROP TABLE x; --") AS t,
            \([0, 255, 10] as [UInt8]) AS y, \(uuid) AS u,
            \(PostgresTimestamp(microseconds: -1)) AS m, \(optional: nil as String?) AS z,
            \(PostgresJSON(text: "{\"a\": [1, 2]}")) AS j
          """
        ).first)
      #expect(try row.decode("b", as: Bool.self) && row.decode("s") == Int16.min)
      #expect(try row.decode("i") == Int32.max && row.decode("l") == Int64.min)
      #expect(try row.decode("n", as: Double.self).isNaN && row.decode("f") == -Double.infinity)
      #expect(try row.decode("t") == "ñ'; DROP TABLE x; --")
      #expect(try row.decode("y") == [0, 255, 10] as [UInt8] && row.decode("u") == uuid)
      #expect(try row.decode("m") == PostgresTimestamp(microseconds: -1))
      #expect(try row.decode("z", as: String?.self) == nil)
      #expect(try row.decode("j") == "{\"a\": [1, 2]}")
    }
  }

  @Test func `given arrays when sent then nulls, none and extremes survive`() async throws {
    try await withSession { session in
      let row = try #require(
        try await session.query(
          """
          SELECT \([] as [String]) AS e, \(["a", nil, ""]) AS n,
            \([Int64.min, 0, Int64.max]) AS l, \([[1, 2], []] as [[UInt8]]) AS y,
            \([true, false]) AS b
          """
        ).first)
      #expect(try row.decode("e") == [] as [String] && row.decode("n") == ["a", nil, ""])
      #expect(try row.decode("l") == [Int64.min, 0, Int64.max])
      #expect(
        try row.decode("y") == [[1, 2], []] as [[UInt8]] && row.decode("b") == [true, false])
    }
  }

  @Test func `given a type unknown here when read then the column is named`() async throws {
    try await withSession { session in
      let row = try #require(try await session.query("SELECT 1.5::numeric AS price").first)
      let error = #expect(throws: PostgresError.self) { try row.decode("price", as: String.self) }
      #expect(error?.code == .unknownType && error?.message.contains("price") == true)
      let null = try #require(try await session.query("SELECT NULL::text AS gap").first)
      #expect(throws: PostgresError.self) { try null.decode("gap", as: String.self) }
      #expect(throws: PostgresError.self) { try null.decode("none", as: String?.self) }
    }
  }

  @Test func `given errors of the server when thrown then their state is kept`() async throws {
    try await withSession { session in
      try await session.script("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)")
      let twice = await #expect(throws: PostgresError.self) {
        try await session.execute("INSERT INTO t VALUES (1)")
      }
      #expect(twice?.isUniqueViolation == true && twice?.constraint == "t_pkey")
      let syntax = await #expect(throws: PostgresError.self) { try await session.query("SELEC") }
      #expect(syntax?.sqlState == "42601")
      #expect(try await session.query("SELECT 1 AS one").count == 1)
    }
  }

  @Test func `given a URL when it cannot be read then the password is not repeated`() throws {
    let target = try ConnectionTarget(url: "postgresql://ana:secret@db.example:5433/raiz")
    #expect(target.parameters["host"] == "db.example" && target.parameters["port"] == "5433")
    let error = #expect(throws: PostgresError.self) {
      try ConnectionTarget(url: "postgresql://ana:s3cret@[broken/raiz")
    }
    #expect(error?.description.contains("s3cret") == false)
  }
}
