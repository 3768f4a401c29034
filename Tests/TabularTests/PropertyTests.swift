import Tabular
import Testing

@Suite struct PropertyTests {
  private static let alphabets: [TableWriter.Encoding: [Unicode.Scalar]] = {
    let shared = Array("abcXYZ 019.,;\t\"'-/\n\r".unicodeScalars) + ["ñ", "á", "É", "ü", "°", "¿"]
    let wide: [Unicode.Scalar] = ["€", "ł", "漢", "🌱", "\u{301}", "\u{A0}"]
    let page = shared + TableWriter.windows1252.keys.sorted()
    return [.utf8: shared + wide, .utf8WithMark: shared + wide, .windows1252: page]
  }()

  private func randomTable(
    _ writer: TableWriter, _ generator: inout SeededGenerator
  ) -> [[String]] {
    let width = Int.random(in: 2...9, using: &generator)
    let alphabet = Self.alphabets[writer.encoding] ?? []
    var rows = [(0..<width).map { "columna\($0)" }]
    for row in 0..<Int.random(in: 0...30, using: &generator) {
      let cells = (1..<width).map { _ in
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
          text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
        }
        return String(text)
      }
      rows.append(["fila\(row)"] + cells)
    }
    return rows
  }

  @Test(arguments: TableWriter.Encoding.allCases, Separator.allCases)
  func `given random tables in every dialect then what is read is what was written`(
    encoding: TableWriter.Encoding, separator: Separator
  ) throws {
    var generator = SeededGenerator(state: 2_026 + UInt64(separator.rawValue))
    for round in 0..<60 {
      for lineEnd in ["\n", "\r\n", "\r"] {
        let writer = TableWriter(
          separator: separator, lineEnd: lineEnd, encoding: encoding,
          quotesAll: round % 3 == 0, endsLastRow: round % 2 == 0)
        let rows = randomTable(writer, &generator)
        let read = try Table.read(
          bytes: writer.bytes(rows), name: "x.csv", options: TableOptions(separator: separator))
        let found = [read.header] + texts(read)
        #expect(found.map(scalars) == rows.map(scalars))
      }
    }
  }

  /// Compared by scalars: String equality would forgive a changed composition.
  private func scalars(_ row: [String]) -> [[Unicode.Scalar]] {
    row.map { Array($0.unicodeScalars) }
  }

  @Test(arguments: Separator.allCases)
  func `given a table of quantities then the separator is found unaided`(separator: Separator)
    throws
  {
    var generator = SeededGenerator(state: 11)
    for _ in 0..<100 {
      let width = Int.random(in: 2...12, using: &generator)
      var rows = [(0..<width).map { "col \($0)" }]
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        rows.append(
          (0..<width).map { _ in
            let number = Int.random(in: 1...99_999, using: &generator)
            return separator == .comma ? "\(number).5" : "\(number),5"
          })
      }
      let read = try Table.read(
        bytes: TableWriter(separator: separator).bytes(rows), name: "x.csv")
      #expect(read.separator == separator)
      #expect(texts(read) == Array(rows.dropFirst()))
    }
  }

  @Test func `given rejected random rows then the file of rejects holds them unchanged`() throws {
    var generator = SeededGenerator(state: 3)
    for separator in Separator.allCases {
      let rows = randomTable(TableWriter(separator: separator), &generator)
      let read = try Table.read(
        bytes: TableWriter(separator: separator).bytes(rows), name: "x.csv",
        options: TableOptions(separator: separator))
      var writer = RejectsWriter(read)
      for row in read.rows { writer.add(row, []) }
      let again = try Table.read(
        bytes: writer.bytes, name: "r.csv", options: TableOptions(separator: separator))
      #expect(again.header == read.header)
      #expect(again.rows.map { row in read.header.indices.map { row[$0] } } == texts(read))
    }
  }
}
