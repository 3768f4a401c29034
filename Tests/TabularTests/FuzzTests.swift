import Tabular
import Testing

/// Bytes that nobody meant as a table: every one ends in a table or a named error.
@Suite struct FuzzTests {
  private let tight = TableLimits(
    fileBytes: 4_096, columns: 8, rowBytes: 256, cellBytes: 64, rows: 40)

  private func exercise(_ bytes: [UInt8]) {
    guard
      let read = try? Table.read(
        bytes: bytes, name: "f.csv", options: TableOptions(limits: tight))
    else { return }
    #expect(read.rows.count <= tight.rows)
    let specs = read.header.prefix(3).enumerated().map {
      ColumnSpec(key: "k\($0.offset)", names: [$0.element], required: false)
    }
    guard let columns = try? read.columns(specs) else { return }
    let sign = columns.decimalSign(of: specs.map(\.key))
    var writer = RejectsWriter(read)
    for row in read.rows {
      #expect(row.count <= tight.columns)
      var cells = columns.reader(row)
      for spec in specs {
        _ = cells.required(spec.key, .grams(decimal: sign))
        _ = cells.optional(spec.key, .date)
        _ = cells.optional(spec.key, .dateTime(offsetMinutes: -300))
        _ = cells.optional(spec.key, .boolean)
        _ = cells.optional(spec.key, .text())
      }
      for problem in cells.problems {
        #expect(!problem.text(.spanish).contains("\n"))
        #expect(problem.value.unicodeScalars.count <= clippedScalars + 1)
      }
      writer.add(row, cells.problems)
    }
    #expect(refusal(writer.bytes) == nil)
  }

  @Test func `given random bytes then nothing stops the program`() {
    var generator = SeededGenerator(state: 99)
    for _ in 0..<1_500 {
      let count = Int.random(in: 0...200, using: &generator)
      exercise((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  @Test func `given random marks then nothing stops the program`() {
    var generator = SeededGenerator(state: 100)
    let marks = Array("\"\"\r\n,;\tab1.5-/:=#ep ñ".utf8) + [0xF1, 0x81]
    for _ in 0..<1_500 {
      let count = Int.random(in: 0...120, using: &generator)
      exercise(
        Array("a,b;c\n".utf8)
          + (0..<count).map { _ in marks[Int.random(in: 0..<marks.count, using: &generator)] })
    }
  }

  @Test func `given a good file with one byte changed then nothing stops the program`() {
    let good = Array(
      "sep=;\r\ncódigo;peso_kg;fecha\r\nA;1.234,5;04/05/2026\r\n\"B\r\n\"\"x\"\"\";7;2026-05-04\r\n"
        .utf8)
    for index in good.indices {
      for byte in [0, 0x0A, 0x0D, 0x22, 0x2C, 0x3B, 0x30, 0x81, 0xC3, 0xFF] as [UInt8] {
        var bad = good
        bad[index] = byte
        exercise(bad)
      }
      exercise(Array(good[..<index]))
    }
  }
}
