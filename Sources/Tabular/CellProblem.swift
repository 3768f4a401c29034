/// Why one cell cannot be read as what its column holds.
public struct CellProblem: Error, Sendable, Hashable {
  /// The heading as the file has it.
  public let column: String
  /// The cell's text on one line, cut to `clippedScalars`.
  public let value: String
  /// Stable, for programs: `number.ambiguous`.
  public let code: String
  public let reason: Wording
  public let remedy: Wording

  public init(column: String, value: String, code: String, reason: Wording, remedy: Wording) {
    self.column = column
    self.value = value.clipped()
    self.code = code
    self.reason = reason
    self.remedy = remedy
  }
}

/// One cell's text, trimmed, with the column it stands in.
public struct Cell: Sendable, Hashable {
  public let column: String
  public let text: String

  public init(column: String, text: String) {
    self.column = column
    self.text = text.trimmed()
  }

  /// The problem with this very cell.
  public func problem(_ code: String, _ reason: Wording, _ remedy: Wording) -> CellProblem {
    CellProblem(column: column, value: text, code: code, reason: reason, remedy: remedy)
  }
}

/// A way to read cells of one kind. An empty cell never reaches it: whether a cell may be empty is
/// for `RowReader` to say.
public struct CellReader<Value: Sendable>: Sendable {
  private let body: @Sendable (Cell) throws(CellProblem) -> Value

  public init(_ body: @escaping @Sendable (Cell) throws(CellProblem) -> Value) {
    self.body = body
  }

  public func read(_ cell: Cell) throws(CellProblem) -> Value {
    if let fault = cell.spreadsheetFault { throw fault }
    return try body(cell)
  }
}

extension Cell {
  /// `#N/A` and its kin are a spreadsheet's own complaints, never data.
  fileprivate var spreadsheetFault: CellProblem? {
    guard text.first == "#" else { return nil }
    let isHidden = text.count > 1 && text.allSatisfy { $0 == "#" }
    guard isHidden || Self.spreadsheetErrors.contains(text.uppercased()) else { return nil }
    return problem(
      "cell.spreadsheet-error",
      Wording(
        es: "La hoja de cálculo puso un error en lugar del dato.",
        en: "The spreadsheet put an error in place of the value."),
      Wording(
        es: "Corrija la fórmula (o ensanche la columna) y guarde otra vez como CSV.",
        en: "Mend the formula (or widen the column) and save as CSV again."))
  }

  private static let spreadsheetErrors: Set<String> = [
    "#N/A", "#N/D", "#REF!", "#¡REF!", "#VALUE!", "#¡VALOR!", "#DIV/0!", "#¡DIV/0!", "#NAME?",
    "#¿NOMBRE?", "#NULL!", "#¡NULO!", "#NUM!", "#¡NUM!",
  ]
}
