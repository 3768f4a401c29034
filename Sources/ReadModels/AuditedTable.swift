import PostgreSQL
import Traceability

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

  /// What differs between a row and the log, column by column.
  func differences(
    _ code: String, _ found: [String?]
  ) async throws -> [ProjectionAudit.Difference] {
    guard let wanted = try await expected(code) else {
      return [difference(code, "the table has a row, the log knows none")]
    }
    guard found.count == columns.count, wanted.count == columns.count else {
      return [difference(code, "the table has \(found.count) columns, the log \(wanted.count)")]
    }
    return columns.indices.filter { !isSame(found[$0], wanted[$0], columns[$0]) }.map { index in
      let (says, log) = (Self.shown(found[index]), Self.shown(wanted[index]))
      return difference(code, "\(columns[index]): the table says \(says), the log \(log)")
    }
  }

  func difference(_ code: String, _ detail: String) -> ProjectionAudit.Difference {
    ProjectionAudit.Difference(subject: "\(kind):\(code)", detail: detail)
  }

  private func isSame(_ found: String?, _ wanted: String?, _ column: String) -> Bool {
    guard let found, let wanted else { return found == nil && wanted == nil }
    if ExactText(found) == ExactText(wanted) { return true }
    return Self.documents.contains(column) && JSONText.isSame(found, wanted)
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

extension AuditedTable {
  /// A table with a row for each thing that the log knows by a code.
  ///
  /// - Parameter says: what the log says of one, column by column.
  init<Kind, Thing: Sendable>(
    kind: String, columns: [String], of things: [Code<Kind>: Thing],
    rows: @escaping @Sendable (_ ledger: Int64) -> SQL,
    says: @escaping @Sendable (Code<Kind>, Thing) async throws -> [String?]?
  ) {
    self.init(
      kind: kind, columns: columns, rows: rows,
      codes: { things.keys.map(\.text) },
      expected: { text in
        guard let code = try? Code<Kind>(text), let thing = things[code] else { return nil }
        return try await says(code, thing)
      })
  }
}

/// A text compared by its bytes, as the tables do: Swift's `==` takes composed and decomposed
/// accents for equal.
struct ExactText: Sendable, Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Self, right: Self) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
