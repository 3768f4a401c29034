import Foundation
import SampleData
import Testing

struct FilesTests {
  @Test func `given the same options, when written twice, then all bytes are the same`() throws {
    let sample = try WrittenSample(plots: 60, seed: 9)
    let first = try sample.everything()
    let second = try WrittenSample(plots: 60, seed: 9).everything()
    #expect(first.count == sample.summary.files)
    #expect(first.keys.sorted() == second.keys.sorted())
    for (name, bytes) in first { #expect(second[name] == bytes, "\(name) differs") }
  }

  @Test func `given another seed, when written, then plots, masses and maps differ`() throws {
    let first = try WrittenSample(plots: 60, seed: 1)
    let second = try WrittenSample(plots: 60, seed: 2)
    for name in [
      "import/04-parcelas.geojson", "import/06-cosechas.csv", "import/maps/bosque-2020.tif",
    ] {
      #expect(try first.bytes(name) != second.bytes(name), "\(name) is the same")
    }
  }

  @Test func `given a folder with an older sample, when written, then nothing of it is left`()
    throws
  {
    let sample = try WrittenSample(plots: 50, seasons: 1)
    let stray = sample.folder + "/import/06-cosechas_002.csv"
    try Data("x".utf8).write(to: URL(fileURLWithPath: stray))
    try Sample.write(try SampleOptions(plots: 50, seasons: 1), to: sample.folder)
    #expect(!FileManager.default.fileExists(atPath: stray))
  }

  @Test func `given a sample, when its tables are read, then codes are used once`() throws {
    let sample = try WrittenSample(plots: 60)
    let harvests = try sample.rows("cosechas").map { try $0.text("lote") }
    let outputs = try sample.rows("procesos").filter { try $0.text("sentido") == "salida" }
      .map { try $0.text("lote") }
    let purchases = Set(try sample.rows("compras").map { try $0.text("lote") })
    let blends = Set(try sample.rows("mezclas").map { try $0.text("lote") })
    let taps = try sample.rows("movimientos").filter {
      try $0.text("movimiento") == "extraccion"
    }.map { try $0.text("lote") }
    let all = harvests + outputs + purchases + blends + taps
    #expect(Set(all).count == all.count)
    #expect(all.count == sample.summary.lots)
    #expect(all.allSatisfy { $0.utf8.count <= 64 })
    let producers = try sample.rows("productores").map { try $0.text("codigo") }
    #expect(Set(producers).count == producers.count)
    #expect(producers.count == sample.summary.producers)
  }

  @Test func `given a sample, when masses are added up, then no lot gives more than it has`() throws
  {
    let sample = try WrittenSample(plots: 120)
    var left: [String: Int64] = [:]
    for row in try sample.rows("cosechas") { left[try row.text("lote")] = try row.grams() }
    func move(_ row: TableRow, into lot: String, from column: String) throws {
      let source = try row.text(column)
      if !source.isEmpty { left[source, default: 0] -= try row.grams() }
      left[lot, default: 0] += try row.grams()
    }
    for row in try sample.rows("compras") {
      try move(row, into: try row.text("lote"), from: "lote_origen")
    }
    func blend(_ part: String) throws {
      for row in try TableRow.read(sample.text("import/\(part)-mezclas.csv")) {
        try move(row, into: try row.text("lote"), from: "lote_origen")
      }
    }
    func receive(_ part: String) throws {
      for row in try TableRow.read(sample.text("import/\(part)-recepciones.csv")) {
        let lot = try row.text("lote")
        #expect(try row.grams() <= left[lot, default: 0], "\(lot) grew on its way")
        left[lot] = try row.grams()
      }
    }
    try blend("08")
    try receive("10")
    var runs: [String: Int64] = [:]
    for row in try sample.rows("procesos") {
      let isInput = try row.text("sentido") == "entrada"
      runs[try row.text("corrida"), default: 0] += isInput ? try row.grams() : -(try row.grams())
      left[try row.text("lote"), default: 0] += isInput ? -(try row.grams()) : try row.grams()
    }
    #expect(runs.values.allSatisfy { $0 > 0 })
    try blend("12")
    for row in try sample.rows("movimientos") {
      let grams = try row.grams()
      let isFill = try row.text("movimiento") == "llenado"
      left[try row.text("tanque"), default: 0] += isFill ? grams : -grams
      if let lot = try row.some("lote") { left[lot, default: 0] += isFill ? -grams : grams }
    }
    try receive("14")
    for row in try sample.rows("cargas") {
      left[try row.text("lote"), default: 0] -= try row.grams()
    }
    #expect(left.values.allSatisfy { $0 >= 0 })
    // Only kernels, the late truck, what nobody bought and oil of the tanks may be left over.
    let stock = left.filter { $0.value > 0 }.keys
    // Besides, what a tank gave, and what one producer sold to everybody.
    let kept = ["-K-", "-T-", "EPB-A-", "EPB-Q-", "TQ-"]
    let buyers = ["-CAH", "-CRM", "-APP", "-ACJ"]
    #expect(
      stock.allSatisfy { lot in
        kept.contains { lot.contains($0) } || buyers.contains { lot.hasSuffix($0) }
      })
  }
}
