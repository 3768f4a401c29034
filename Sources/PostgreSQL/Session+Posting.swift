import CPostgreSQL
import Foundation

/// Transactions that are sent now and collected later.
///
/// For whoever holds the session alone and runs on its thread: no hop and no suspension lies
/// between sending and receiving, the server works on the first statements of a transaction while
/// the last are made, and a second transaction can be on its way while the first is executed.
/// Answers come in the order of posting. Nothing else may run on the session until all are
/// collected.
extension Session {
  /// What a transaction will answer.
  struct Posted {
    var results = 0
    /// Up to which result statements are prepared, whose names mean nothing if it fails earlier.
    var prepares = 0
  }

  /// Sends statements of the transaction that `seal` ends. Each is prepared the first time that
  /// its text is seen here.
  ///
  /// Throws what sending reports, and closes the session, lest half of a transaction be sealed.
  package func post(_ statements: [SQL]) throws(PostgresError) {
    do throws(PostgresError) {
      try send(statements)
    } catch {
      close()
      throw error
    }
  }

  /// Sends the last statements of a transaction, which commits once all have succeeded. Throws as
  /// `post` does.
  package func seal(_ statements: [SQL]) throws(PostgresError) {
    do throws(PostgresError) {
      let connection = try send(statements)
      guard unsafe PQpipelineSync(connection.pointer) == 1 else { throw connection.failure() }
      try connection.flush()
      posted.append(posting)
      posting = Posted()
    } catch {
      close()
      throw error
    }
  }

  @discardableResult
  private func send(_ statements: [SQL]) throws(PostgresError) -> Connection {
    guard let connection else { throw PostgresError(.connectionLost, "the session is closed") }
    if unsafe PQpipelineStatus(connection.pointer) == PQ_PIPELINE_OFF,
      unsafe PQenterPipelineMode(connection.pointer) != 1
    {
      throw connection.failure()
    }
    for sql in statements {
      let known = prepared[sql.text]
      let name = known ?? "s\(prepared.count)"
      if known == nil {
        try connection.prepare(sql, as: name)
        prepared[sql.text] = name
        posting.results += 1
        posting.prepares = posting.results
      }
      try connection.sendPrepared(sql, as: name)
      posting.results += 1
    }
    // The server begins with what it has.
    try connection.flush()
    return connection
  }

  /// Waits for an answer to what was posted, or until the descriptor can be read: true where
  /// collecting will not have to wait for its first bytes.
  package func hasAnswer(or wake: Int32) -> Bool {
    guard let connection, !posted.isEmpty else { return true }
    while !connection.isBroken, unsafe PQisBusy(connection.pointer) == 1 {
      // A lost connection has no socket, which poll would pass over for ever.
      guard connection.socket >= 0 else { return true }
      var descriptors = [
        pollfd(fd: connection.socket, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      ]
      let ready = unsafe poll(&descriptors, 2, -1)
      if ready < 0, errno != EINTR { return true }
      guard ready > 0 else { continue }
      if descriptors[0].revents == 0 { return false }
      if unsafe PQconsumeInput(connection.pointer) != 1 { return true }
    }
    return true
  }

  /// The end of the oldest transaction that is not collected yet: its last statement's result.
  @discardableResult
  package func collectPosted() throws(PostgresError) -> PipelineResult {
    guard let connection, !posted.isEmpty else {
      throw PostgresError(.connectionLost, "the session is closed")
    }
    let transaction = posted.removeFirst()
    var results: [PipelineResult] = []
    do throws(PostgresError) {
      try Self.collectPipeline(connection, count: transaction.results, into: &results)
      if posted.isEmpty { _ = unsafe PQexitPipelineMode(connection.pointer) }
      return results[transaction.results - 1]
    } catch {
      if posted.isEmpty { _ = unsafe PQexitPipelineMode(connection.pointer) }
      if results.count < transaction.prepares { close() }
      throw error
    }
  }
}

extension Connection {
  fileprivate func prepare(_ sql: SQL, as name: String) throws(PostgresError) {
    let types = sql.parameters.map(\.type)
    let sent = unsafe PQsendPrepare(
      pointer, name, sql.text, Int32(sql.parameters.count), types)
    guard sent == 1 else { throw failure() }
  }

  fileprivate func sendPrepared(_ sql: SQL, as name: String) throws(PostgresError) {
    try check(sql)
    let lengths = sql.parameters.map { Int32(truncatingIfNeeded: $0.bytes?.count ?? 0) }
    let formats = sql.parameters.map { Int32($0.isBinary ? 1 : 0) }
    let sent = unsafe withBytePointers(sql.parameters.map(\.bytes)) { values in
      unsafe PQsendQueryPrepared(
        pointer, name, Int32(sql.parameters.count), values, lengths, formats, 1)
    }
    guard sent == 1 else { throw failure() }
  }
}
