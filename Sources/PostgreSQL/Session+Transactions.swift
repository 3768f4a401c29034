import CPostgreSQL

/// How a transaction begins.
public enum TransactionMode: Sendable, Hashable {
  case readWrite, readOnly, repeatableRead, serializable

  var begin: SQL {
    switch self {
    case .readWrite: "BEGIN"
    case .readOnly: "BEGIN READ ONLY"
    case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
    }
  }
}

extension Session {
  /// Commits when `body` returns and rolls back when it throws.
  ///
  /// - Throws: what `body` throws; `connectionLost` where the connection ended at COMMIT, when
  ///   only asking the data tells whether it took effect.
  public nonisolated func transaction<T>(
    _ mode: TransactionMode = .readWrite, _ body: (Session) async throws -> T
  ) async throws -> T {
    try await execute(mode.begin)
    let value: T
    do {
      value = try await body(self)
    } catch {
      // A task that was cancelled must still leave the session clean.
      await rollBack()
      throw error
    }
    do {
      try await commit()
    } catch {
      await rollBack()
      throw error
    }
    return value
  }

  private func commit() throws {
    guard let connection else { throw PostgresError(.connectionLost, "the session is closed") }
    // A failed transaction answers COMMIT with ROLLBACK and no error: that must not pass.
    let hadFailed = unsafe PQtransactionStatus(connection.pointer) == PQTRANS_INERROR
    try connection.send("COMMIT")
    _ = try Self.collect(connection)
    if hadFailed {
      throw PostgresError(
        .server, "the transaction had failed and was rolled back", sqlState: "25P02")
    }
  }

  private func rollBack() {
    guard let connection,
      unsafe PQtransactionStatus(connection.pointer) != PQTRANS_IDLE
    else { return }
    do {
      try connection.send("ROLLBACK")
      _ = try Self.collect(connection)
    } catch {
      close()
    }
  }

  /// Sends statements in one round trip, as one implicit transaction (unless they hold BEGIN and
  /// COMMIT): the first error is thrown, what follows it is skipped, and nothing is left over.
  public func pipeline(_ statements: [SQL]) async throws -> [PipelineResult] {
    try await interruptible { connection throws(PostgresError) in
      guard unsafe PQenterPipelineMode(connection.pointer) == 1 else {
        throw connection.failure()
      }
      defer { _ = unsafe PQexitPipelineMode(connection.pointer) }
      for sql in statements { try connection.send(sql) }
      guard unsafe PQpipelineSync(connection.pointer) == 1 else { throw connection.failure() }
      return try Self.collectPipeline(connection, count: statements.count)
    }
  }

  static func collectPipeline(
    _ connection: Connection, count: Int
  ) throws(PostgresError) -> [PipelineResult] {
    var results: [PipelineResult] = []
    try collectPipeline(connection, count: count, into: &results)
    return results
  }

  /// What came before an error is in `results`.
  static func collectPipeline(
    _ connection: Connection, count: Int, into results: inout [PipelineResult]
  ) throws(PostgresError) {
    var problem: PostgresError?
    var isSynchronised = false
    while !isSynchronised {
      // Within a pipeline nil only ends one statement's results.
      guard let pointer = unsafe try connection.nextResult() else { continue }
      let result = unsafe ResultHandle(pointer)
      switch result.status {
      case PGRES_PIPELINE_SYNC: isSynchronised = true
      case PGRES_PIPELINE_ABORTED: break
      case PGRES_TUPLES_OK:
        results.append(
          PipelineResult(rows: result.rows(result.shape()), affected: result.affected))
      case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
        results.append(PipelineResult(rows: [], affected: result.affected))
      default: problem = problem ?? result.error()
      }
    }
    if let problem { throw problem }
    guard results.count == count else {
      throw PostgresError(
        .protocolViolation, "\(count) statements gave \(results.count) results")
    }
  }
}
