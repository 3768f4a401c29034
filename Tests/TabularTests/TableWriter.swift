import Tabular

/// The same numbers on every machine and every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Writes tables the ways other programs do.
struct TableWriter {
  enum Encoding: CaseIterable {
    case utf8
    case utf8WithMark
    case windows1252
  }

  var separator = Separator.comma
  var lineEnd = "\r\n"
  var encoding = Encoding.utf8
  /// Quotes cells that do not need it too.
  var quotesAll = false
  var endsLastRow = true

  func bytes(_ rows: [[String]]) -> [UInt8] {
    let lines = rows.map { $0.map(cell).joined(separator: mark) }
    let text = lines.joined(separator: lineEnd) + (endsLastRow ? lineEnd : "")
    switch encoding {
    case .utf8: return Array(text.utf8)
    case .utf8WithMark: return [0xEF, 0xBB, 0xBF] + text.utf8
    case .windows1252: return text.unicodeScalars.map { Self.windows1252[$0] ?? UInt8($0.value) }
    }
  }

  private var mark: String { String(UnicodeScalar(separator.rawValue)) }

  private func cell(_ text: String) -> String {
    let special: Set<Unicode.Scalar> = [
      UnicodeScalar(separator.rawValue), "\"", "\n", "\r",
    ]
    guard quotesAll || text.unicodeScalars.contains(where: special.contains) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// The characters of code page 1252 outside Latin-1 that the tests use.
  static let windows1252: [Unicode.Scalar: UInt8] = [
    "€": 0x80, "Š": 0x8A, "“": 0x93, "”": 0x94, "–": 0x96, "™": 0x99, "œ": 0x9C, "Ÿ": 0x9F,
  ]
}

/// Reads CSV text as the file `cosechas.csv`.
func table(_ text: String, _ options: TableOptions = TableOptions()) throws -> Table {
  try Table.read(bytes: Array(text.utf8), name: "cosechas.csv", options: options)
}

/// Every cell of a table, row by row.
func texts(_ table: Table) -> [[String]] {
  table.rows.map { row in (0..<row.count).map { row[$0] } }
}

/// The error with which a file is refused; nil if it is read.
func refusal(_ bytes: [UInt8], _ limits: TableLimits = TableLimits()) -> TabularError? {
  do throws(TabularError) {
    _ = try Table.read(
      bytes: bytes, name: "cosechas.csv", options: TableOptions(limits: limits))
    return nil
  } catch {
    return error
  }
}

func refusal(_ text: String, _ limits: TableLimits = TableLimits()) -> TabularError? {
  refusal(Array(text.utf8), limits)
}
