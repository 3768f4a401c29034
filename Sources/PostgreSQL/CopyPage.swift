/// Whole rows of a binary COPY, as they came on the wire, one after the other (documentation of
/// COPY, "Binary Format"). They are read in place: nothing is allocated for a row or a column.
public struct CopyPage: Sendable {
  /// Each row: a big-endian 16-bit number of columns; each column: a big-endian 32-bit number of
  /// bytes (−1 is NULL), and the bytes.
  public internal(set) var bytes: [UInt8] = []
  public internal(set) var rows = 0

  init(capacity: Int) { bytes.reserveCapacity(capacity) }
}

/// A place between two columns of a page. It never reads past the end of the bytes it is given.
public struct CopyCursor: Sendable {
  @usableFromInline var index = 0

  public init() {}

  /// Begins the next row; false at the end of the page.
  ///
  /// - Throws: `copyFailed` where the row has another number of columns, or is cut short.
  @inlinable public mutating func row(
    of columns: Int, in bytes: Span<UInt8>
  ) throws(PostgresError) -> Bool {
    if index == bytes.count { return false }
    guard bytes.count - index >= 2, Int(bytes[index]) << 8 | Int(bytes[index + 1]) == columns
    else { throw Self.fault() }
    index += 2
    return true
  }

  /// Where the next column's bytes lie; nil for NULL.
  ///
  /// - Throws: `copyFailed` where the row is cut short.
  @inlinable public mutating func column(
    in bytes: Span<UInt8>
  ) throws(PostgresError) -> Range<Int>? {
    guard bytes.count - index >= 4 else { throw Self.fault() }
    var length: UInt32 = 0
    for offset in 0..<4 { length = length << 8 | UInt32(bytes[index + offset]) }
    index += 4
    if length == .max { return nil }
    guard bytes.count - index >= Int(length) else { throw Self.fault() }
    defer { index += Int(length) }
    return index..<(index + Int(length))
  }

  /// The next column as an `int8`; nil for NULL or another type.
  ///
  /// - Throws: `copyFailed` where the row is cut short.
  @inlinable public mutating func int64(
    in bytes: Span<UInt8>
  ) throws(PostgresError) -> Int64? {
    guard let range = try column(in: bytes), range.count == 8 else { return nil }
    var value: UInt64 = 0
    for offset in range { value = value << 8 | UInt64(bytes[offset]) }
    return Int64(bitPattern: value)
  }

  @usableFromInline static func fault() -> PostgresError {
    PostgresError(.copyFailed, "a COPY row is cut short or has other columns")
  }
}
