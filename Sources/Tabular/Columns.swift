/// A column that the caller wants, and the headings it goes by.
public struct ColumnSpec: Sendable, Hashable {
  /// The caller's own name for it.
  public let key: String
  /// Headings under which it is found, in any language, compared as `HeadingName`s. The first is
  /// the one messages recommend.
  public let names: [String]
  public let required: Bool

  public init(key: String, names: [String], required: Bool) {
    self.key = key
    self.names = names
    self.required = required
  }
}

/// Which column of a table holds what.
public struct Columns: Sendable {
  public let table: Table
  /// `column.unknown` for every heading that nobody asked for.
  public let notes: [TableNote]
  private let indexes: [String: Int]

  /// The column that holds `key`; nil if the file has none.
  public func index(of key: String) -> Int? { indexes[key] }

  /// The heading as the file has it; the key itself if the file has no such column.
  public func heading(of key: String) -> String {
    indexes[key].map { table.header[$0] } ?? key
  }

  /// Finds each wanted column by its heading.
  ///
  /// - Throws: `column.missing`, `column.duplicated`.
  init(_ table: Table, _ specs: [ColumnSpec]) throws(TabularError) {
    var wanted: [HeadingName: String] = [:]
    for spec in specs {
      for name in [spec.key] + spec.names {
        let folded = HeadingName(name)
        if wanted[folded] == nil { wanted[folded] = spec.key }
      }
    }
    var indexes: [String: Int] = [:]
    var seen: [HeadingName: Int] = [:]
    var notes: [TableNote] = []
    for (index, heading) in table.header.enumerated() {
      let name = HeadingName(heading)
      let key = wanted[name]
      if !name.folded.isEmpty, let earlier = seen[name] ?? key.flatMap({ indexes[$0] }) {
        throw Self.duplicated(table, earlier, index)
      }
      seen[name] = index
      if let key { indexes[key] = index } else { notes.append(Self.unknown(heading, index)) }
    }
    for spec in specs where spec.required && indexes[spec.key] == nil {
      throw Self.missing(table, spec)
    }
    self.table = table
    self.indexes = indexes
    self.notes = notes
  }

  private static func unknown(_ heading: String, _ index: Int) -> TableNote {
    let shown = heading.isEmpty ? "nº \(index + 1)" : heading.clipped()
    return TableNote(
      code: "column.unknown",
      text: Wording(
        es: "La columna «\(shown)» no se usa.", en: "Column “\(shown)” is not used."))
  }

  private static func duplicated(_ table: Table, _ first: Int, _ second: Int) -> TabularError {
    let names = (table.header[first].clipped(), table.header[second].clipped())
    return TabularError(
      .duplicatedColumn, file: table.name, place: .init(row: table.headerRow),
      reason: Wording(
        es: "Las columnas \(first + 1) («\(names.0)») y \(second + 1) («\(names.1)») "
          + "dicen lo mismo.",
        en: "Columns \(first + 1) (“\(names.0)”) and \(second + 1) (“\(names.1)”) "
          + "say the same."),
      remedy: Wording(
        es: "Deje una sola, o cambie el encabezado de la otra.",
        en: "Keep one of them, or give the other another heading."))
  }

  private static func missing(_ table: Table, _ spec: ColumnSpec) -> TabularError {
    let accepted = spec.names.joined(separator: ", ")
    let found = table.header.map { $0.clipped() }.joined(separator: ", ")
    return TabularError(
      .missingColumn, file: table.name, place: .init(row: table.headerRow),
      reason: Wording(
        es: "Falta la columna «\(spec.names.first ?? spec.key)». Hay: \(found).",
        en: "Column “\(spec.names.first ?? spec.key)” is missing. Found: \(found)."),
      remedy: Wording(
        es: "Agréguela; se acepta cualquiera de estos nombres: \(accepted).",
        en: "Add it; any of these names will do: \(accepted)."))
  }
}

extension Table {
  /// Finds the wanted columns by their headings, in any order.
  ///
  /// - Throws: `column.missing` (a required one), `column.duplicated`.
  public func columns(_ specs: [ColumnSpec]) throws(TabularError) -> Columns {
    try Columns(self, specs)
  }
}
