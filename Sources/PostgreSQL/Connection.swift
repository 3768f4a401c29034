import CPostgreSQL
import Foundation

/// libpq, non-blocking, on the session's thread: every wait is a poll with a deadline.
@safe final class Connection {
  let pointer: OpaquePointer
  /// The end of waiting for the statement that runs; nil waits for ever.
  var deadline: ContinuousClock.Instant?

  private init(_ pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }

  deinit { unsafe PQfinish(pointer) }

  static func open(
    _ target: ConnectionTarget, within: Duration
  ) throws(PostgresError) -> Connection {
    let pairs = target.parameters.sorted { $0.key < $1.key }
    let started = unsafe withCStrings(pairs.map(\.key)) { keys in
      unsafe withCStrings(pairs.map(\.value)) { values in
        // 1: dbname may itself be a connection string.
        unsafe PQconnectStartParams(keys, values, 1)
      }
    }
    guard let pointer = unsafe started else {
      throw PostgresError(.connectionFailed, "libpq has no memory for a connection")
    }
    let connection = unsafe Connection(pointer)
    try connection.finishConnecting(by: .now + within)
    guard unsafe PQsetnonblocking(pointer, 1) == 0 else { throw connection.failure() }
    // Notices would go to standard error, where nobody who uses the program expects them.
    _ = unsafe PQsetNoticeProcessor(pointer, { _, _ in }, nil)
    return connection
  }

  private func finishConnecting(by end: ContinuousClock.Instant) throws(PostgresError) {
    deadline = end
    defer { deadline = nil }
    guard unsafe PQstatus(pointer) != CONNECTION_BAD else { throw failure(.connectionFailed) }
    var wanted = PGRES_POLLING_WRITING
    while true {
      switch wanted {
      case PGRES_POLLING_OK: return
      case PGRES_POLLING_FAILED: throw failure(.connectionFailed)
      case PGRES_POLLING_READING: try wait(Int16(POLLIN))
      default: try wait(Int16(POLLOUT))
      }
      wanted = unsafe PQconnectPoll(pointer)
    }
  }

  var isIdle: Bool {
    unsafe PQstatus(pointer) == CONNECTION_OK
      && PQtransactionStatus(pointer) == PQTRANS_IDLE
      && PQpipelineStatus(pointer) == PQ_PIPELINE_OFF
  }

  /// Nothing more can come of it.
  var isBroken: Bool { unsafe PQstatus(pointer) == CONNECTION_BAD }

  var socket: Int32 { unsafe PQsocket(pointer) }

  func failure(_ code: PostgresError.Code = .connectionLost) -> PostgresError {
    let text = unsafe PQerrorMessage(pointer).map { unsafe String(cString: $0) } ?? ""
    let line = text.split(separator: "\n").first.map(String.init) ?? "the connection is lost"
    let isLost = unsafe PQstatus(pointer) == CONNECTION_BAD
    return PostgresError(isLost || code == .connectionFailed ? code : .protocolViolation, line)
  }

  /// Waits until the socket can be read or written, at most until the deadline.
  func wait(_ events: Int16) throws(PostgresError) {
    var descriptor = pollfd(fd: socket, events: events, revents: 0)
    guard descriptor.fd >= 0 else { throw failure() }
    while true {
      var milliseconds: Int32 = -1
      if let deadline {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else {
          throw PostgresError(.deadlineExceeded, "PostgreSQL did not answer in time")
        }
        let whole =
          left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000
        milliseconds = Int32(clamping: whole + 1)
      }
      let ready = unsafe poll(&descriptor, 1, milliseconds)
      if ready > 0 { return }
      if ready < 0, errno != EINTR {
        throw PostgresError(.connectionLost, "poll failed (errno \(errno))")
      }
    }
  }

  /// Sends all that is buffered, reading meanwhile so that neither side can stall the other.
  func flush() throws(PostgresError) {
    while true {
      let state = unsafe PQflush(pointer)
      if state == 0 { return }
      guard state == 1 else { throw failure() }
      try wait(Int16(POLLIN) | Int16(POLLOUT))
      guard unsafe PQconsumeInput(pointer) == 1 else { throw failure() }
    }
  }

  /// The next result, or nil at the end of a statement's results.
  func nextResult() throws(PostgresError) -> OpaquePointer? {
    try flush()
    while unsafe PQisBusy(pointer) == 1 {
      try wait(Int16(POLLIN))
      guard unsafe PQconsumeInput(pointer) == 1 else { throw failure() }
    }
    return unsafe PQgetResult(pointer)
  }

  /// Takes and frees whatever is left of a statement's results.
  func drain() throws(PostgresError) {
    while let pointer = unsafe try nextResult() {
      let result = unsafe ResultHandle(pointer)
      if result.status == PGRES_COPY_IN {
        _ = unsafe PQputCopyEnd(self.pointer, "the copy was given up")
      }
    }
  }

  func check(_ sql: SQL) throws(PostgresError) {
    // A value's length is an Int32 on the wire.
    let tooLong = sql.parameters.contains { ($0.bytes?.count ?? 0) > 1_000_000_000 }
    guard sql.parameters.count <= 65_535, !tooLong else {
      throw PostgresError(
        .tooLarge, "a statement takes at most 65,535 parameters of at most 1 GB each")
    }
  }

  func send(_ sql: SQL) throws(PostgresError) {
    try check(sql)
    let types = sql.parameters.map(\.type)
    let lengths = sql.parameters.map { Int32(truncatingIfNeeded: $0.bytes?.count ?? 0) }
    let formats = sql.parameters.map { Int32($0.isBinary ? 1 : 0) }
    // Text parameters are C strings; a zero byte ends every value, harmless to binary ones.
    let sent = unsafe withBytePointers(sql.parameters.map(\.bytes)) { values in
      unsafe PQsendQueryParams(
        pointer, sql.text, Int32(sql.parameters.count), types, values, lengths, formats, 1)
    }
    guard sent == 1 else { throw failure() }
  }
}

/// Lends C strings, null-terminated list and all.
private func withCStrings<R>(
  _ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> R
) -> R {
  let copies = unsafe texts.map { unsafe strdup($0) }
  defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
  return unsafe body(copies.map { unsafe UnsafePointer($0) } + [nil])
}

/// Lends the values' bytes, each followed by a zero byte; nil stays nil.
func withBytePointers<R>(
  _ values: [[UInt8]?], _ body: ([UnsafePointer<CChar>?]) -> R
) -> R {
  var storage: [UInt8] = []
  storage.reserveCapacity(values.reduce(0) { $0 + ($1?.count ?? 0) + 1 })
  var offsets: [Int?] = []
  for value in values {
    offsets.append(value == nil ? nil : storage.count)
    if let value {
      storage += value
      storage.append(0)
    }
  }
  return unsafe storage.withUnsafeBytes { bytes in
    let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    return unsafe body(
      offsets.map { offset in
        guard let offset, let base = unsafe base else { return nil }
        return unsafe base + offset
      })
  }
}
