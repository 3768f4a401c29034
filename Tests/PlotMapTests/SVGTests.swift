import FoundationXML
import Land
import Testing

@testable import PlotMap

/// The SVG as an XML parser reads it.
@Suite struct SVGTests {
  /// Where the frame begins on a page without a second line under the code.
  private static let origin = (x: 30.0, y: 34.0)

  @Test(arguments: [MessageLanguage.spanish, .english])
  func `given a plot, when drawn, then the page says what it is to those who cannot see it`(
    language: MessageLanguage
  ) throws {
    let drawing = try Drawing(try PlotMap.svg(Contents.usual(language)))
    #expect(drawing.root["role"] == "img")
    #expect(drawing.root["lang"] == language.rawValue)
    let es = language == .spanish
    #expect(
      drawing.first("title") == (es ? "Mapa de la parcela P-000001" : "Map of plot P-000001"))
    let spoken = try #require(drawing.first("desc"))
    #expect(spoken.contains(es ? "bosque en 2020: 2,25 ha" : "forest in 2020: 2.25 ha"))
    let names = Set(drawing.elements.compactMap(\.name))
    #expect(names == ["title", "desc", "rect", "g", "path", "circle", "text"])
  }

  @Test func `given a plot, when drawn, then its corners are where the ellipsoid puts them`()
    throws
  {
    let content = Contents.usual()
    let drawing = try Drawing(try PlotMap.svg(content))
    let line = try #require(
      drawing.paths(in: "plot").first { $0["stroke"] == "#111111" })
    let drawn = try #require(try Drawing.rings(line).first)
    // The box of the corners' metres, a margin of 40 m and the frame of 400 by 380 units.
    let metres = [(0.0, 0.0), (200, 10), (230, 150), (90, 210), (-20, 120)]
    let perUnit = max((250.0 + 80) / 400, (210.0 + 80) / 380)
    #expect(drawn.count == metres.count)
    for (x, y) in metres {
      let expected = (
        x: Self.origin.x + 200 + (x - 105) / perUnit, y: Self.origin.y + 190 - (y - 105) / perUnit
      )
      #expect(
        drawn.contains { abs($0.x - expected.x) < 0.02 && abs($0.y - expected.y) < 0.02 },
        "\(x), \(y) not in \(drawn)")
    }
    let dots = drawing.groups("plot").flatMap { $0.elements(forName: "circle") }
    #expect(dots.count == 5)
  }

  @Test func `given cells, when drawn, then each is there once, on the map's own lines`() throws {
    let content = Contents.usual()
    let drawing = try Drawing(try PlotMap.svg(content))
    let grid = content.layers[0].grid
    let scale = Contents.metresPerDegree(latitude: content.outline.box.south + 105 / 110_600)
    let perUnit = 330.0 / 400
    let cell = (
      x: grid.cellWidth * scale.east / perUnit, y: grid.cellHeight * scale.north / perUnit
    )
    /// Cells within the frame whose value is among some, with shares where the frame cuts them.
    func expected(_ layer: MapLayer, _ values: Set<Int32>) -> Double {
      let frame = MapFrame(around: content.outline)
      var sum = 0.0
      for row in 0..<grid.rows {
        for column in 0..<grid.columns where values.contains(layer.values[row * 24 + column]) {
          let west = frame.x(grid.west + Double(column) * grid.cellWidth)
          let top = frame.y(grid.north - Double(row) * grid.cellHeight)
          let across = min(400, west + cell.x) - max(0, west)
          let along = min(380, top + cell.y) - max(0, top)
          sum += max(0, across) * max(0, along) / cell.x / cell.y
        }
      }
      return sum
    }
    func drawn(_ group: String, _ color: String) throws -> Double {
      var sum = 0.0
      for path in drawing.paths(in: group)
      where path["fill"] == color {
        #expect(path["shape-rendering"] == "crispEdges")
        for ring in try Drawing.rings(path) {
          #expect(ring.count == 4)
          sum += abs((ring[2].x - ring[0].x) * (ring[2].y - ring[0].y)) / cell.x / cell.y
        }
      }
      return sum
    }
    let forest = try drawn("forest", Palette.forest.hex)
    #expect(forest > 50 && abs(forest / expected(content.layers[0], [1]) - 1) < 1e-3)
    for (value, year) in [(4, 2004), (22, 2022), (24, 2024)] {
      let color = Palette.loss(year: year, cutOffYear: 2020).hex
      let cells = try drawn("loss", color)
      #expect(abs(cells / expected(content.layers[1], [Int32(value)]) - 1) < 1e-3, "\(year)")
    }
    #expect(drawing.groups("missing").isEmpty)
  }

  @Test func `given text from people, when drawn, then it is text and nothing else`() throws {
    let hostile = "</text><script>alert(\"1\")</script>&'\u{0}\u{202E}"
    var content = Contents.usual(code: hostile)
    content.subtitle = "<image href='http://example.org'/>"
    content.layers[0].dataset = "]]><script/>"
    content.areas = [
      MapArea(
        name: "\" onload=\"alert(1)", style: .protected, dataset: "<!--", version: "&amp;",
        polygons: [Contents.plot.polygons[0].rings])
    ]
    let bytes = try PlotMap.svg(content)
    let text = String(decoding: bytes, as: UTF8.self)
    let drawing = try Drawing(bytes)
    let names = Set(drawing.elements.compactMap(\.name))
    #expect(names == ["title", "desc", "rect", "g", "path", "circle", "text"])
    #expect(!text.contains("<script") && !text.contains("<image") && !text.contains("<!--"))
    let attributes = Set(drawing.elements.flatMap { $0.attributes ?? [] }.compactMap(\.name))
    #expect(attributes.allSatisfy { !$0.hasPrefix("on") && $0 != "href" && $0 != "style" })
    #expect(drawing.first("title")?.contains("<script>alert(\"1\")</script>&'\u{FFFD}") == true)
    #expect(try PlotMap.png(content, width: 300).count > 1_000)
  }

  @Test func `given the same content, when drawn twice, then the bytes are the same`() throws {
    #expect(try PlotMap.svg(Contents.usual()) == PlotMap.svg(Contents.usual()))
    #expect(try PlotMap.png(Contents.usual()) == PlotMap.png(Contents.usual()))
    #expect(try PlotMap.svg(Contents.usual(.english)) != PlotMap.svg(Contents.usual()))
  }

  @Test func `given a point or too few values, when drawn, then the error says what is wrong`() {
    var content = Contents.usual()
    content.outline = .point(Position(longitude: 0, latitude: 0))
    #expect(throws: PlotMapError.noOutline) { try PlotMap.svg(content) }
    content = Contents.usual()
    content.layers[1].values.removeLast()
    #expect(
      throws: PlotMapError.wrongValueCount(dataset: "pérdida", expected: 576, found: 575)
    ) { try PlotMap.png(content) }
    #expect(throws: PlotMapError.widthOutOfRange(pixels: 20_000, range: 200...4_000)) {
      try PlotMap.png(Contents.usual(), width: 20_000)
    }
  }
}
