import PostgreSQL

extension Pool {
  private static let tries = 10
  private static let pause = Duration.milliseconds(20)

  /// Does work that may be done twice (reading, mostly): where the connection turns out to be lost,
  /// as the idle ones are after a restart of the server, it is done again on another.
  nonisolated func repeatable<T>(_ work: (Session) async throws -> T) async throws -> T {
    for attempt in 1..<Self.tries {
      do {
        return try await withSession(work)
      } catch let error as PostgresError where error.isConnectionLoss {
        try await Task.sleep(for: Self.pause * attempt)
      }
    }
    return try await withSession(work)
  }
}
