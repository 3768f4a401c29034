import CPostgreSQL
import Foundation

/// Builds rows of PostgreSQL's binary COPY (documentation of COPY, "Binary Format").
public struct BinaryCopyWriter: ~Copyable {
  static let header: [UInt8] =
    [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00] + [0, 0, 0, 0, 0, 0, 0, 0]
  /// Bytes gathered before they are handed to the connection.
  static let chunkBytes = 256 * 1_024

  private(set) var buffer: [UInt8] = BinaryCopyWriter.header
  let session: Session

  init(session: Session) { self.session = session }

  /// One row; its values in the columns' order and exactly of their types.
  public mutating func row(_ build: (inout BinaryCopyRowBuilder) throws -> Void) async throws {
    // Handed on and back, never held twice: held twice, every row would copy the whole buffer.
    var builder = BinaryCopyRowBuilder(after: exchange(&buffer, with: []))
    do {
      try build(&builder)
    } catch {
      buffer = builder.abandon()
      throw error
    }
    buffer = builder.end()
    if buffer.count >= Self.chunkBytes { try await flush() }
  }

  mutating func finish() async throws {
    BigEndian.append(Int16(-1), to: &buffer)
    try await flush()
  }

  private mutating func flush() async throws {
    let chunk = buffer
    buffer.removeAll(keepingCapacity: true)
    try await session.putCopy(chunk)
  }
}

public struct BinaryCopyRowBuilder {
  private var bytes: [UInt8]
  private let start: Int
  private var count: Int16 = 0

  /// Begins a row after what is there.
  init(after before: consuming [UInt8]) {
    start = before.count
    bytes = before
    BigEndian.append(Int16(0), to: &bytes)
  }

  /// What was there before the row.
  mutating func abandon() -> [UInt8] {
    bytes.removeSubrange(start...)
    return exchange(&bytes, with: [])
  }

  /// What was there and the row, with the number of its fields in its place.
  mutating func end() -> [UInt8] {
    bytes[start] = UInt8(truncatingIfNeeded: count >> 8)
    bytes[start + 1] = UInt8(truncatingIfNeeded: count)
    return exchange(&bytes, with: [])
  }

  public mutating func append(_ value: some PostgresEncodable) {
    count += 1
    value.appendPostgresField(to: &bytes)
  }
}

/// One row that COPY … TO gave; binary COPY names no types, so the reader says them.
public struct BinaryCopyRow: Sendable {
  public let columns: [ArraySlice<UInt8>?]

  /// - Throws: `decodingFailed` where the bytes do not fit.
  public func decode<T: PostgresDecodable & PostgresElement>(
    _ index: Int, as: T.Type = T.self
  ) throws(PostgresError) -> T {
    guard columns.indices.contains(index),
      let value = T.decode(postgres: columns[index], type: T.postgresType)
    else { throw PostgresError(.decodingFailed, "COPY column \(index) is no \(T.self)") }
    return value
  }
}

extension Session {
  /// Loads rows by `COPY t(a, b) FROM STDIN (FORMAT binary)`; answers how many.
  ///
  /// Where `body` throws, the copy is ended with its reason and nothing of it stays.
  public nonisolated func copyIn(
    _ statement: SQL, _ body: (inout BinaryCopyWriter) async throws -> Void
  ) async throws -> Int {
    try await beginCopy(statement, PGRES_COPY_IN)
    var writer = BinaryCopyWriter(session: self)
    do {
      try await body(&writer)
      try await writer.finish()
    } catch {
      await abandonCopy(reason: "given up by the sender")
      throw error
    }
    return try await endCopy()
  }

  /// Reads rows by `COPY … TO STDOUT (FORMAT binary)`; answers how many.
  public nonisolated func copyOut(
    _ statement: SQL, _ body: (BinaryCopyRow) async throws -> Void
  ) async throws -> Int {
    try await beginCopy(statement, PGRES_COPY_OUT)
    var count = 0
    var isFirst = true
    do {
      while let chunk = try await takeCopy() {
        guard let row = try Self.copyRow(chunk, skipsHeader: isFirst) else { break }
        isFirst = false
        if let row = row.row {
          count += 1
          try await body(row)
        }
      }
      try await finishCopyOut()
    } catch {
      await abandonRows()
      throw error
    }
    return count
  }

  /// The row in one message; a nil row is a message with none, nil is the trailer.
  private static func copyRow(
    _ chunk: [UInt8], skipsHeader: Bool
  ) throws(PostgresError) -> (row: BinaryCopyRow?, Void)? {
    var reader = ByteReader(chunk[...])
    if skipsHeader { _ = reader.take(BinaryCopyWriter.header.count) }
    if reader.isAtEnd { return (nil, ()) }
    guard let fields = reader.int16() else {
      throw PostgresError(.copyFailed, "a COPY row is cut short")
    }
    if fields < 0 { return nil }
    var columns: [ArraySlice<UInt8>?] = []
    for _ in 0..<fields {
      guard let length = reader.int32() else {
        throw PostgresError(.copyFailed, "a COPY row is cut short")
      }
      if length < 0 {
        columns.append(nil)
      } else {
        guard let part = reader.take(Int(length)) else {
          throw PostgresError(.copyFailed, "a COPY row is cut short")
        }
        columns.append(part)
      }
    }
    return (BinaryCopyRow(columns: columns), ())
  }

  func beginCopyOut(_ statement: SQL) async throws {
    try await beginCopy(statement, PGRES_COPY_OUT)
  }

  private func beginCopy(_ statement: SQL, _ expected: ExecStatusType) async throws {
    try await interruptible { connection throws(PostgresError) in
      try connection.send(statement)
      guard let pointer = unsafe try connection.nextResult() else { throw connection.failure() }
      let result = unsafe ResultHandle(pointer)
      if result.status == expected { return }
      if result.status == PGRES_FATAL_ERROR { throw result.error() }
      throw PostgresError(.copyFailed, "the statement is no such COPY")
    }
  }

  func putCopy(_ bytes: [UInt8]) async throws {
    try await interruptible { connection throws(PostgresError) in
      while true {
        let state = unsafe bytes.withUnsafeBytes { buffer in
          unsafe PQputCopyData(
            connection.pointer, buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
            Int32(truncatingIfNeeded: buffer.count))
        }
        if state == 1 { break }
        guard state == 0 else { throw connection.failure() }
        try connection.wait(Int16(POLLOUT))
      }
      try connection.flush()
    }
  }

  private func endCopy() async throws -> Int {
    try await interruptible { connection throws(PostgresError) in
      try Self.sendCopyEnd(connection, nil)
      return try Self.collect(connection).affected
    }
  }

  private func abandonCopy(reason: String) {
    guard let connection else { return }
    do {
      try Self.sendCopyEnd(connection, reason)
      try connection.drain()
    } catch {
      close()
    }
  }

  private static func sendCopyEnd(
    _ connection: Connection, _ reason: String?
  ) throws(PostgresError) {
    while true {
      let state = unsafe PQputCopyEnd(connection.pointer, reason)
      if state == 1 { return try connection.flush() }
      guard state == 0 else { throw connection.failure() }
      try connection.wait(Int16(POLLOUT))
    }
  }

  /// The next message of a copy; nil at its end.
  private func takeCopy() async throws -> [UInt8]? {
    try await interruptible { connection throws(PostgresError) -> [UInt8]? in
      while true {
        var data: UnsafeMutablePointer<CChar>?
        let length = unsafe PQgetCopyData(connection.pointer, &data, 1)
        if length > 0, let start = unsafe data {
          defer { unsafe PQfreemem(start) }
          return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(length)))
        }
        if length == -1 { return nil }
        guard length == 0 else { throw connection.failure() }
        try connection.wait(Int16(POLLIN))
        guard unsafe PQconsumeInput(connection.pointer) == 1 else { throw connection.failure() }
      }
    }
  }

  private func finishCopyOut() async throws {
    _ = try await interruptible { connection throws(PostgresError) in
      // The trailer may have been seen before the end of the data.
      var data: UnsafeMutablePointer<CChar>?
      while true {
        let length = unsafe PQgetCopyData(connection.pointer, &data, 1)
        if length > 0 {
          unsafe PQfreemem(data)
        } else if length == 0 {
          try connection.wait(Int16(POLLIN))
          guard unsafe PQconsumeInput(connection.pointer) == 1 else { throw connection.failure() }
        } else {
          break
        }
      }
      return try Self.collect(connection)
    }
  }
}
