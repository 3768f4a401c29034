import FoundationXML
import Land
import Testing

@testable import PlotMap

/// The legend says what is on the map, and only that.
@Suite struct LegendTests {
  private func legend(_ content: PlotMapContent) throws -> [String] {
    try Drawing(try PlotMap.svg(content)).texts(in: "legend")
  }

  @Test func `given layers, when drawn in Spanish, then the legend lists them with hectares`()
    throws
  {
    #expect(
      try legend(Contents.usual()).joined(separator: " ")
        == [
          "ha en la parcela", "Contorno de la parcela, 5 vértices", "3,75",
          "El mapa «bosque», versión 3, muestra:", "bosque en 2020", "2,25",
          "El mapa «pérdida», versión 3, muestra:", "pérdida 2004, hasta la fecha de corte",
          "< 0,01", "pérdida de cobertura arbórea en 2022", "0,50",
          "pérdida de cobertura arbórea en 2024", "0,00",
          "Lo que un mapa muestra no es un dictamen: los mapas yerran y no ven las causas.",
          "WGS 84.",
        ].joined(separator: " "))
  }

  @Test func `given layers, when drawn in English, then the words and the point are English`()
    throws
  {
    #expect(
      try legend(Contents.usual(.english)).joined(separator: " ")
        == [
          "ha inside the plot", "Boundary of the plot, 5 corners", "3.75",
          "The map “bosque”, version 3, shows:", "forest in 2020", "2.25",
          "The map “pérdida”, version 3, shows:", "loss 2004, up to the cut-off date", "< 0.01",
          "tree cover loss in 2022", "0.50", "tree cover loss in 2024", "0.00",
          "What a map shows is no verdict: maps err, and do not see causes. WGS 84.",
        ].joined(separator: " "))
  }

  @Test func `given no assessment, when drawn, then no hectares are made up`() throws {
    var content = Contents.usual()
    for index in content.layers.indices { content.layers[index].measured = nil }
    let texts = try legend(content)
    #expect(texts.contains("bosque en 2020"))
    #expect(texts.filter { $0.firstMatch(of: /^[<0-9]/) != nil } == ["3,75"])
  }

  @Test func `given maps that show nothing, end here or do not come here, then it is said`() throws
  {
    var content = Contents.usual()
    content.layers[0] = Contents.layer(Contents.forest, name: "vacío") { _, _ in 0 }
    content.layers[1] = Contents.layer(
      Contents.loss, name: "corto", aside: 4, noData: 255,
      measured: .init(byValue: [:], missing: 3.75)
    ) { _, _ in 255 }
    let texts = try legend(content)
    #expect(texts.contains("ningún bosque en 2020 en este recuadro"))
    let missing = try #require(texts.firstIndex(of: "sin dato o fuera de este mapa"))
    #expect(texts[missing + 1] == "3,75")
    content.layers = []
    #expect(try legend(content).contains("Ningún mapa registrado llega hasta aquí."))
    content.language = .english
    #expect(try legend(content).contains("No registered map reaches this place."))
  }

  @Test func `given classes with names, when drawn, then those on the map are listed in order`()
    throws
  {
    var content = Contents.usual()
    let classes = [(3, "cacao"), (7, "agua"), (5, "palma")].map {
      MapMeaning.NamedClass(value: $0.0, name: $0.1)
    }
    content.layers = [
      Contents.layer(.classes(classes), name: "usos") { column, _ in column % 2 == 0 ? 5 : 3 }
    ]
    #expect(
      try legend(content).filter { ["cacao", "agua", "palma"].contains($0) } == ["cacao", "palma"])
    #expect(!(try legend(content).contains("agua")))
  }

  @Test func `given a declared point, when drawn, then a dashed circle and a cross stand for it`()
    throws
  {
    var content = Contents.usual()
    let point = Position(longitude: Contents.west, latitude: Contents.north)
    content.outline = try PlotGeometry.disc(around: point, squareMetres: 20_000)
    content.declaredPoint = point
    let drawing = try Drawing(try PlotMap.svg(content))
    #expect(drawing.groups("plot").flatMap { $0.elements(forName: "circle") }.isEmpty)
    let dashed = drawing.paths(in: "plot").filter {
      $0["stroke-dasharray"] != nil
    }
    #expect(dashed.count == 1)
    let cross = try Drawing.rings(try #require(drawing.paths(in: "plot").last))
    // The middle of the frame.
    #expect(cross.allSatisfy { abs(($0[0].x + $0[1].x) / 2 - 230) < 0.5 })
    let texts = drawing.texts(in: "legend").joined(separator: " ")
    #expect(texts.contains("Círculo de la superficie declarada, en torno al punto declarado"))
  }

  @Test func `given areas, when drawn, then those in the frame are hatched, named and listed`()
    throws
  {
    var content = Contents.usual()
    let inside = Contents.polygon([(120, 100), (900, 100), (900, 900), (120, 900)])
    let away = Contents.polygon([(5_000, 0), (6_000, 0), (6_000, 900)])
    content.areas = [("ACR Bosques de Shunté", inside), ("Lejos", away)].map {
      MapArea(
        name: $0.0, style: .protected, dataset: "SERNANP", version: "2026-01",
        polygons: $0.1.polygons.map(\.rings), measuredHectares: 0.75)
    }
    let drawing = try Drawing(try PlotMap.svg(content))
    #expect(drawing.groups("area").count == 1)
    #expect(drawing.texts(in: "names") == ["ACR Bosques de Shunté"])
    for path in drawing.paths(in: "area") {
      for point in try Drawing.rings(path).joined() {
        #expect((29.99...430.01).contains(point.x) && (33.99...414.01).contains(point.y))
      }
    }
    let texts = drawing.texts(in: "legend")
    let name = try #require(texts.firstIndex(of: "ACR Bosques de Shunté (área protegida)"))
    #expect(texts[name - 1] == "El mapa «SERNANP», versión 2026-01, muestra:")
    #expect(texts[name + 1] == "0,75")
    #expect(!texts.contains { $0.contains("Lejos") })
  }
}
