import CPostgreSQL
import Foundation

extension Session {
  /// Hands over the rows of `COPY … TO STDOUT (FORMAT binary)`, a page of at least `bytes` at a
  /// time (the last may be smaller); while one page is used, the next is read.
  ///
  /// An error may still follow rows that were handed over. The session does nothing else until
  /// this returns; where `body` throws, what is left is cancelled and drained.
  public nonisolated func forEachCopyPage(
    _ statement: SQL, bytes: Int = 512 * 1_024, _ body: (CopyPage) async throws -> Void
  ) async throws {
    try await beginCopyOut(statement)
    do {
      var current = try await takePage(bytes, skipsHeader: true)
      while !current.isLast {
        async let following = takePage(bytes, skipsHeader: false)
        try await body(current.page)
        current = try await following
      }
      if current.page.rows > 0 { try await body(current.page) }
    } catch {
      await abandonRows()
      throw error
    }
  }

  /// All rows of a COPY that gives few.
  public nonisolated func copyPage(_ statement: SQL) async throws -> CopyPage {
    var whole = CopyPage(capacity: 0)
    try await forEachCopyPage(statement, bytes: .max) { whole = $0 }
    return whole
  }

  /// Whole rows of at least so many bytes; fewer, or none, where the copy has ended.
  private func takePage(
    _ wanted: Int, skipsHeader: Bool
  ) async throws -> (page: CopyPage, isLast: Bool) {
    try await interruptible { connection throws(PostgresError) -> (CopyPage, Bool) in
      var page = CopyPage(capacity: min(wanted, 1 << 20) + (1 << 17))
      var headerBytes = skipsHeader ? BinaryCopyWriter.header.count : 0
      while page.bytes.count < wanted {
        var data: UnsafeMutablePointer<CChar>?
        let length = unsafe PQgetCopyData(connection.pointer, &data, 1)
        if length > 0, let start = unsafe data {
          defer { unsafe PQfreemem(start) }
          // Valid until it is freed, and as long as libpq says.
          let row = unsafe UnsafeRawBufferPointer(start: start, count: Int(length))
            .dropFirst(headerBytes)
          headerBytes = 0
          // The trailer is a row of −1 columns; the header may come with a row or alone.
          if unsafe row.count > 2 {
            unsafe page.bytes.append(contentsOf: row)
            page.rows += 1
          }
        } else if length == 0 {
          try connection.wait(Int16(POLLIN))
          guard unsafe PQconsumeInput(connection.pointer) == 1 else { throw connection.failure() }
        } else if length == -1 {
          // Of an error after the last row, too, it is told here.
          _ = try Self.collect(connection)
          return (page, true)
        } else {
          throw connection.failure()
        }
      }
      return (page, false)
    }
  }
}
