/// What is needed to turn an extent of bytes into text.
struct RowSource: Sendable {
  let bytes: [UInt8]
  let encoding: TextEncoding
  let separator: Separator
  let limits: TableLimits
  let name: String

  func text(_ cell: CellExtent) -> String {
    guard cell.hasEscapes else { return encoding.decode(bytes[cell.range]) }
    var plain: [UInt8] = []
    plain.reserveCapacity(cell.range.count)
    var index = cell.range.lowerBound
    while index < cell.range.upperBound {
      plain.append(bytes[index])
      index += bytes[index] == Byte.quote ? 2 : 1
    }
    return encoding.decode(plain[...])
  }
}

/// The rows of a table, in file order. A row is split into cells when it is taken.
public struct Rows: Sendable, RandomAccessCollection {
  let source: RowSource
  let extents: [RecordExtent]

  public var startIndex: Int { 0 }
  public var endIndex: Int { extents.count }
  public subscript(position: Int) -> Row { Row(extents[position], in: source) }
}

/// One row below the heading.
public struct Row: Sendable {
  /// As a spreadsheet numbers it: the heading is normally row 1, the first row below it 2.
  public let number: Int
  let source: RowSource
  let extent: RecordExtent
  let cells: [CellExtent]

  init(_ extent: RecordExtent, in source: RowSource) {
    var scanner = RecordScanner(
      source.bytes, from: extent.range.lowerBound, separator: source.separator.rawValue,
      limits: source.limits, file: source.name)
    // The same bytes went through the same scanner when the table was read, so this cannot fail.
    _ = try? scanner.next()
    number = extent.number
    cells = scanner.cells
    self.source = source
    self.extent = extent
  }

  /// How many cells the row has, which may be fewer or more than the headings.
  public var count: Int { cells.count }

  /// The cell's text, unquoted, not trimmed; empty beyond the row's end.
  public subscript(column: Int) -> String {
    guard cells.indices.contains(column) else { return "" }
    return source.text(cells[column])
  }
}
