import Tabular
import Testing

@Suite struct ColumnsTests {
  private let specs = [
    ColumnSpec(key: "lot", names: ["codigo_lote", "lot_code"], required: true),
    ColumnSpec(key: "kg", names: ["peso_kg", "mass_kg", "peso"], required: true),
    ColumnSpec(key: "note", names: ["nota"], required: false),
  ]

  @Test(arguments: [
    "Código de lote;PESO (KG)", "codigo-lote;Peso kg", "lot_code;mass_kg", "CODIGO LOTE;kg",
    "Co\u{301}digo Lote;peso", " codigo_lote ;\u{A0}Peso",
  ])
  func `given headings in any spelling then the columns are found`(heading: String) throws {
    let accepted = specs.map {
      ColumnSpec(
        key: $0.key, names: $0.names + ($0.key == "lot" ? ["código de lote"] : []),
        required: $0.required)
    }
    let columns = try table(heading + "\nA;1\n").columns(accepted)
    #expect(columns.index(of: "lot") == 0)
    #expect(columns.index(of: "kg") == 1)
    #expect(columns.index(of: "note") == nil)
    #expect(columns.notes.isEmpty)
  }

  @Test func `given a column nobody asked for then a note names it`() throws {
    let columns = try table("lot,kg,color,,x\nA,1,,,\n").columns(specs)
    #expect(columns.notes.map(\.code) == Array(repeating: "column.unknown", count: 3))
    #expect(columns.notes[0].text.es == "La columna «color» no se usa.")
    #expect(columns.notes[1].text.en == "Column “nº 4” is not used.")
  }

  @Test func `given a missing column then the error lists what was found and what would do`()
    throws
  {
    let read = try table("lote,peso\nA,1\n")
    let error = try #require(throws: TabularError.self) { try read.columns(specs) }
    #expect(error.code == .missingColumn)
    #expect(error.text(.spanish).contains("Hay: lote, peso"))
    #expect(error.text(.spanish).contains("codigo_lote, lot_code"))
  }

  @Test(arguments: ["lot,kg,KG", "lot,peso,mass_kg", "lot,kg,obs,Obs."])
  func `given a column twice then the file is refused`(heading: String) throws {
    let read = try table(heading + "\nA,1,2\n")
    let error = try #require(throws: TabularError.self) { try read.columns(specs) }
    #expect(error.code == .duplicatedColumn)
    #expect(error.place.row == 1)
  }
}
