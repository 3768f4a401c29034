/// Rows as CSV (RFC 4180), with what a spreadsheet would take for a formula made plain text.
struct CSVText {
  private var lines: [String] = []

  init(_ names: [String]) { row(names) }

  /// The lines, without a line's end after the last.
  var text: String { lines.joined(separator: "\r\n") }

  mutating func row(_ cells: [String?]) {
    lines.append(cells.map { Self.cell($0 ?? "") }.joined(separator: ","))
  }

  private static func cell(_ value: String) -> String {
    var value = value
    if let first = value.first, "=+-@\t\r".contains(first) { value = "'" + value }
    guard value.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return value }
    return "\"" + value.replacing("\"", with: "\"\"") + "\""
  }
}
