/// One cell as bytes in the file.
struct CellExtent: Sendable, Hashable {
  /// Without the enclosing quotes.
  var range: Range<Int>
  /// Holds doubled quotes, each of which stands for one.
  var hasEscapes = false
}

/// One row as bytes in the file.
struct RecordExtent: Sendable, Hashable {
  /// Without the line end.
  var range: Range<Int>
  /// From 1, blank rows counted, as a spreadsheet numbers it.
  var number: Int
  /// Nothing in it but separators, quotes and blanks.
  var isBlank: Bool
}

/// Splits bytes into rows and cells as RFC 4180 section 2 has it, in one pass, keeping one row's
/// cells at a time. A row ends with CRLF, LF or CR. A quote inside an unquoted cell is a character
/// like another (12" is a length), which RFC 4180 leaves open.
struct RecordScanner {
  let bytes: [UInt8]
  let separator: UInt8
  let limits: TableLimits
  let file: String
  /// The cells of the row that `next()` returned last.
  private(set) var cells: [CellExtent] = []
  private(set) var offset: Int
  private(set) var line = 1
  private(set) var row = 0
  private var rowStart = 0
  private var isBlank = true

  init(_ bytes: [UInt8], from offset: Int, separator: UInt8, limits: TableLimits, file: String) {
    self.bytes = bytes
    self.offset = offset
    self.separator = separator
    self.limits = limits
    self.file = file
  }

  /// The next row, or nil at the end of the file.
  mutating func next() throws(TabularError) -> RecordExtent? {
    guard offset < bytes.count else { return nil }
    cells.removeAll(keepingCapacity: true)
    row += 1
    rowStart = offset
    isBlank = true
    while true {
      guard cells.count < limits.columns else { throw fault(.tooManyColumns, at: offset) }
      cells.append(try scanCell())
      guard offset < bytes.count, bytes[offset] == separator else { break }
      offset += 1
    }
    guard offset - rowStart <= limits.rowBytes else { throw fault(.rowTooLong, at: rowStart) }
    let extent = RecordExtent(range: rowStart..<offset, number: row, isBlank: isBlank)
    skipLineEnd()
    return extent
  }

  private mutating func scanCell() throws(TabularError) -> CellExtent {
    if offset < bytes.count, bytes[offset] == Byte.quote { return try scanQuoted() }
    let start = offset
    let stop = self.stop(from: start)
    while offset < stop {
      let byte = bytes[offset]
      if byte > Byte.space {
        if byte == separator { break }
        isBlank = false
      } else if byte == separator || byte == Byte.lineFeed || byte == Byte.carriageReturn {
        break
      } else if byte == 0 {
        throw fault(.nulByte, at: offset)
      }
      offset += 1
    }
    try checkLength(from: start)
    return CellExtent(range: start..<offset)
  }

  private mutating func scanQuoted() throws(TabularError) -> CellExtent {
    let start = offset
    let startLine = line
    let stop = self.stop(from: start)
    var hasEscapes = false
    offset += 1
    while offset < stop {
      let byte = bytes[offset]
      if byte == Byte.quote {
        guard offset + 1 < bytes.count, bytes[offset + 1] == Byte.quote else {
          offset += 1
          try checkLength(from: start)
          try checkEnd()
          return CellExtent(range: (start + 1)..<(offset - 1), hasEscapes: hasEscapes)
        }
        hasEscapes = true
        isBlank = false
        offset += 1
      } else if byte > Byte.space {
        isBlank = false
      } else if byte == 0 {
        throw fault(.nulByte, at: offset)
      } else if isLineEnd(at: offset) {
        line += 1
      }
      offset += 1
    }
    line = startLine
    try checkLength(from: start)
    throw fault(.unterminatedQuote, at: start)
  }

  /// One byte past the point where a limit is broken: a line of any length is given up here.
  private func stop(from start: Int) -> Int {
    min(bytes.count, start + limits.cellBytes + 1, rowStart + limits.rowBytes + 1)
  }

  private func checkLength(from start: Int) throws(TabularError) {
    if offset - start > limits.cellBytes { throw fault(.cellTooLong, at: start) }
    if offset - rowStart > limits.rowBytes { throw fault(.rowTooLong, at: rowStart) }
  }

  /// After a closing quote only a separator or the row's end may stand.
  private func checkEnd() throws(TabularError) {
    guard offset < bytes.count else { return }
    let byte = bytes[offset]
    guard byte == separator || byte == Byte.lineFeed || byte == Byte.carriageReturn else {
      throw fault(.textAfterQuote, at: offset)
    }
  }

  /// True once for each line end: at LF, and at a CR that no LF follows.
  private func isLineEnd(at index: Int) -> Bool {
    if bytes[index] == Byte.lineFeed { return true }
    guard bytes[index] == Byte.carriageReturn else { return false }
    return index + 1 == bytes.count || bytes[index + 1] != Byte.lineFeed
  }

  private mutating func skipLineEnd() {
    guard offset < bytes.count else { return }
    line += 1
    let isPair =
      bytes[offset] == Byte.carriageReturn && offset + 1 < bytes.count
      && bytes[offset + 1] == Byte.lineFeed
    offset += isPair ? 2 : 1
  }

  private func fault(_ code: TabularError.Code, at offset: Int) -> TabularError {
    TabularError(
      code, file: file, place: .init(row: row, line: line, offset: offset), limits: limits)
  }
}
