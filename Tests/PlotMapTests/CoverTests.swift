import Foundation
import Land
import Testing

@testable import PlotMap

/// Crops, water, alerts and areas on a picture: each seen, each told.
@Suite struct CoverTests {
  private func drawing(_ content: PlotMapContent) throws -> Drawing {
    try Drawing(try PlotMap.svg(content))
  }

  /// Forest, cocoa over it, alerts before and after the cut-off, and a protected area.
  static func rich(_ language: MessageLanguage = .spanish) -> PlotMapContent {
    var content = Contents.usual(language)
    let cocoa = Contents.layer(
      .cover(.cocoa, name: "cacao en 2020", values: .atLeast(50)), name: "cacao",
      measured: .init(byValue: [0: 2, 60: 1, 90: 0.75], missing: 0)
    ) { column, row in column > 10 ? (row.isMultiple(of: 2) ? 60 : 90) : 10 }
    let days = [
      20_100: MapDay(year: 2020, day: "2020-04-09"), 23_045: MapDay(year: 2023, day: "2023-02-14"),
      23_301: MapDay(year: 2023, day: "2023-10-28"), 9: MapDay(year: nil),
    ]
    let alerts = Contents.layer(
      .dated(name: "alerta RADD (radar)", days: days, cutOffYear: 2020), name: "radd",
      measured: .init(byValue: [0: 3, 20_100: 0.25, 23_045: 0.3, 23_301: 0.2], missing: 0)
    ) { column, row in
      guard row > 12 else { return 0 }
      return [9: 20_100, 6: 23_045, 7: 23_301, 12: 9][column] ?? 0
    }
    content.layers += [cocoa, alerts]
    let box = content.outline.box
    content.areas = [
      MapArea(
        name: "Bosques de Shunté y Mishollo", style: .protected, dataset: "acr", version: "2018",
        polygons: [
          [
            [
              (box.west - 1, box.north - 0.0004), (box.east + 1, box.north - 0.0002),
              (box.east + 1, box.north + 1), (box.west - 1, box.north + 1),
              (box.west - 1, box.north - 0.0004),
            ].map { Position(longitude: $0.0, latitude: $0.1) }
          ]
        ], measuredHectares: 0.41)
    ]
    return content
  }

  @Test func `given crops, alerts and areas, when drawn, then the legend tells each with its days`()
    throws
  {
    let texts = try drawing(Self.rich()).texts(in: "legend").joined(separator: " ")
    for text in [
      "El mapa «cacao», versión 3, muestra: cacao en 2020 1,75",
      "alerta RADD (radar), 2020, hasta la fecha de corte 0,25",
      "alerta RADD (radar), 2023-02-14 a 2023-10-28 0,50",
      "alerta RADD (radar), sin fecha que se lea 0,00",
      "Bosques de Shunté y Mishollo (área protegida) 0,41",
    ] { #expect(texts.contains(text), "\(texts)") }
    let english = try drawing(Self.rich(.english)).texts(in: "legend").joined(separator: " ")
    #expect(english.contains("2023-02-14 to 2023-10-28 0.50"))
    #expect(english.contains("(protected area) 0.41"))
  }

  @Test func `given textures, when drawn, then what lies below is still there`() throws {
    let drawing = try drawing(Self.rich())
    for group in ["forest", "cocoa", "dated", "loss", "area"] {
      #expect(!drawing.groups(group).isEmpty, "\(group)")
    }
    // Dots and bars are lines, and no cell is filled with them.
    for path in drawing.paths(in: "cocoa") + drawing.paths(in: "dated") {
      #expect(path["fill"] == "none" && path["stroke"] != nil)
    }
    #expect(drawing.paths(in: "cocoa").allSatisfy { $0["stroke-dasharray"] != nil })
    let pixels = try PlotMap.png(Self.rich(), width: 880)
    #expect(Array(pixels.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
  }

  @Test func `given a map of a cover that shows nothing here, when drawn, then it is said`() throws
  {
    var content = Contents.usual()
    content.layers = [
      Contents.layer(.cover(.water, name: "agua", values: [80]), name: "wc") { _, _ in 10 }
    ]
    #expect(
      try drawing(content).texts(in: "legend").contains("agua: nada en este recuadro"))
    // With areas alone, no map is said to be missing.
    content.layers = []
    content.areas = Self.rich().areas
    let texts = try drawing(content).texts(in: "legend")
    #expect(!texts.contains("Ningún mapa registrado llega hasta aquí."))
  }

  @Test func `given every cover and area, then colours or textures tell them apart`() {
    var fills: Set<String> = [Palette.ground.hex]
    var dots: Set<String> = []
    for cover in MapMeaning.Cover.allCases {
      let isNew =
        cover.texture == .fill
        ? fills.insert(Palette.cover(cover).hex).inserted
        : dots.insert(Palette.cover(cover).hex).inserted
      #expect(isNew, "\(cover)")
    }
    let strokes = MapArea.Style.allCases.map { "\(Palette.area($0).color.hex)" }
    #expect(Set(strokes).count == strokes.count)
  }
}
