/// Writes the rows that were not taken as a CSV of the same columns and two more, `motivo` and
/// `remedio`. Once corrected it is given again as it is: the two columns are left out on reading.
///
/// UTF-8 with a byte order mark, without which Excel would not show the accents; CRLF line ends;
/// the separator of the file it came from. Cells are written back as they were, byte for byte in
/// meaning, because the corrected file must be the clerk's own.
public struct RejectsWriter: Sendable {
  /// The two columns at the end of a file of rejects.
  public static let columns = ["motivo", "remedio"]

  /// The file so far.
  public private(set) var bytes: [UInt8] = TextProbe.byteOrderMark
  public private(set) var rowCount = 0
  private let table: Table
  private let language: Language

  public init(_ table: Table, language: Language = .spanish) {
    self.table = table
    self.language = language
    write(table.header + Self.columns)
  }

  /// Adds a row with all its problems. A row with cells too many keeps them all, and so is refused
  /// again until it is mended.
  public mutating func add(_ row: Row, _ problems: [RowProblem]) {
    var cells = (0..<max(table.header.count, row.count)).map { row[$0] }
    if table.hasRejectColumns {
      let isAsWide = row.extraCells(beyond: table.width).isEmpty
      cells = isAsWide ? Array(cells.prefix(table.header.count)) : cells.dropLast(2)
    } else if row.extraCells(beyond: table.width).isEmpty {
      cells = Array(cells.prefix(table.header.count))
    }
    cells.append(problems.map { reason($0) }.joined(separator: " | "))
    cells.append(problems.map { $0.remedy[language] }.joined(separator: " | "))
    write(cells)
    rowCount += 1
  }

  private func reason(_ problem: RowProblem) -> String {
    (problem.column.isEmpty ? "" : problem.column.clipped() + ": ") + problem.reason[language]
  }

  private mutating func write(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(table.separator.rawValue) }
      write(cell)
    }
    bytes += [Byte.carriageReturn, Byte.lineFeed]
  }

  private mutating func write(_ cell: String) {
    let separator = table.separator.rawValue
    let needsQuotes = cell.utf8.contains {
      $0 == separator || $0 == Byte.quote || $0 == Byte.lineFeed || $0 == Byte.carriageReturn
    }
    guard needsQuotes else {
      bytes += cell.utf8
      return
    }
    bytes.append(Byte.quote)
    for byte in cell.utf8 {
      if byte == Byte.quote { bytes.append(Byte.quote) }
      bytes.append(byte)
    }
    bytes.append(Byte.quote)
  }
}
