/// Why one row is not taken, told so that a clerk finds the cell and knows what to write.
public struct RowProblem: Sendable, Hashable, Codable {
  public let file: String
  /// As a spreadsheet numbers it; the heading is normally row 1.
  public let row: Int
  /// The heading as the file has it; empty where the row as a whole is at fault.
  public let column: String
  /// The cell's text on one line, cut to `clippedScalars`.
  public let value: String
  /// Stable, for programs.
  public let code: String
  public let reason: Wording
  public let remedy: Wording

  public init(
    file: String, row: Int, column: String, value: String, code: String, reason: Wording,
    remedy: Wording
  ) {
    self.file = file
    self.row = row
    self.column = column
    self.value = value.clipped()
    self.code = code
    self.reason = reason
    self.remedy = remedy
  }

  init(_ cell: CellProblem, file: String, row: Int) {
    self.init(
      file: file, row: row, column: cell.column, value: cell.value, code: cell.code,
      reason: cell.reason, remedy: cell.remedy)
  }

  /// One line: `cosechas.csv, fila 12, columna «kg», valor «1.234»: …`.
  public func text(_ language: Language) -> String {
    place(language) + ": " + reason[language] + " " + remedy[language]
  }

  private func place(_ language: Language) -> String {
    switch language {
    case .spanish:
      "\(file), fila \(row)" + (column.isEmpty ? "" : ", columna «\(column.clipped())»")
        + (value.isEmpty ? "" : ", valor «\(value)»")
    case .english:
      "\(file), row \(row)" + (column.isEmpty ? "" : ", column “\(column.clipped())”")
        + (value.isEmpty ? "" : ", value “\(value)”")
    }
  }
}
