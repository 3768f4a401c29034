import Application
import Foundation
import Testing

/// Bad input of every kind costs nothing that was recorded, and says what is wrong and where.
@Suite(.serialized) struct BadInputTests {
  private static let organisations = "codigo;nombre;tipo;pais\nACO;Cooperativa Ñ;cooperativa;PE\n"
  private static let producers = "codigo;nombre;organizacion\nP1;Rosa;ACO\n"

  @Test(arguments: [
    ("vacio.csv", ""), ("cosechas.csv", "\u{0}\u{0}\u{0}"),
    ("cosechas.csv", "lote;parcela\nL;P\n"), ("raro.csv", "uno;dos\n1;2\n"),
    ("cosechas.csv", "lote;parcela;productor;producto;peso_kg;desde;hasta\n\"abierto;P"),
    ("parcelas.geojson", "{"), ("parcelas.geojson", "[1,2"), ("parcelas.geojson", ""),
    ("parcelas.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}"),
    ("parcelas.geojson", String(repeating: "[", count: 100_000)),
    (
      "cosechas.csv",
      "lote;parcela;productor;producto;peso_kg;desde;hasta\n"
        + "L;P;P1;cacao en baba;-5;2026-02-30;2026-05-01\n"
    ),
    (
      "cosechas.csv",
      "lote;parcela;productor;producto;peso_kg;desde;hasta\n"
        + "L;P;P1;cacao en baba;99999999999999999999;2026-05-01;2026-05-01\n"
    ),
    ("productores.csv", "codigo;codigo\nP;Q\n"),
    ("compras.csv", String(repeating: "a;", count: 1_000_000) + "\n"),
  ])
  func `given bad input when imported then a reason and nothing recorded`(
    name: String, text: String
  ) async throws {
    let workshop = try await Workshop.open()
    let before = try await workshop.size()
    let report = try await workshop.take(try workshop.file(name, text))
    #expect(report.outcome == .refused)
    let problem = try #require(report.problems.first)
    #expect(!problem.code.isEmpty && !problem.es.isEmpty && !problem.en.isEmpty)
    #expect(try await workshop.size() == before)
    await workshop.close()
  }

  @Test func `given a line of 200 MB when imported then it is refused at once`() async throws {
    let workshop = try await Workshop.open()
    var bytes = Array("codigo;nombre;tipo;pais\n".utf8)
    bytes += [UInt8](repeating: 0x61, count: 200_000_000)
    let path = try workshop.file("organizaciones.csv", bytes)
    let report = try await workshop.take(path)
    #expect(report.outcome == .refused)
    #expect(report.problems.first?.code.isEmpty == false)
    await workshop.close()
  }

  @Test func `given a missing file or a folder when imported then it says so`() async throws {
    let workshop = try await Workshop.open()
    for path in [workshop.folder + "/nada.csv", workshop.folder] {
      let report = try await workshop.take(path)
      #expect(report.outcome == .refused && report.problems.first?.code == "cannot-read")
    }
    await workshop.close()
  }

  @Test func `given Windows-1252 and commas when imported then as any other`() async throws {
    let workshop = try await Workshop.open()
    let text = "Código,Nombre,Tipo,País\nACO,\"Cooperativa del Ñandú, S.A.\",Cooperativa,PE\n"
    let latin = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let report = try await workshop.take(try workshop.file("organizaciones.csv", latin))
    #expect(report.outcome == .taken, "\(report.problems.map(\.en))")
    let english = "code;name;kind;country\nEXP;Exporter;exporter;PE\n"
    let second = try await workshop.take(try workshop.file("organisations.csv", english))
    #expect(second.outcome == .taken)
    await workshop.close()
  }

  @Test func `given bad rows when skipped then the corrected rejects complete the file`()
    async throws
  {
    let workshop = try await Workshop.open()
    _ = try await workshop.take(try workshop.file("organizaciones.csv", Self.organisations))
    let rows =
      "codigo;nombre;organizacion\nP1;Rosa;ACO\nP 2;Elmer;ACO\nP3;Flor;NADIE\nP4;Hugo;ACO\n"
    let path = try workshop.file("productores.csv", rows)
    let whole = try await workshop.take(path)
    #expect(whole.outcome == .refused && whole.problems.count == 1)
    #expect(whole.problems[0].row == 3)
    let part = try await workshop.take(path) { $0.skipBad = true }
    #expect(part.outcome == .takenInPart && part.acts == 2 && part.problems.count == 2)
    let rejects = try #require(part.rejects)
    var text = String(
      decoding: try #require(FileManager.default.contents(atPath: rejects)), as: UTF8.self)
    #expect(text.contains("P 2") && text.contains("NADIE") && !text.contains("Rosa"))
    text = text.replacingOccurrences(of: "P 2", with: "P2")
      .replacingOccurrences(of: "NADIE", with: "ACO")
    let corrected = try await workshop.take(
      try workshop.file("productores-corregido.csv", text))
    #expect(corrected.outcome == .taken && corrected.acts == 2, "\(corrected.problems)")
    await workshop.close()
  }

  @Test func `given a person's data when imported then no event shows them`() async throws {
    let workshop = try await Workshop.open()
    _ = try await workshop.take(try workshop.file("organizaciones.csv", Self.organisations))
    let rows = "codigo;nombre;documento;telefono\nP1;Yolanda Amasifuén;45671234;987654321\n"
    _ = try await workshop.take(try workshop.file("productores.csv", rows))
    let dump = try await workshop.everythingStored()
    #expect(dump.contains("P1"))
    for secret in ["Yolanda", "45671234", "987654321"] { #expect(!dump.contains(secret)) }
    await workshop.close()
  }
}
