import CPostgreSQL

extension Session {
  /// Hands over a large result some rows at a time, in constant memory.
  ///
  /// An error may still follow rows that were handed over. The session does nothing else until
  /// this returns; where `body` throws, what is left is cancelled and drained.
  public nonisolated func forEachBatch(
    _ sql: SQL, size: Int = 256, _ body: ([Row]) async throws -> Void
  ) async throws {
    try await beginRows(sql)
    do {
      while let rows = try await nextRows(size) { try await body(rows) }
    } catch {
      await abandonRows()
      throw error
    }
  }

  private func beginRows(_ sql: SQL) async throws {
    try await interruptible { connection throws(PostgresError) in
      try connection.send(sql)
      guard unsafe PQsetSingleRowMode(connection.pointer) == 1 else {
        throw connection.failure()
      }
    }
  }

  /// Up to `size` rows; nil at the end.
  private func nextRows(_ size: Int) async throws -> [Row]? {
    try await interruptible { connection throws(PostgresError) -> [Row]? in
      var rows: [Row] = []
      var shape: RowShape?
      while rows.count < size {
        guard let pointer = unsafe try connection.nextResult() else {
          return rows.isEmpty ? nil : rows
        }
        let result = unsafe ResultHandle(pointer)
        switch result.status {
        case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK:
          let known = shape ?? result.shape()
          shape = known
          rows += result.rows(known)
        case PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
        default: throw result.error()
        }
      }
      return rows
    }
  }

  /// Cancels at the server and takes what still comes.
  func abandonRows() {
    guard let connection,
      unsafe PQtransactionStatus(connection.pointer) == PQTRANS_ACTIVE
    else { return }
    interruption.begin()
    interruption.request()
    do {
      try connection.drain()
    } catch {
      close()
    }
    _ = interruption.end()
  }
}
