import Testing

@testable import Land

@Suite struct OverlayTests {
  private static let west = -76.5
  private static let north = -8.0

  /// A raster of 0.06° with cells of `step` and values that change from cell to cell.
  private func raster(
    _ folder: TemporaryFolder, _ name: String, step: Double, tile: Int, noData: UInt8? = nil
  ) throws -> RasterSource {
    let cells = Int((0.06 / step).rounded())
    let grid = RasterGrid(
      west: Self.west, north: Self.north, cellWidth: step, cellHeight: step, columns: cells,
      rows: cells)
    try RasterWriter.write(to: folder.path(name), grid: grid, tile: tile, noData: noData) {
      window in
      (0..<window.rows).flatMap { row in
        (0..<window.columns).map { UInt8(($0 / 3 + (window.row + row) / 5 * 7) % 11) }
      }
    }
    return try RasterSource(path: folder.path(name))
  }

  /// Plots over the raster and over its edges.
  private func plots(_ count: Int, seed: UInt64) -> [PlotGeometry] {
    var random = FixedRandom(state: seed)
    var plots: [PlotGeometry] = []
    while plots.count < count {
      let centre = Position(
        longitude: Self.west + Double.random(in: -0.002...0.062, using: &random),
        latitude: Self.north - Double.random(in: -0.002...0.062, using: &random))
      let size = [0.0008, 0.002, 0.01][plots.count % 3]
      let star = RandomShapes.star(
        around: centre, corners: Int.random(in: 4...70, using: &random), degrees: size,
        using: &random)
      guard let plot = PlotGeometry.make(polygons: [[star]]).geometry else { continue }
      plots.append(plot)
    }
    return plots
  }

  @Test func `given any order, threads and memory, when assessed, then the bits are the same`()
    throws
  {
    let folder = try TemporaryFolder()
    let rasters = [
      try raster(folder, "fine.tif", step: 0.0001, tile: 64, noData: 4),
      try raster(folder, "coarse.tif", step: 0.00025, tile: 16),
    ]
    let plots = plots(240, seed: 5)
    let expected = try plots.map { plot in
      try rasters.map { try Coverage.assess(plot, on: $0.open()) }
    }
    #expect(expected.contains { $0[0].outsideSquareMetres > 0 && !$0[0].covers.isEmpty })
    #expect(expected.contains { $0[0].noDataSquareMetres > 0 })
    var tight = CoverageLimits()
    tight.blockCacheBytes = 1
    tight.windowCells = 256
    for threads in [1, 2, 5] {
      for limits in [CoverageLimits(), tight] {
        let found = Overlay.assess(plots, on: rasters, threads: threads, limits: limits)
        #expect(try found.map { try $0.map { try $0.get() } } == expected)
      }
      let turned = Overlay.assess(plots.reversed(), on: rasters.reversed(), threads: threads)
      #expect(
        try turned.reversed().map { try $0.reversed().map { try $0.get() } } == expected)
    }
    let chunks = stride(from: 0, to: plots.count, by: 7).flatMap {
      Overlay.assess(
        Array(plots[$0..<min($0 + 7, plots.count)]), on: rasters, threads: 2)
    }
    #expect(try chunks.map { try $0.map { try $0.get() } } == expected)
  }

  @Test func `given other blocks of the same cells, when assessed, then the bits are the same`()
    throws
  {
    let folder = try TemporaryFolder()
    let plots = plots(120, seed: 6)
    let results = try [16, 48, 256, 1_024].map { tile in
      let source = try raster(folder, "\(tile).tif", step: 0.0001, tile: tile)
      return try Overlay.assess(plots, on: [source], threads: 2).map { try $0[0].get() }
    }
    for result in results { #expect(result == results[0]) }
  }

  @Test func `given a breach, when assessed with others, then that plot is told and no other`()
    throws
  {
    let folder = try TemporaryFolder()
    let source = try raster(folder, "a.tif", step: 0.0001, tile: 64)
    var plots = plots(20, seed: 7)
    let expected = Overlay.assess(plots, on: [source], threads: 1)
    // Two loops of opposite turn, which no check would let pass.
    let twisted = [(0.01, 0.01), (0.02, 0.02), (0.02, 0.01), (0.01, 0.0205), (0.01, 0.01)].map {
      Position(longitude: Self.west + $0.0, latitude: Self.north - $0.1)
    }
    plots.insert(.multiPolygon([Polygon(shell: twisted)]), at: 9)
    plots.insert(.point(Position(longitude: Self.west, latitude: Self.north)), at: 15)
    let found = Overlay.assess(plots, on: [source], threads: 1)
    guard case .failure(let error) = found[9][0] else {
      Issue.record("no breach: \(found[9][0])")
      return
    }
    #expect(["coverage-cell-breached", "coverage-sum-breached"].contains(error.code))
    #expect(found[15] == [.failure(.pointHasNoArea)])
    #expect(found[..<9] + found[10..<15] + found[16...] == expected[...])
  }

  @Test func `given a raster that goes away, when assessed, then each plot is told`() throws {
    let folder = try TemporaryFolder()
    let stays = try raster(folder, "stays.tif", step: 0.0001, tile: 64)
    let goes = try raster(folder, "goes.tif", step: 0.00025, tile: 64)
    try folder.remove("goes.tif")
    for result in Overlay.assess(plots(6, seed: 8), on: [stays, goes], threads: 2) {
      #expect(throws: Never.self) { try result[0].get() }
      guard case .failure(.raster(let error)) = result[1] else {
        Issue.record("\(result[1])")
        continue
      }
      #expect(error.code == "raster-cannot-open")
    }
    // As it was described: another file of that name is not read by that description.
    try OddRaster.write(
      folder.path("goes.tif"), epsg: 4_326, transform: [-76.5, 0.001, 0, -8, 0, -0.001])
    #expect(throws: RasterError.self) { try goes.open().read(goes.grid.window) }
  }

  @Test func `given cells of 16 and 32 bits, when assessed, then as with bytes`() throws {
    let folder = try TemporaryFolder()
    let bytes = try raster(folder, "bytes.tif", step: 0.00025, tile: 64)
    let values = try bytes.open().read(bytes.grid.window)
    let plots = plots(40, seed: 9)
    let expected = try Overlay.assess(plots, on: [bytes], threads: 1).map { try $0[0].get() }
    for (kind, factor, offset) in [
      (CellType.uint16, 5_000, 0), (.int16, 5_000, -30_000), (.int32, 90_000_000, -450_000_000),
    ] {
      let path = folder.path("\(kind).tif")
      try OddRaster.write(
        path, grid: bytes.grid, type: kind, values: values.map { Int32(Int($0) * factor + offset) })
      let source = try RasterSource(path: path, noData: 3 * factor + offset)
      for (result, before) in zip(Overlay.assess(plots, on: [source], threads: 2), expected) {
        let found = try result[0].get()
        #expect(found.noDataSquareMetres == before.classes[3] ?? 0)
        #expect(
          found.covers.map(\.value)
            == before.covers.filter { $0.value != 3 }.map { $0.value * factor + offset })
        #expect(
          found.covers.map(\.squareMetres)
            == before.covers.filter { $0.value != 3 }.map(\.squareMetres))
        #expect(found.totalSquareMetres == before.totalSquareMetres)
      }
    }
  }

  @Test func `given the curve, when walked, then each step goes to a neighbour`() {
    var cells = [(x: Int, y: Int)?](repeating: nil, count: 256)
    for x in 0..<16 {
      for y in 0..<16 {
        cells[Int(HilbertCurve.place(x: UInt32(x), y: UInt32(y), levels: 4))] = (x, y)
      }
    }
    for (a, b) in zip(cells, cells.dropFirst()) {
      guard let a, let b else {
        Issue.record("a place of the curve has no cell")
        continue
      }
      #expect(abs(a.x - b.x) + abs(a.y - b.y) == 1)
    }
    let here = GeographicBox(west: -76.5, south: -8.001, east: -76.499, north: -8)
    let near = GeographicBox(west: -76.499, south: -8.001, east: -76.498, north: -8)
    let far = GeographicBox(west: 100, south: 50, east: 101, north: 51)
    let steps = [near, far].map { Overlay.order($0).distance(to: Overlay.order(here)).magnitude }
    #expect(steps[0] < steps[1] / 1_000)
  }
}
