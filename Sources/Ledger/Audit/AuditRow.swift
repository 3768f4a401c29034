import PostgreSQL

/// Where the columns of one event lie in a page.
struct AuditRow: Sendable {
  let position: Int64
  let stream: Range<Int>
  let version: Int64
  let bytes: Range<Int>?
  let leafHash: Range<Int>

  static func statement(_ ledger: Int64, _ range: Range<Int64>) -> SQL {
    """
    COPY (
      SELECT position, stream, version, bytes, leaf_hash FROM raiz.events
      WHERE ledger = \(number: ledger) AND position >= \(number: range.lowerBound)
        AND position < \(number: range.upperBound)
      ORDER BY position
    ) TO STDOUT (FORMAT binary)
    """
  }

  /// The next row; nil at the end of the page. A column that is NULL holds nothing, which agrees
  /// with no event.
  init?(_ cursor: inout CopyCursor, _ page: Span<UInt8>) throws(PostgresError) {
    guard try cursor.row(of: 5, in: page) else { return nil }
    guard let position = try cursor.int64(in: page) else {
      throw PostgresError(.decodingFailed, "an event has no position")
    }
    self.position = position
    stream = try cursor.column(in: page) ?? 0..<0
    version = try cursor.int64(in: page) ?? 0
    bytes = try cursor.column(in: page)
    leafHash = try cursor.column(in: page) ?? 0..<0
  }
}
