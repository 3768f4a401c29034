import Tabular
import Testing

@Suite struct RejectsWriterTests {
  /// Reads every row and writes those with problems back.
  private func rejects(of read: Table) throws -> RejectsWriter {
    let columns = try read.columns(harvestSpecs)
    var writer = RejectsWriter(read)
    for row in read.rows {
      var cells = columns.reader(row)
      _ = cells.required("lot", .text())
      _ = cells.required("kg", .grams(decimal: .auto))
      _ = cells.required("date", .date)
      if !cells.problems.isEmpty { writer.add(row, cells.problems) }
    }
    return writer
  }

  private let text =
    "Código;Peso_kg;Fecha;Nota\nA;1,5;2026-05-04;ok\n"
    + "B;doce;31/02/2026;\"dijo \"\"doce\"\"; y\nmás\"\n"

  @Test func `given bad rows then they come back with reason and remedy, ready for Excel`() throws {
    let writer = try rejects(of: try table(text))
    #expect(writer.rowCount == 1)
    #expect(writer.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let again = try Table.read(bytes: writer.bytes, name: "r.csv")
    #expect(again.header == ["Código", "Peso_kg", "Fecha", "Nota"])
    #expect(again.hasRejectColumns)
    #expect(again.separator == .semicolon)
    #expect(again.rows[0][3] == "dijo \"doce\"; y\nmás")
    #expect(
      again.rows[0][4]
        == "Peso_kg: No es un número. | Fecha: El día 31 no existe en el mes 2 de 2026.")
    #expect(again.rows[0][5].hasPrefix("Escriba solo cifras"))
  }

  @Test func `given the corrected file then the two columns are left out without a note`() throws {
    let bytes = try rejects(of: try table(text)).bytes
    let mended = String(decoding: bytes, as: UTF8.self)
      .split(separator: "doce;31/02", maxSplits: 1).joined(separator: "12;28/02")
    let again = try table(mended)
    let columns = try again.columns(harvestSpecs)
    #expect(columns.notes.isEmpty)
    #expect(try rejects(of: again).rowCount == 0)
  }

  @Test func `given the rejects uncorrected then they come back the same`() throws {
    let first = try rejects(of: try table(text))
    let second = try rejects(of: try Table.read(bytes: first.bytes, name: "r.csv"))
    #expect(second.bytes == first.bytes)
  }

  @Test func `given a row with cells too many then it stays refused until it is mended`() throws {
    let first = try rejects(of: try table("codigo,peso_kg,fecha\nA,12,5,2026-05-04\n"))
    #expect(first.rowCount == 1)
    let again = try Table.read(bytes: first.bytes, name: "r.csv")
    let second = try rejects(of: again)
    #expect(second.rowCount == 1)
    #expect((0..<4).map { again.rows[0][$0] } == ["A", "12", "5", "2026-05-04"])
  }

  @Test func `given a column of the clerk's own called motivo then it is kept`() throws {
    let read = try table("codigo,motivo,peso_kg,fecha\nA,merma,x,2026-05-04\n")
    #expect(read.header.contains("motivo"))
    let again = try Table.read(bytes: try rejects(of: read).bytes, name: "r.csv")
    #expect(again.header == ["codigo", "motivo", "peso_kg", "fecha"])
  }

  @Test func `given rejects full of other separators then their own is still found`() throws {
    let read = try table("a,b;c\n1,2;3\n4,5;6\n", TableOptions(separator: .semicolon))
    var writer = RejectsWriter(read)
    for row in read.rows { writer.add(row, []) }
    let again = try Table.read(bytes: writer.bytes, name: "r.csv")
    #expect(again.separator == .semicolon)
    #expect(again.header == ["a,b", "c"])
  }
}
