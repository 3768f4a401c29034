import Application
import Foundation
import Testing
import Traceability
import ValueTypes

/// Seasons, catalogues and patterns over a real ledger.
@Suite(.serialized) struct PlausibilityTests {
  /// Two plots by point of 2 ha, one planted last year, and a collector's truck.
  private func registry(_ workshop: Workshop) async throws {
    for (name, text) in [
      (
        "organizaciones.csv",
        "codigo;nombre;tipo;pais\nCOOP;Coop;cooperativa;PE\nB1;Uno;acopiador;PE\n"
          + "B2;Dos;acopiador;PE\nB3;Tres;acopiador;PE\n"
      ),
      ("productores.csv", "codigo;organizacion\nP1;COOP\n"),
      (
        "puntos.csv",
        "codigo;latitud;longitud;productor;cultivo;area_ha;anio_siembra\n"
          + "A;-8,123456;-76,512345;P1;cacao;2,00;2012\n"
          + "Y;-8,223456;-76,612345;P1;cacao;2,00;2025\n"
      ),
      (
        "capacidades.csv",
        "organizacion;vehiculo;kg_viaje;viajes_dia;kg_hora;horas_dia;fuente\n"
          + "COOP;S2P-418;1500,00;2;;;tarjeta\nCOOP;;;;250,50;16;licencia\n"
      ),
    ] {
      let report = try await workshop.take(try workshop.file(name, text))
      #expect(report.outcome == .taken, "\(report.problems)")
    }
  }

  private static let harvests = "lote;parcela;productor;producto;peso_kg;desde;hasta\n"

  @Test func `given harvests when imported then the report tells the fullest seasons`()
    async throws
  {
    let workshop = try await Workshop.open()
    try await registry(workshop)
    let report = try await workshop.take(
      try workshop.file(
        "cosechas.csv",
        Self.harvests + "H1;A;P1;cacao seco en grano;3100,00;2026-05-02;2026-05-04\n"
          + "H2;Y;P1;cacao en baba;100,00;2026-05-02;2026-05-04\n"))
    let seasons = try #require(report.seasons)
    #expect(seasons.plots == 2 && seasons.aboveUsual == 1)
    let fullest = try #require(seasons.fullest.first)
    #expect(fullest.balance.plot.text == "A" && fullest.leftGrams == 900_000)
    #expect(fullest.es.contains("Quedan") && fullest.en.contains("900 kg of dry cocoa beans"))
    let bought = try await workshop.take(
      try workshop.file(
        "compras.csv",
        "lote;comprador;vendedor;producto;lote_origen;peso_kg;fecha\n"
          + "C1;COOP;P1;cacao seco en grano;H1;3100,00;2026-05-05\n"))
    #expect(bought.seasons?.fullest.map(\.balance.plot.text) == ["A"])
    let seen = try await workshop.raiz.seasons(of: try PlotCode("A"), year: 2_026)
    #expect(seen.map(\.balance.harvestedGrams) == [3_100_000])
    #expect(
      try await workshop.raiz.seasons(of: try PlotCode("A"), year: 2_025)[0].leftGrams == 4_000_000)
    await #expect(throws: ApplicationError.self) {
      try await workshop.raiz.seasons(of: try PlotCode("NONE"))
    }
    await workshop.close()
  }

  @Test func `given a producer with four buyers when looked twice then it is recorded once`()
    async throws
  {
    let workshop = try await Workshop.open()
    try await registry(workshop)
    var harvests = Self.harvests
    var purchases = "lote;comprador;vendedor;producto;lote_origen;peso_kg;fecha\n"
    for buyer in ["COOP", "B1", "B2", "B3"] {
      harvests += "H\(buyer);A;P1;cacao en baba;10,00;2026-05-02;2026-05-04\n"
      purchases += "C\(buyer);\(buyer);P1;cacao en baba;H\(buyer);10,00;2026-05-05\n"
    }
    _ = try await workshop.take(try workshop.file("cosechas.csv", harvests))
    _ = try await workshop.take(try workshop.file("compras.csv", purchases))
    // Two programs look at the same time.
    async let first = workshop.raiz.detect(recordedBy: "a")
    async let second = workshop.raiz.detect(recordedBy: "b")
    let found = try await first + second
    #expect(found.map(\.kind) == [.manyBuyers])
    let size = try await workshop.size()
    #expect(try await workshop.raiz.detect(recordedBy: "a").isEmpty)
    #expect(try await workshop.size() == size)
    #expect(
      try await workshop.raiz.judgement(of: .lot(try LotCode("CB1"))).reasons.allSatisfy {
        $0.code != .openFinding
      })
    #expect(try await workshop.raiz.audit().isSound)
    await workshop.close()
  }

  @Test func `given a catalogue file when it is opened with then it is recorded and used`()
    async throws
  {
    let workshop = try await Workshop.open()
    try await registry(workshop)
    await workshop.raiz.close()
    let path = workshop.folder + "/nuts.json"
    func write(_ english: String) throws {
      let text = """
        {"name":"nuts","version":"1","validFrom":"2026-01-01","source":"test",
        "commodities":[{"code":"nut","es":"nuez","en":"nut","scientificName":"N","yields":[]}],
        "products":[{"code":"nut","commodity":"nut","es":"nuez","en":"\(english)",
        "hsHeading":"0802","harvested":true}],"processes":[]}
        """
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
    try write("nut")
    var settings = try Settings(data: workshop.folder, environment: ["RAIZ_CATALOGUE": path])
    settings.database = workshop.target
    for _ in 0..<2 {
      let raiz = try await Raiz.open(settings)
      #expect(raiz.catalogue.product(try ProductCode("nut")) != nil)
      #expect(try await raiz.exists(StreamKey(kind: .catalogue, code: "nuts-1")))
      #expect(try await raiz.exists(StreamKey(kind: .catalogue, code: "raiz-2")))
      let options = ImportOptions(recordedBy: "test", now: raiz.now())
      let file = try workshop.file(
        "cosechas.csv", Self.harvests + "N1;A;P1;nuez;10,00;2026-05-02;2026-05-04\n")
      #expect(try await raiz.importer.take(file, options: options).problems.isEmpty)
      let view = try await raiz.seasons(of: try PlotCode("A"), year: 2_026)
      #expect(view.map(\.balance.standing).contains(.unknown))
      await raiz.close()
    }
    // Another text under the same name and version is refused.
    try write("walnut")
    await #expect(throws: Refusal.self) { try await Raiz.open(settings) }
    try Data("{\"name\":\"nuts\"}".utf8).write(to: URL(fileURLWithPath: path))
    await #expect(throws: ApplicationError.self) { try await Raiz.open(settings) }
    #expect(try Catalogues.check(path).1.map(\.place) == ["version"])
    try write("nut\",\"yieldPermile\":\"900")
    #expect(try Catalogues.check(path).1.map(\.place) == ["products[0].yieldPermile"])
    try? FileManager.default.removeItem(atPath: workshop.folder)
  }
}
