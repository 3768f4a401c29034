/// Reads the cells of one row by key and gathers every problem in it, so that a clerk corrects a
/// row once.
///
///     var cells = columns.reader(row)
///     let mass = cells.required("kg", .grams(decimal: sign))
///     let note = cells.optional("nota", .text(maxScalars: 200))
///     guard let mass, cells.problems.isEmpty else { rejects.add(row, cells.problems); continue }
public struct RowReader: Sendable {
  public let row: Row
  /// What was wrong so far, in the order it was read.
  public private(set) var problems: [RowProblem] = []
  private let columns: Columns

  init(_ row: Row, _ columns: Columns) {
    self.row = row
    self.columns = columns
    noteExtraCells()
  }

  /// The value, or nil with a problem noted: the cell is empty, or cannot be read so.
  public mutating func required<Value>(_ key: String, _ reader: CellReader<Value>) -> Value? {
    guard let cell = cell(key) else {
      refuse(
        key, code: "cell.empty",
        reason: Wording(es: "La celda está vacía.", en: "The cell is empty."),
        remedy: Wording(es: "Escriba el dato.", en: "Write the value."))
      return nil
    }
    return read(cell, reader)
  }

  /// The value; nil for an empty cell or a column that the file lacks, and nil with a problem noted
  /// for a cell that cannot be read so.
  public mutating func optional<Value>(_ key: String, _ reader: CellReader<Value>) -> Value? {
    guard let cell = cell(key) else { return nil }
    return read(cell, reader)
  }

  /// Notes a problem that the caller found, at a cell or (nil) with the whole row.
  public mutating func refuse(_ key: String?, code: String, reason: Wording, remedy: Wording) {
    problems.append(
      RowProblem(
        file: columns.table.name, row: row.number,
        column: key.map { columns.heading(of: $0) } ?? "",
        value: key.flatMap { cell($0)?.text } ?? "", code: code, reason: reason, remedy: remedy))
  }

  private mutating func read<Value>(_ cell: Cell, _ reader: CellReader<Value>) -> Value? {
    do {
      return try reader.read(cell)
    } catch {
      problems.append(RowProblem(error, file: columns.table.name, row: row.number))
      return nil
    }
  }

  /// Nil where the column is not there or the cell is empty.
  private func cell(_ key: String) -> Cell? {
    guard let index = columns.index(of: key) else { return nil }
    let cell = Cell(column: columns.table.header[index], text: row[index])
    return cell.text.isEmpty ? nil : cell
  }

  /// A comma too many moves every cell after it under the wrong heading, so the row is refused.
  /// A row too short is padded: spreadsheets leave out empty cells at the end.
  private mutating func noteExtraCells() {
    let extra = row.extraCells(beyond: columns.table.width)
    guard !extra.isEmpty else { return }
    let shown = extra.joined(separator: " | ").clipped()
    problems.append(
      RowProblem(
        file: columns.table.name, row: row.number, column: "", value: shown,
        code: "row.too-many-cells",
        reason: Wording(
          es: "La fila tiene \(row.count) celdas y el encabezado \(columns.table.width).",
          en: "The row has \(row.count) cells and the heading \(columns.table.width)."),
        remedy: Wording(
          es: "Ponga entre comillas (\") el texto o el número que lleva el separador.",
          en: "Put quotes (\") around the text or number that holds the separator.")))
  }
}

extension Columns {
  /// A reader over one row of this table.
  public func reader(_ row: Row) -> RowReader { RowReader(row, self) }
}

extension Table {
  /// Columns in the file, those that `RejectsWriter` added counted.
  var width: Int { header.count + (hasRejectColumns ? RejectsWriter.columns.count : 0) }
}

extension Row {
  /// The texts that stand to the right of the last heading.
  func extraCells(beyond width: Int) -> [String] {
    guard count > width else { return [] }
    return (width..<count).map { self[$0].trimmed() }.filter { !$0.isEmpty }
  }
}
