import Tabular
import Testing

@Suite struct TableTests {
  @Test func `given commas when read then header, rows and spreadsheet row numbers`() throws {
    let read = try table("codigo,peso_kg\nA-1,12.5\nA-2,7\n")
    #expect(read.header == ["codigo", "peso_kg"])
    #expect(read.headerRow == 1)
    #expect(texts(read) == [["A-1", "12.5"], ["A-2", "7"]])
    #expect(read.rows.map(\.number) == [2, 3])
    #expect(read.separator == .comma)
    #expect(read.encoding == .utf8)
    #expect(read.notes.isEmpty)
  }

  @Test(arguments: [("a;b;c\n1,5;2,5;3\n", Separator.semicolon), ("a\tb\n1,5\t2;3\n", .tab)])
  func `given another separator when read then it is found`(text: String, expected: Separator)
    throws
  {
    #expect(try table(text).separator == expected)
  }

  @Test func `given decimal commas and a comma in the heading then rows decide the separator`()
    throws
  {
    let read = try table("codigo;peso (kg, neto);fecha\nA;1,5;2026-05-04\nB;12;2026-05-05\n")
    #expect(read.separator == .semicolon)
    #expect(read.header == ["codigo", "peso (kg, neto)", "fecha"])
  }

  @Test func `given quotes that close under one separator only then that one is taken`() throws {
    let read = try table("a;b,c;d\n\"1,2\";3;4\n\"5\";\"6,7\";8\n")
    #expect(read.separator == .semicolon)
    #expect(texts(read) == [["1,2", "3", "4"], ["5", "6,7", "8"]])
  }

  @Test func `given a single column then it is read whole`() throws {
    let read = try table("codigo\nA 1\nB\n")
    #expect(texts(read) == [["A 1"], ["B"]])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `given any line end then rows are the same`(lineEnd: String) throws {
    let text = ["a,b", "1,2", "3,4"].joined(separator: lineEnd)
    #expect(texts(try table(text)) == [["1", "2"], ["3", "4"]])
    #expect(texts(try table(text + lineEnd)) == [["1", "2"], ["3", "4"]])
  }

  @Test func `given quoted cells then separators, quotes and line breaks are text`() throws {
    let read = try table("a,b\r\n\"x,\"\"y\"\"\",\"one\r\ntwo\"\r\n3,4\r\n")
    #expect(texts(read) == [["x,\"y\"", "one\r\ntwo"], ["3", "4"]])
    #expect(read.rows.map(\.number) == [2, 3])
  }

  @Test func `given a quote inside an unquoted cell then it is a character`() throws {
    #expect(texts(try table("a,b\n12\" tubo,2\n")) == [["12\" tubo", "2"]])
  }

  @Test func `given blank rows then they are left out and still counted in numbers`() throws {
    let read = try table("\n\na,b\n1,2\n\n,\n \"\" ,\n3,4\n")
    #expect(read.headerRow == 3)
    #expect(read.rows.map(\.number) == [4, 7, 8])
    #expect(read.notes.map(\.code) == ["row.blank"])
  }

  @Test func `given Excel's sep line then it names the separator and takes no row`() throws {
    let read = try table("sep=;\r\na;b\r\n1,5;2\r\n")
    #expect(read.separator == .semicolon)
    #expect(read.headerRow == 1)
    #expect(texts(read) == [["1,5", "2"]])
    #expect(refusal("sep=|\na|b\n")?.code == .unsupportedSeparator)
  }

  @Test func `given a separator in the options then it is not searched for`() throws {
    let read = try table("a;b,c\n1;2,3\n", TableOptions(separator: .semicolon))
    #expect(read.header == ["a", "b,c"])
  }

  @Test func `given padding separators after the headings then they are no columns`() throws {
    let read = try table("a,b,,\n1,2,,\n")
    #expect(read.header == ["a", "b"])
    #expect(try read.columns([]).reader(read.rows[0]).problems.isEmpty)
  }

  @Test(arguments: ["", "\n\n", "  \r\n", ",,,\n", "\u{FEFF}"])
  func `given nothing but blanks then the file is refused as empty`(text: String) {
    #expect(refusal(text)?.code == .empty)
  }

  @Test func `given an open quote then the error names the line where it opened`() throws {
    let error = try #require(refusal("a,b\n\"one\ntwo\",2\n3,\"four\nfive\nsix\n"))
    #expect(error.code == .unterminatedQuote)
    #expect(error.place.row == 3)
    #expect(error.place.line == 4)
    #expect(error.text(.spanish).contains("fila 3, línea 4"))
  }

  @Test func `given text after a closing quote then the error names the row`() throws {
    let error = try #require(refusal("a,b\n\"x\"y,2\n"))
    #expect(error.code == .textAfterQuote)
    #expect(error.place.row == 2)
  }
}
