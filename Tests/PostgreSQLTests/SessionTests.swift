import Foundation
import PostgreSQL
import TestSupport
import Testing

@Suite struct SessionTests {
  @Test func `given a transaction when it throws then nothing stays`() async throws {
    struct Stop: Error {}
    try await withSession { session in
      try await session.script("CREATE TABLE t (id int)")
      await #expect(throws: Stop.self) {
        try await session.transaction { session in
          try await session.execute("INSERT INTO t VALUES (1)")
          throw Stop()
        }
      }
      _ = try await session.transaction { try await $0.execute("INSERT INTO t VALUES (2)") }
      // A transaction that failed inside must not pass for committed.
      await #expect(throws: PostgresError.self) {
        try await session.transaction { session in
          try await session.execute("INSERT INTO t VALUES (3)")
          _ = try? await session.query("SELECT 1/0")
        }
      }
      let rows = try await session.query("SELECT id FROM t")
      #expect(try rows.map { try $0.decode(0, as: Int.self) } == [2])
    }
  }

  @Test func `given a task when cancelled then the server stops and the session goes on`()
    async throws
  {
    try await withSession { session in
      for _ in 0..<20 {
        let task = Task { try await session.query("SELECT pg_sleep(30)") }
        try await Task.sleep(for: .milliseconds(Int.random(in: 1...15)))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        // No stray cancel strikes what comes next.
        let rows = try await session.query("SELECT pg_sleep(0.002), 7 AS n")
        #expect(rows.count == 1)
      }
    }
  }

  @Test func `given a killed back end when used then the loss is named`() async throws {
    let target = try await TestServer.shared().database()
    let session = try await Session.connect(target)
    let killer = try await Session.connect(target)
    let pid: Int32 = try #require(
      try await session.query("SELECT pg_backend_pid()").first
    ).decode(0)
    let sleeping = Task { try await session.query("SELECT pg_sleep(30)") }
    try await Task.sleep(for: .milliseconds(100))
    try await killer.execute("SELECT pg_terminate_backend(\(pid))")
    let error = await #expect(throws: PostgresError.self) { _ = try await sleeping.value }
    #expect(error?.isConnectionLoss == true)
    await #expect(throws: PostgresError.self) { try await session.query("SELECT 1") }
    await killer.close()
  }

  @Test(.timeLimit(.minutes(10)))
  func `given many rows when read in batches then each is small and the server waits`()
    async throws
  {
    let target = try await TestServer.shared().database()
    let session = try await Session.connect(target)
    let watcher = try await Session.connect(target)
    let pid: Int32 = try #require(
      try await session.query("SELECT pg_backend_pid()").first
    ).decode(0)
    var sizes: [Int] = []
    var sum: Int64 = 0
    try await session.forEachBatch(
      "SELECT g::int8 AS g, repeat('x', 100) AS pad FROM generate_series(1, 300000) g"
    ) { rows in
      // A client that took in everything would leave the server nothing to wait for.
      if sizes.isEmpty { try await Self.waitUntilWriting(pid, watcher) }
      sizes.append(rows.count)
      for row in rows { sum += try row.decode("g", as: Int64.self) }
    }
    #expect(sizes.allSatisfy { $0 <= 256 } && sizes.reduce(0, +) == 300_000)
    #expect(sum == 45_000_150_000)
    await session.close()
    await watcher.close()
  }

  /// Returns once the back end waits for its client to take rows; the test's time limit ends a
  /// wait in vain.
  private static func waitUntilWriting(_ pid: Int32, _ watcher: Session) async throws {
    while true {
      let rows = try await watcher.query(
        """
        SELECT wait_event IS NOT DISTINCT FROM 'ClientWrite' FROM pg_stat_activity
        WHERE pid = \(pid)
        """)
      if try rows.first?.decode(0, as: Bool.self) == true { return }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test func `given a reader that stops early when it throws then the session goes on`()
    async throws
  {
    struct Enough: Error {}
    try await withSession { session in
      await #expect(throws: Enough.self) {
        try await session.forEachBatch("SELECT generate_series(1, 10000000)") { _ in throw Enough()
        }
      }
      let rows = try await session.query("SELECT 1")
      #expect(rows.count == 1)
    }
  }

  @Test func `given rows when copied in and out then all arrive, or none`() async throws {
    struct Stop: Error {}
    try await withSession { session in
      try await session.script("CREATE TABLE t (id int8, name text, raw bytea)")
      let copy: SQL = "COPY t (id, name, raw) FROM STDIN (FORMAT binary)"
      let count = try await session.copyIn(copy) { writer in
        for id in 0..<50_000 {
          try await writer.row { row in
            row.append(Int64(id))
            row.append(id.isMultiple(of: 3) ? nil : "nombre \(id)")
            row.append([UInt8(truncatingIfNeeded: id)])
          }
        }
      }
      #expect(count == 50_000)
      await #expect(throws: Stop.self) {
        _ = try await session.copyIn(copy) { writer in
          try await writer.row {
            $0.append(Int64(-1))
            $0.append("x")
            $0.append([UInt8]())
          }
          throw Stop()
        }
      }
      var seen = 0
      var nulls = 0
      let read = try await session.copyOut("COPY (SELECT * FROM t) TO STDOUT (FORMAT binary)") {
        if try $0.decode(1, as: String?.self) == nil { nulls += 1 }
        seen += try $0.decode(0, as: Int64.self) >= 0 ? 1 : 0
      }
      #expect(read == 50_000 && seen == 50_000 && nulls == 16_667)
    }
  }

  @Test func `given a pipeline when one fails then the rest is skipped and drained`() async throws {
    try await withSession { session in
      try await session.script("CREATE TABLE t (id int PRIMARY KEY)")
      await #expect(throws: PostgresError.self) {
        try await session.pipeline([
          "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)",
        ])
      }
      let rows = try await session.query("SELECT * FROM t")
      #expect(rows.isEmpty)
      let many = (0..<3_000).map { number -> SQL in "SELECT \(number), repeat('y', 2000)" }
      let results = try await session.pipeline(many)
      #expect(results.count == 3_000)
      #expect(try results[2_999].rows[0].decode(0, as: Int.self) == 2_999)
    }
  }

  @Test func `given a listener when notified then it hears, and ends with its back end`()
    async throws
  {
    let target = try await TestServer.shared().database()
    let listener = try await Session.connect(target)
    let other = try await Session.connect(target)
    let stream = try await listener.listen("canal ñ")
    let pid: Int32 = try #require(
      try await listener.query("SELECT pg_backend_pid()").first
    ).decode(0)
    try await other.notify("canal ñ", payload: "uno")
    var heard: [String] = []
    for await notification in stream {
      heard.append(notification.payload)
      if heard.count == 1 { try await other.execute("SELECT pg_terminate_backend(\(pid))") }
    }
    #expect(heard == ["uno"])
    await other.close()
  }
}
