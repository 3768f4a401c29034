import Tabular
import Testing
import ValueTypes

let harvestSpecs = [
  ColumnSpec(key: "lot", names: ["codigo"], required: true),
  ColumnSpec(key: "kg", names: ["peso_kg"], required: true),
  ColumnSpec(key: "date", names: ["fecha"], required: true),
  ColumnSpec(key: "note", names: ["nota"], required: false),
]

@Suite struct RowReaderTests {
  @Test func `given a row with several faults then all are told at once`() throws {
    let columns = try table("codigo,peso_kg,fecha,nota\n,1e3,31/02/2026,\n").columns(harvestSpecs)
    var cells = columns.reader(columns.table.rows[0])
    #expect(cells.required("lot", .text()) == nil)
    #expect(cells.required("kg", .grams(decimal: .auto)) == nil)
    #expect(cells.required("date", .date) == nil)
    #expect(cells.optional("note", .text()) == nil)
    #expect(cells.problems.map(\.code) == ["cell.empty", "number.scientific", "date.impossible"])
    #expect(cells.problems.allSatisfy { $0.row == 2 && $0.file == "cosechas.csv" })
  }

  @Test func `given a problem then it reads in Spanish and in English`() throws {
    let columns = try table("codigo,peso_kg,fecha\nA,-5,2026-05-04\n").columns(harvestSpecs)
    var cells = columns.reader(columns.table.rows[0])
    _ = cells.required("kg", .grams(decimal: .auto))
    let problem = try #require(cells.problems.first)
    #expect(
      problem.text(.spanish)
        == "cosechas.csv, fila 2, columna «peso_kg», valor «-5»: La cantidad es negativa. "
        + "Escriba una cantidad sin signo.")
    #expect(
      problem.text(.english)
        == "cosechas.csv, row 2, column “peso_kg”, value “-5”: The quantity is negative. "
        + "Write a quantity without a sign.")
  }

  @Test func `given a hostile value then what a message repeats is clipped to one line`() throws {
    let text = String(repeating: "a\u{301}\u{7}", count: 10_000)
    let problem = CellProblem(
      column: "c", value: text, code: "x", reason: Wording(es: "", en: ""),
      remedy: Wording(es: "", en: ""))
    #expect(problem.value.unicodeScalars.count == clippedScalars + 1)
    #expect(!problem.value.unicodeScalars.contains("\u{7}"))
  }

  @Test func `given an unquoted decimal comma then the row is refused, not shifted`() throws {
    let columns = try table("codigo,peso_kg,fecha\nA,12,5,2026-05-04\nB,7,2026-05-04\n")
      .columns(harvestSpecs)
    let problems = columns.reader(columns.table.rows[0]).problems
    #expect(problems.map(\.code) == ["row.too-many-cells"])
    #expect(columns.reader(columns.table.rows[1]).problems.isEmpty)
  }

  @Test func `given a short row then its missing cells are empty`() throws {
    let columns = try table("codigo,peso_kg,fecha,nota\nA,12,2026-05-04\n").columns(harvestSpecs)
    var cells = columns.reader(columns.table.rows[0])
    #expect(cells.optional("note", .text()) == nil)
    #expect(cells.required("date", .date) == CivilDate(year: 2026, month: 5, day: 4))
    #expect(cells.problems.isEmpty)
  }

  @Test func `given a fault that the caller found then it names the cell`() throws {
    let columns = try table("codigo,peso_kg,fecha\nA,12,2026-05-04\n").columns(harvestSpecs)
    var cells = columns.reader(columns.table.rows[0])
    let wording = Wording(es: "Ese lote ya existe.", en: "That lot exists.")
    cells.refuse("lot", code: "lot.exists", reason: wording, remedy: wording)
    cells.refuse(nil, code: "row.odd", reason: wording, remedy: wording)
    #expect(cells.problems.map(\.column) == ["codigo", ""])
    #expect(cells.problems.map(\.value) == ["A", ""])
  }
}
