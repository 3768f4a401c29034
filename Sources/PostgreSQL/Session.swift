import CPostgreSQL
import Foundation
import Synchronization

/// One connection on its own OS thread. Whoever holds it uses it alone, statement by statement.
public actor Session {
  nonisolated let thread: SessionThread
  nonisolated let interruption: Interruption
  nonisolated let target: ConnectionTarget
  var connection: Connection?
  /// The most time a statement may take here, the server's own `statement_timeout` apart.
  var statementLimit: Duration?
  var listeners: [String: [UUID: AsyncStream<PostgresNotification>.Continuation]] = [:]
  /// Names of the statements that are prepared here, by their text.
  var prepared: [String: String] = [:]
  /// Transactions that are sent and not collected, oldest first.
  var posted: [Posted] = []
  /// The transaction that is being sent.
  var posting = Posted()
  public nonisolated let serverVersion: Int

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe thread.asUnownedSerialExecutor()
  }

  /// - Throws: `connectionFailed` with libpq's reason; `deadlineExceeded`.
  public static func connect(
    _ target: ConnectionTarget, within: Duration = .seconds(10)
  ) async throws -> Session {
    let thread = try SessionThread()
    let opener = Opener(thread: thread)
    do {
      let opened = try await opener.open(target, within: within)
      return Session(target: target, thread: thread, opened: opened)
    } catch {
      thread.stop()
      throw error
    }
  }

  private init(target: ConnectionTarget, thread: SessionThread, opened: OpenedConnection) {
    self.target = target
    self.thread = thread
    connection = opened.connection
    interruption = opened.interruption
    serverVersion = opened.serverVersion
  }

  deinit { thread.stop() }

  /// Runs a statement; answers how many rows it changed or copied.
  @discardableResult
  public func execute(_ sql: SQL) async throws -> Int { try await run(sql).affected }

  /// Runs a statement; answers all its rows. For many rows see `forEachBatch`.
  public func query(_ sql: SQL) async throws -> [Row] { try await run(sql).rows }

  private func run(_ sql: SQL) async throws -> PipelineResult {
    try await interruptible { connection throws(PostgresError) in
      try connection.send(sql)
      return try Self.collect(connection)
    }
  }

  /// Runs several statements by the simple protocol: no parameters, one implicit transaction
  /// unless the text says otherwise.
  public func script(_ text: String) async throws {
    _ = try await interruptible { connection throws(PostgresError) in
      guard unsafe PQsendQuery(connection.pointer, text) == 1 else { throw connection.failure() }
      return try Self.collect(connection)
    }
  }

  /// Ends the connection; a second call does nothing.
  public func close() {
    thread.unwatch()
    for streams in listeners.values { for stream in streams.values { stream.finish() } }
    listeners = [:]
    prepared = [:]
    posted = []
    posting = Posted()
    connection = nil
  }

  /// True where the session can be lent again: open, in no transaction, nothing outstanding.
  var isReusable: Bool {
    guard let connection, listeners.isEmpty, connection.isIdle else { return false }
    // A server that went away has closed the socket, which reading shows.
    return unsafe PQconsumeInput(connection.pointer) == 1 && connection.isIdle
  }

  func limitStatements(to limit: Duration?) { statementLimit = limit }

  /// Takes all results of one statement; the first error is thrown after the rest is drained.
  static func collect(_ connection: Connection) throws(PostgresError) -> PipelineResult {
    var rows: [Row] = []
    var affected = 0
    var problem: PostgresError?
    while let pointer = unsafe try connection.nextResult() {
      let result = unsafe ResultHandle(pointer)
      switch result.status {
      case PGRES_TUPLES_OK:
        rows = result.rows(result.shape())
        affected = result.affected
      case PGRES_COMMAND_OK: affected = result.affected
      case PGRES_EMPTY_QUERY: break
      case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
        _ = unsafe PQputCopyEnd(connection.pointer, "COPY needs copyIn or copyOut")
        problem =
          problem ?? PostgresError(.protocolViolation, "COPY needs copyIn or copyOut")
        if result.status != PGRES_COPY_IN { throw problem ?? connection.failure() }
      default: problem = problem ?? result.error()
      }
    }
    if let problem { throw problem }
    return PipelineResult(rows: rows, affected: affected)
  }

  /// Runs `body` so that cancelling the task cancels the statement at the server. A deadline
  /// passed does the same; then the connection, whose answer may never come, is given up.
  func interruptible<T>(
    _ body: (Connection) throws(PostgresError) -> T
  ) async throws -> T {
    guard let connection else {
      throw PostgresError(.connectionLost, "the session is closed")
    }
    let interruption = self.interruption
    try Task.checkCancellation()
    interruption.begin()
    return try await withTaskCancellationHandler {
      connection.deadline = statementLimit.map { .now + $0 }
      defer { connection.deadline = nil }
      do {
        let value = try body(connection)
        _ = interruption.end()
        return value
      } catch let error as PostgresError {
        let wasAsked = interruption.end()
        if error.code == .deadlineExceeded || connection.isBroken {
          close()
        } else {
          try? connection.drain()
        }
        if error.code == .cancelled, wasAsked { throw CancellationError() }
        throw error
      }
    } onCancel: {
      interruption.request()
    }
  }
}

/// What one statement of a pipeline gave.
public struct PipelineResult: Sendable {
  public let rows: [Row]
  public let affected: Int
}

/// A connection on its way from the opener to its session, both on one thread.
struct OpenedConnection: @unchecked Sendable {
  let connection: Connection
  let interruption: Interruption
  let serverVersion: Int
}

/// Opens a connection on the session's own thread.
private actor Opener {
  nonisolated let thread: SessionThread
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

  init(thread: SessionThread) { self.thread = thread }

  func open(_ target: ConnectionTarget, within: Duration) throws -> OpenedConnection {
    let connection = try Connection.open(target, within: within)
    return OpenedConnection(
      connection: connection,
      interruption: unsafe Interruption(connection: connection.pointer),
      serverVersion: Int(unsafe PQserverVersion(connection.pointer)))
  }
}
