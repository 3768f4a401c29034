import Land
import SampleData
import Testing

/// The land of a sample: outlines and maps.
struct GroundTests {
  private struct Plot {
    let code: String
    let isPalm: Bool
    let hectares: Double
    let geometry: PlotGeometry
  }

  private func plots(of sample: WrittenSample) throws -> [Plot] {
    var plots: [Plot] = []
    for file in try sample.importFiles() where file.contains("parcelas") {
      for feature in try GeoJSONDocument.parse(sample.bytes(file)).features {
        let result = PlotGeometry.make(from: feature.geometry)
        #expect(result.findings.isEmpty, "feature \(feature.index): \(result.findings)")
        guard case .string(let code) = feature.properties["codigo"],
          case .string(let crop) = feature.properties["cultivo"],
          case .number(let area) = feature.properties["area_ha"],
          let geometry = result.geometry
        else {
          Issue.record("feature \(feature.index) lacks a property or an outline")
          continue
        }
        plots.append(
          Plot(
            code: code, isPalm: crop != "cacao", hectares: area.value, geometry: geometry))
      }
    }
    return plots
  }

  @Test(arguments: [1, 8])
  func `given a sample, when its plots are laid over each other, then one pair overlaps`(
    seed: UInt64
  ) throws {
    let sample = try WrittenSample(plots: 300, seasons: 1, seed: seed)
    let plots = try plots(of: sample)
    #expect(plots.count == 300)
    // Points stand for discs, which must not overlap either.
    let areas = try plots.map { plot in
      guard case .point(let position) = plot.geometry else { return plot.geometry }
      return try PlotGeometry.disc(around: position, squareMetres: plot.hectares * 10_000)
    }
    let shared = try Overlaps.all(in: areas)
    #expect(shared.count == 1)
    let story = try #require(try sample.stories().stories.first { $0.kind == "overlap" })
    let pair = try #require(shared.first)
    #expect(pair.weight == .critical)
    #expect(
      Set([pair.first, pair.second].map { "plot:" + plots[$0].code }) == Set(story.subjects))
  }

  @Test func `given a sample, when its plots are measured, then they are believable`() throws {
    let plots = try plots(of: try WrittenSample(plots: 600, seasons: 1))
    var corners: Set<Int> = []
    for plot in plots {
      let box = plot.geometry.box
      #expect(box.west > -77.2 && box.east < -76.1 && box.south > -8.8 && box.north < -7.6)
      #expect((0.3...20).contains(plot.hectares), "\(plot.code): \(plot.hectares) ha")
      if plot.geometry.isPoint {
        #expect(plot.hectares <= 4)
      } else {
        corners.insert(plot.geometry.vertexCount)
        let measured = plot.geometry.areaSquareMetres / 10_000
        #expect(abs(measured - plot.hectares) <= 0.03 * plot.hectares, "\(plot.code)")
      }
    }
    #expect(corners.allSatisfy { (8...20).contains($0) })
    #expect(corners.count > 5)
    #expect(plots.contains { $0.geometry.isPoint })
    func mean(_ some: [Plot]) -> Double { some.reduce(0) { $0 + $1.hectares } / Double(some.count) }
    #expect((0.8...1.5).contains(mean(plots.filter { !$0.isPalm })))
    #expect((4...6).contains(mean(plots.filter(\.isPalm))))
  }

  @Test func `given the maps, when read, then forest stands on much of the land and loss on some`()
    throws
  {
    let sample = try WrittenSample(plots: 50, seasons: 1)
    let forest = try RasterDataset.open(sample.folder + "/import/maps/bosque-2020.tif")
    let loss = try RasterDataset.open(sample.folder + "/import/maps/perdida-anual.tif")
    #expect(forest.grid == loss.grid)
    #expect(forest.grid.cellWidth == 0.000_25)
    var forestCells = 0
    var years: [Int32: Int] = [:]
    let step = 256
    for row in stride(from: 0, to: forest.grid.rows, by: step) {
      let window = RasterWindow(
        column: 0, row: row, columns: forest.grid.columns, rows: min(step, forest.grid.rows - row))
      let values = try forest.read(window)
      #expect(values.allSatisfy { $0 == 0 || $0 == 1 })
      for value in values where value == 1 { forestCells += 1 }
      for value in try loss.read(window) where value != 0 { years[value, default: 0] += 1 }
    }
    let share = Double(forestCells) / Double(forest.grid.columns * forest.grid.rows)
    #expect((0.3...0.9).contains(share))
    #expect(years.keys.allSatisfy { (1...25).contains($0) })
    #expect(years.keys.contains { $0 > 20 } && years.keys.contains { $0 <= 20 })
  }
}
