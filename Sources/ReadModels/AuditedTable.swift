import PostgreSQL

/// A table of the read models, and what the log says that must be in it: in every column but the
/// ledger's number.
struct AuditedTable: Sendable {
  /// Names a row in what is said of it, before its code.
  let kind: String
  /// The columns beside those that name a row, in the order of both sides.
  let columns: [String]
  /// Asks for each row's `code`, and its columns as texts in `says`. Outlines as their WKB in hex,
  /// numbers with a fraction as their bytes in hex: no digit is lost.
  let rows: @Sendable (_ ledger: Int64) -> SQL
  /// The codes that the log knows.
  let codes: @Sendable () -> [String]
  /// What the log says of a code, column by column; nil where it knows no such row.
  let expected: @Sendable (String) async throws -> [String?]?

  /// Those of these columns in which both sides differ, each with what the table says and what
  /// the log says.
  func differences(_ found: [String?], _ wanted: [String?]) -> [(column: String, String, String)] {
    guard found.count == columns.count, wanted.count == columns.count else {
      return [("row", Self.shown("\(found.count) columns"), Self.shown("\(wanted.count) columns"))]
    }
    return columns.indices.compactMap { index in
      let (found, wanted) = (found[index], wanted[index])
      if found == wanted { return nil }
      if Self.documents.contains(columns[index]), let found, let wanted,
        JSONText.isSame(found, wanted)
      {
        return nil
      }
      return (columns[index], Self.shown(found), Self.shown(wanted))
    }
  }

  /// Columns of JSON: equal where they say the same, however it is written.
  private static let documents: Set<String> = ["reasons", "figures"]
  /// Outlines are long.
  private static let mostShown = 200

  private static func shown(_ text: String?) -> String {
    guard let text else { return "—" }
    return "«" + (text.count > mostShown ? text.prefix(mostShown) + "…" : text) + "»"
  }
}
