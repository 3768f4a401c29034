import CPostgreSQL
import Foundation

/// Statements that are sent now and collected later, each a transaction of its own.
///
/// For whoever holds the session alone and runs on its thread: no hop and no suspension lies
/// between sending and receiving, and a second statement can be on its way while the first is
/// executed. Answers come in the order of posting. Nothing else may run on the session until all
/// are collected.
extension Session {
  /// Sends a statement, which is prepared the first time that its text is seen here.
  ///
  /// Throws what sending reports; then nothing is known of this and earlier posts.
  package func post(_ sql: SQL) throws(PostgresError) {
    guard let connection else { throw PostgresError(.connectionLost, "the session is closed") }
    if unsafe PQpipelineStatus(connection.pointer) == PQ_PIPELINE_OFF,
      unsafe PQenterPipelineMode(connection.pointer) != 1
    {
      throw connection.failure()
    }
    let isKnown = prepared[sql.text] != nil
    let name = prepared[sql.text] ?? "s\(prepared.count)"
    if !isKnown {
      try connection.prepare(sql, as: name)
      prepared[sql.text] = name
    }
    try connection.sendPrepared(sql, as: name)
    guard unsafe PQpipelineSync(connection.pointer) == 1 else { throw connection.failure() }
    try connection.flush()
    posted.append(isKnown ? 1 : 2)
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

  /// The answer to the oldest statement that is not collected yet.
  package func collectPosted() throws(PostgresError) -> PipelineResult {
    guard let connection, !posted.isEmpty else {
      throw PostgresError(.connectionLost, "the session is closed")
    }
    let count = posted.removeFirst()
    var results: [PipelineResult] = []
    do {
      try Self.collectPipeline(connection, count: count, into: &results)
      if posted.isEmpty { _ = unsafe PQexitPipelineMode(connection.pointer) }
      return results[count - 1]
    } catch {
      if posted.isEmpty { _ = unsafe PQexitPipelineMode(connection.pointer) }
      // Where it failed while it was prepared, its name means nothing.
      if results.count < count - 1 { close() }
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
