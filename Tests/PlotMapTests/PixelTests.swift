import FoundationXML
import Land
import Testing

@testable import PlotMap

/// The PNG as GDAL decodes it.
@Suite struct PixelTests {
  /// The middle of a cell on the page, for contents without a second line.
  private func place(_ content: PlotMapContent, _ column: Int, _ row: Int) -> (Double, Double) {
    let grid = content.layers[0].grid
    let frame = MapFrame(around: content.outline)
    return (
      30 + frame.x(grid.west + (Double(column) + 0.5) * grid.cellWidth),
      34 + frame.y(grid.north - (Double(row) + 0.5) * grid.cellHeight)
    )
  }

  @Test(arguments: [440, 1_056])
  func `given cells, when drawn at any size, then each has its colour to its edge`(width: Int)
    throws
  {
    var content = Contents.usual()
    // The plot's line would lie over some of them.
    content.outline = Contents.polygon([(60, 60), (70, 60), (70, 70), (60, 70)])
    let pixels = try Pixels(try PlotMap.png(content, width: width))
    #expect(pixels.width == width && pixels.height > width)
    var seen: Set<String> = []
    for row in 0..<24 {
      for column in 0..<24 {
        let (x, y) = place(content, column, row)
        let year = [7: 2004, 9: 2022, 11: 2024][row]
        // Neither the plot, in the frame's middle, nor the marks of the graticule.
        guard (34...426).contains(x), (38...410).contains(y), abs(x - 230) > 40 || abs(y - 224) > 40
        else { continue }
        let expected =
          year.map { Palette.loss(year: $0, cutOffYear: 2020).hex }
          ?? (column % 3 == 0 ? Palette.ground.hex : Palette.forest.hex)
        let found = pixels.color(x: x + 4, y: y + 5)
        if isCross(content, x + 4, y + 5) { continue }
        #expect(found == expected, "column \(column), row \(row)")
        seen.insert(found)
      }
    }
    #expect(seen.count >= 4)
  }

  private func isCross(_ content: PlotMapContent, _ x: Double, _ y: Double) -> Bool {
    let graticule = Graticule(MapFrame(around: content.outline))
    return graticule.meridians.contains { abs($0.place + 30 - x) < 6 }
      && graticule.parallels.contains { abs($0.place + 34 - y) < 6 }
  }

  @Test func `given a plot, when drawn, then its line is black, its corners light, paper white`()
    throws
  {
    let content = Contents.usual()
    let pixels = try Pixels(try PlotMap.png(content, width: 2_200))
    let frame = MapFrame(around: content.outline)
    let ring = content.outline.polygons[0].shell
    for (a, b) in zip(ring, ring.dropFirst()) {
      let (from, to) = (frame.point(a), frame.point(b))
      let middle = pixels.color(x: 30 + (from.x + to.x) / 2, y: 34 + (from.y + to.y) / 2)
      #expect(middle == "#111111")
      #expect(pixels.color(x: 30 + from.x, y: 34 + from.y) == "#ffffff")
    }
    #expect(pixels.color(x: 3, y: 3) == "#ffffff")
  }

  @Test func `given no data and a map's end, when drawn, then both are hatched, the rest is not`()
    throws
  {
    var content = Contents.usual()
    content.layers = [
      Contents.layer(Contents.forest, name: "bosque", aside: 12, from: -3, noData: 9) { column, _ in
        column < 6 ? 9 : 1
      }
    ]
    let drawing = try Drawing(try PlotMap.svg(content))
    let frame = MapFrame(around: content.outline)
    let grid = content.layers[0].grid
    let forestWest = 30 + frame.x(grid.west + 6 * grid.cellWidth)
    let forestEast = 30 + frame.x(grid.west + 12 * grid.cellWidth)
    let south = 34 + frame.y(grid.north - 12 * grid.cellHeight)
    let lines = try drawing.paths(in: "missing").flatMap(Drawing.rings)
    #expect(lines.count > 40)
    for line in lines {
      let (x, y) = ((line[0].x + line[1].x) / 2, (line[0].y + line[1].y) / 2)
      #expect(!(x > forestWest + 0.1 && x < forestEast - 0.1 && y < south - 0.1))
    }
    let pixels = try Pixels(try PlotMap.png(content, width: 1_056))
    #expect(pixels.color(x: forestEast - 5, y: 60) == Palette.forest.hex)
    let columns = stride(from: 32.0, to: forestWest - 2, by: 0.25)
    let grey = columns.filter { pixels.color(x: $0, y: 50) == Palette.missing.hex }
    #expect(!grey.isEmpty)
  }
}
