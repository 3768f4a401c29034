import Foundation
import PostgreSQL
import TestSupport
import Testing

@Suite struct PoolTests {
  @Test func `given many borrowers when few sessions then all are served in turn`() async throws {
    // A long wait: other tests compute on the same two threads, and here nobody is to be refused.
    let pool = Pool(
      try await TestServer.shared().database(),
      limits: PoolLimits(sessions: 3, wait: .seconds(120)))
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<200 {
        group.addTask {
          try await pool.withSession { session in
            try await session.query("SELECT \(number)")[0].decode(0, as: Int.self)
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 19_900)
    let open = try await pool.withSession { session in
      try await session.query(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
      )[0].decode(0, as: Int.self)
    }
    #expect(open <= 3)
    await pool.close()
    await #expect(throws: PostgresError.self) { try await pool.withSession { _ in } }
  }

  @Test func `given all lent when too many wait or too long then each is named`() async throws {
    let pool = Pool(
      try await TestServer.shared().database(),
      limits: PoolLimits(sessions: 1, waiters: 1, wait: .seconds(2)))
    let codes = try await pool.withSession { _ in
      await withTaskGroup(of: PostgresError.Code?.self) { group in
        for _ in 0..<2 {
          group.addTask {
            do {
              try await pool.withSession { _ in }
              return nil
            } catch {
              return (error as? PostgresError)?.code
            }
          }
        }
        return await group.reduce(into: Set<PostgresError.Code?>()) { $0.insert($1) }
      }
    }
    #expect(codes == [.poolExhausted, .deadlineExceeded])
    await pool.close()
  }

  @Test func `given a server that restarts then the pool goes on`() async throws {
    let server = try await TestServer.fresh()
    let pool = Pool(server.target, limits: PoolLimits(sessions: 2))
    try await pool.withSession { _ = try await $0.query("SELECT 1") }
    try await server.stop()
    await #expect(throws: PostgresError.self) {
      try await pool.withSession { _ = try await $0.query("SELECT 1") }
    }
    try await server.start()
    let rows = try await pool.withSession { try await $0.query("SELECT 1").count }
    #expect(rows == 1)
    await pool.close()
    try await server.remove()
  }

  @Test func `given sessions opened and closed then no thread and no descriptor stays`()
    async throws
  {
    let target = try await TestServer.shared().database()
    func open(_ folder: String) -> Int {
      (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/" + folder).count) ?? 0
    }
    for round in 0..<2 {
      let before = (open("fd"), open("task"))
      for _ in 0..<60 {
        let session = try await Session.connect(target)
        _ = try await session.query("SELECT 1")
        if !round.isMultiple(of: 2) { await session.close() }
      }
      // Other tests run meanwhile and hold some of their own; a leak would hold 180 and 60.
      for _ in 0..<600 where open("fd") - before.0 >= 60 || open("task") - before.1 >= 40 {
        try await Task.sleep(for: .milliseconds(200))
      }
      #expect(open("fd") - before.0 < 60 && open("task") - before.1 < 40)
    }
  }
}
