import Tabular
import Testing
import ValueTypes

@Suite struct CellReaderTests {
  private let day = CivilDate(year: 2026, month: 5, day: 4)

  @Test(arguments: ["2026-05-04", "04/05/2026", "4-5-2026", "4/5/2026", "04.05.2026", "2026/5/4"])
  func `given a date in any accepted form then the day comes first`(text: String) throws {
    #expect(read(text, .date) == .success(try #require(day)))
  }

  @Test(arguments: [
    ("04/05/26", "date.two-digit-year"), ("26-05-04", "date.two-digit-year"),
    ("31/02/2026", "date.impossible"), ("29/02/2025", "date.impossible"),
    ("05/13/2026", "date.impossible"), ("2026-00-10", "date.impossible"),
    ("46146", "date.malformed"), ("4 de mayo", "date.malformed"), ("04/05-2026", "date.malformed"),
    ("2026-05", "date.malformed"), ("04/05/02026", "date.malformed"),
    ("004/05/2026", "date.malformed"), ("2026-05-2026", "date.malformed"), ("//", "date.malformed"),
    ("2026-005-04", "date.malformed"), ("", "date.malformed"),
  ])
  func `given no date then the code says why`(text: String, code: String) {
    #expect(read(text, .date) == .failure(Code(code)))
  }

  @Test(arguments: [
    ("2026-05-04T14:30:00-05:00", "2026-05-04T14:30:00-05:00"),
    ("2026-05-04T19:30:00Z", "2026-05-04T19:30:00Z"),
    ("04/05/2026 14:30", "2026-05-04T14:30:00-05:00"),
    ("2026-05-04 14:30:05", "2026-05-04T14:30:05-05:00"),
    ("4/5/2026 2:30:05 p. m.", "2026-05-04T14:30:05-05:00"),
    ("4/5/2026 12:05 a.m.", "2026-05-04T00:05:00-05:00"),
    ("4/5/2026 12:05 PM", "2026-05-04T12:05:00-05:00"),
  ])
  func `given a moment then a missing zone is the caller's`(text: String, expected: String) throws {
    let moment = try #require(Timestamp(expected))
    #expect(read(text, .dateTime(offsetMinutes: -300)) == .success(moment))
  }

  @Test(arguments: [
    ("04/05/2026", "time.missing"), ("04/05/2026 25:00", "time.malformed"),
    ("04/05/2026 10:60", "time.malformed"), ("04/05/2026 13:00 pm", "time.malformed"),
    ("31/04/2026 10:00", "date.impossible"), ("04/05/2026 10", "time.malformed"),
    ("04/05/2026 1:2:3", "time.malformed"), ("04/05/2026 10:00:99", "time.malformed"),
  ])
  func `given no moment then the code says why`(text: String, code: String) {
    #expect(read(text, .dateTime(offsetMinutes: -300)) == .failure(Code(code)))
  }

  @Test func `given yes and no in both languages then they are read`() {
    for text in ["sí", "SI", "Yes", "TRUE", "1", "si\u{301}", "Verdadero"] {
      #expect(read(text, .boolean) == .success(true))
    }
    for text in ["no", "N", "false", "0", "FALSO"] {
      #expect(read(text, .boolean) == .success(false))
    }
    #expect(read("quizás", .boolean) == .failure("choice.unknown"))
  }

  @Test func `given a list then any of its names will do and the remedy lists them`() throws {
    let product = CellReader<Int>.oneOf([(1, ["cacao en baba", "wet cocoa"]), (2, ["cacao seco"])])
    #expect(read("CACAO EN BABA", product) == .success(1))
    #expect(read("wet_cocoa", product) == .success(1))
    let problem = try #require(throws: CellProblem.self) {
      try product.read(Cell(column: "producto", text: "café"))
    }
    #expect(problem.remedy.es == "Escriba uno de: cacao en baba, cacao seco.")
    #expect(problem.column == "producto")
    #expect(problem.value == "café")
  }

  @Test func `given text then it is trimmed, composed and limited`() {
    let composed = read("  Pen\u{303}a \u{A0}", .text(maxScalars: 4))
    #expect((try? composed.get()).map { Array($0.unicodeScalars) } == ["P", "e", "ñ", "a"])
    #expect(read("12345", .text(maxScalars: 4)) == .failure("text.too-long"))
    #expect(read("a\nb", .text()) == .failure("text.control-character"))
    #expect(read("a\u{1B}[31m", .text()) == .failure("text.control-character"))
    #expect(read("a\nb", .text(allowsLines: true)) == .success("a\nb"))
  }
}
