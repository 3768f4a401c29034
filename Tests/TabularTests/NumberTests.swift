import Tabular
import Testing

/// The value, or the code of the problem.
func read<Value: Sendable>(_ text: String, _ reader: CellReader<Value>) -> Result<Value, Code> {
  do throws(CellProblem) {
    return .success(try reader.read(Cell(column: "c", text: text)))
  } catch {
    return .failure(Code(error.code))
  }
}

struct Code: Error, Equatable, ExpressibleByStringLiteral {
  let text: String
  init(_ text: String) { self.text = text }
  init(stringLiteral value: String) { text = value }
}

@Suite struct NumberTests {
  @Test(arguments: [
    ("12", 12_000), ("12.5", 12_500), ("12,5", 12_500), ("0.001", 1), ("0,123", 123),
    (".5", 500), ("1.234,5", 1_234_500), ("1,234.5", 1_234_500), ("1.234.567", 1_234_567_000),
    ("1 234,567", 1_234_567), ("1\u{A0}234", 1_234_000), ("1'234.5", 1_234_500),
    ("1234.567", 1_234_567), ("12.5 kg", 12_500), ("12,5KG", 12_500), ("+7", 7_000),
    (" 7 ", 7_000), ("12.5000", 12_500), ("1,234,567.891", 1_234_567_891), ("0", 0),
    ("0012", 12_000), ("9223372036854775.807", Int64.max),
  ])
  func `given a mass with one reading then it is exact grams under any sign`(
    text: String, grams: Int64
  ) {
    for sign in DecimalSign.allCases {
      #expect(read(text, .grams(decimal: sign)) == .success(grams))
    }
  }

  @Test func `given a mass with two readings then the sign decides or it is refused`() {
    #expect(read("1.234", .grams(decimal: .point)) == .success(1_234))
    #expect(read("1.234", .grams(decimal: .comma)) == .success(1_234_000))
    #expect(read("1,234", .grams(decimal: .point)) == .success(1_234_000))
    #expect(read("1,234", .grams(decimal: .comma)) == .success(1_234))
    #expect(read("1.234", .grams(decimal: .auto)) == .failure("number.ambiguous"))
  }

  @Test func `given an ambiguous number then each remedy it offers is unambiguous`() throws {
    let cell = Cell(column: "kg", text: "1.234")
    let problem = try #require(throws: CellProblem.self) {
      try CellReader.grams(decimal: .auto).read(cell)
    }
    #expect(problem.remedy.es.contains("Escriba 1234 "))
    #expect(problem.remedy.es.contains("1.2340 "))
    #expect(read("1234", .grams(decimal: .auto)) == .success(1_234_000))
    #expect(read("1.2340", .grams(decimal: .auto)) == .success(1_234))
  }

  @Test(arguments: [
    ("doce", "number.malformed"), ("12.", "number.malformed"), ("1,23,456", "number.malformed"),
    ("1.23,456.7", "number.malformed"), ("1,234 567", "number.malformed"),
    ("12..5", "number.malformed"), ("--1", "number.malformed"), ("-", "number.malformed"),
    ("kg", "number.malformed"), ("١٢", "number.malformed"), ("0x10", "number.malformed"),
    ("NaN", "number.malformed"), ("1/2", "number.malformed"), ("1,5,5", "number.malformed"),
    ("1.2E+03", "number.scientific"), ("5e3", "number.scientific"),
    ("-5", "number.negative"), ("1.2345", "number.too-many-decimals"),
    ("9223372036854775.808", "number.too-large"), ("#N/A", "cell.spreadsheet-error"),
    ("#####", "cell.spreadsheet-error"), ("#¡DIV/0!", "cell.spreadsheet-error"),
  ])
  func `given no mass then the code says why`(text: String, code: String) {
    #expect(read(text, .grams(decimal: .auto)) == .failure(Code(code)))
  }

  @Test func `given a thousand digits then it is no number`() {
    let digits = String(repeating: "9", count: 1_000)
    #expect(read(digits, .grams(decimal: .auto)) == .failure("number.malformed"))
  }

  @Test func `given hectares then square metres are exact to four decimals`() {
    #expect(read("1.5", .squareMetres(decimal: .auto)) == .success(15_000))
    #expect(read("3,2517 ha", .squareMetres(decimal: .auto)) == .success(32_517))
    #expect(read("0.00001", .squareMetres(decimal: .auto)) == .failure("number.too-many-decimals"))
  }

  @Test func `given money, whole numbers and decimals then scale and sign hold`() {
    #expect(read("8.50", .minorUnits(decimal: .auto)) == .success(850))
    #expect(read("8.505", .minorUnits(decimal: .point)) == .failure("number.too-many-decimals"))
    #expect(read("-12", .integer()) == .success(-12))
    #expect(read("1.5", .integer()) == .failure("number.too-many-decimals"))
    #expect(read("1,234", .integer(decimal: .point)) == .success(1_234))
    #expect(read("-8.644962", .decimal(scale: 7, decimal: .point)) == .success(-86_449_620))
  }

  @Test func `given every gram up to a tonne and some beyond then text and value agree`() {
    var generator = SeededGenerator(state: 7)
    for _ in 0..<2_000 {
      let grams = Int64.random(in: 0...9_000_000_000, using: &generator)
      let decimals = String(String(1_000 + grams % 1_000).dropFirst())
      let whole = String(grams / 1_000)
      #expect(read("\(whole).\(decimals)0", .grams(decimal: .auto)) == .success(grams))
      #expect(read("\(whole),\(decimals)", .grams(decimal: .comma)) == .success(grams))
    }
  }

  @Test(arguments: [
    (["1.234", "12.5"], DecimalSign.point), (["1.234", "12,5"], .comma), (["1.234"], .auto),
    (["12.5", "12,5"], .auto), (["1,234,567"], .point), (["x", "", "7"], .auto),
    (["1.234,5"], .comma),
  ])
  func `given a column then the sign its numbers show is found`(
    texts: [String], expected: DecimalSign
  ) {
    #expect(DecimalSign.shown(by: texts) == expected)
  }

  @Test func `given a file then one column's numbers settle another's`() throws {
    let specs = ["kg", "ha"].map { ColumnSpec(key: $0, names: [$0], required: true) }
    let read = try table("kg;ha\n1.234;2\n2.500;3,75\n")
    #expect(try read.columns(specs).decimalSign(of: ["kg"]) == .auto)
    #expect(try read.columns(specs).decimalSign(of: ["kg", "ha"]) == .comma)
  }
}
