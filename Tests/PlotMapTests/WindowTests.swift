import Foundation
import FoundationXML
import Land
import Testing

@testable import PlotMap

/// Reading only what a picture needs.
@Suite struct WindowTests {
  private static func value(_ column: Int, _ row: Int) -> UInt8 {
    UInt8((column &* 31 &+ row &* 17) % 251)
  }

  private func withRaster<Value>(
    aside: Int, _ body: (RasterDataset) throws -> Value
  ) throws -> Value {
    let path = FileManager.default.temporaryDirectory.path + "/raiz-\(UUID().uuidString).tif"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let grid = RasterGrid(
      west: Contents.west - 0.01, north: Contents.north + 0.01, cellWidth: 0.0001,
      cellHeight: 0.0001, columns: aside, rows: aside)
    try RasterWriter.write(to: path, grid: grid) { window in
      var out: [UInt8] = []
      for row in window.row..<window.row + window.rows {
        for column in window.column..<window.column + window.columns {
          out.append(Self.value(column, row))
        }
      }
      return out
    }
    return try body(try RasterDataset.open(path))
  }

  @Test func `given a plot of some hectares, when read, then its cells come whole and in place`()
    throws
  {
    try withRaster(aside: 300) { raster in
      let frame = MapFrame(around: Contents.plot)
      let window = try MapWindow.read(raster, for: frame)
      #expect(window.stride == 1)
      let column = Int(((window.grid.west - raster.grid.west) / 0.0001).rounded())
      let row = Int(((raster.grid.north - window.grid.north) / 0.0001).rounded())
      #expect(window.values.count == window.grid.columns * window.grid.rows)
      for y in 0..<window.grid.rows {
        for x in 0..<window.grid.columns {
          #expect(
            window.values[y * window.grid.columns + x] == Int32(Self.value(column + x, row + y)))
        }
      }
      // Every cell that the frame touches, and no more.
      #expect(window.grid.west <= frame.box.west && window.grid.west > frame.box.west - 0.0001)
      #expect(window.grid.box.east >= frame.box.east)
      #expect(window.grid.box.east < frame.box.east + 0.0001)
    }
  }

  @Test
  func `given a huge plot, when read and drawn, then cells and bytes are bounded, and it is said`()
    throws
  {
    try withRaster(aside: 2_000) { raster in
      let plot = Contents.polygon([(0, 0), (14_000, 0), (14_000, -14_000), (0, -14_000)])
      let window = try MapWindow.read(raster, for: MapFrame(around: plot))
      #expect(window.stride > 1)
      #expect(max(window.grid.columns, window.grid.rows) <= MapWindow.mostCellsAside)
      let row = Int(((raster.grid.north - window.grid.north) / 0.0001).rounded())
      let column = Int(((window.grid.west - raster.grid.west) / 0.0001).rounded())
      let half = window.stride / 2
      #expect(
        window.values[window.grid.columns + 2]
          == Int32(Self.value(column + 2 * window.stride + half, row + window.stride + half)))
      for language in MessageLanguage.allCases {
        let content = PlotMapContent(
          plot: "P", outline: plot, hectares: 19_600,
          layers: [
            MapLayer(
              dataset: "d", version: "1", meaning: .lossYear(yearZero: 2000, cutOffYear: 2020),
              window: window, noData: nil)
          ], language: language)
        // No two neighbours are alike: the worst that a map can do.
        let bytes = try PlotMap.svg(content)
        #expect(bytes.count < 4_000_000)
        let words = try Drawing(bytes).texts(in: "legend").joined(separator: " ")
        let expected = language == .spanish ? "una celda de cada" : "one cell of each"
        #expect(words.contains("\(expected) \(window.stride) × \(window.stride)"))
      }
    }
  }

  @Test func `given a map elsewhere, when read, then nothing comes and the whole frame is hatched`()
    throws
  {
    try withRaster(aside: 20) { raster in
      let plot = Contents.polygon([(9_000, 0), (9_100, 0), (9_100, 90)])
      let window = try MapWindow.read(raster, for: MapFrame(around: plot))
      #expect(window.values.isEmpty)
      let content = PlotMapContent(
        plot: "P", outline: plot, hectares: 0.45,
        layers: [
          MapLayer(
            dataset: "d", version: "1", meaning: Contents.forest, window: window, noData: nil)
        ], language: .english)
      let drawing = try Drawing(try PlotMap.svg(content))
      #expect(try drawing.paths(in: "missing").flatMap(Drawing.rings).count > 80)
      #expect(drawing.texts(in: "legend").contains("no data, or beyond this map"))
      #expect(!drawing.texts(in: "legend").contains { $0.contains("no forest") })
    }
  }
}
