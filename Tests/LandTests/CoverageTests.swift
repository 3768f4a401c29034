import Foundation
import Testing
import ValueTypes

@testable import Land

@Suite struct CoverageTests {
  /// 16 × 16 cells whose values all differ, so that each class is one cell.
  private static let step = 1.0 / 4_096
  private static let grid = RasterGrid(
    west: -76.5, north: -8.0, cellWidth: step, cellHeight: step, columns: 16, rows: 16)

  private func numbered(_ folder: TemporaryFolder) throws -> RasterDataset {
    let path = folder.path("numbered.tif")
    try RasterWriter.write(to: path, grid: Self.grid, tile: 16) { window in
      (0..<window.columns * window.rows).map { UInt8($0) }
    }
    return try RasterDataset.open(path)
  }

  /// A ring from cell coordinates, y southward, on a grid of degrees.
  private func ring(_ points: [(Double, Double)]) -> [Position] {
    points.map {
      Position(
        longitude: Self.grid.west + $0.0 * Self.step,
        latitude: Self.grid.north - $0.1 * Self.step)
    }
  }

  private func plot(_ rings: [[(Double, Double)]]) throws -> PlotGeometry {
    try #require(PlotGeometry.make(polygons: [rings.map(ring)]).geometry)
  }

  /// Parts of cells by the slow way: GEOS clips the plot to each cell's box.
  private func clipped(_ plot: PlotGeometry, on grid: RasterGrid) throws -> [Int: Double] {
    let geos = try GEOSContext()
    let shape = try geos.shape(plot.polygons)
    var parts: [Int: Double] = [:]
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        let box = GeographicBox(
          west: grid.west + Double(column) * grid.cellWidth,
          south: grid.north - Double(row + 1) * grid.cellHeight,
          east: grid.west + Double(column + 1) * grid.cellWidth,
          north: grid.north - Double(row) * grid.cellHeight)
        let area = try geos.intersection(shape, geos.box(box)).area()
        if area > 0 {
          parts[row * grid.columns + column] = area / (grid.cellWidth * grid.cellHeight)
        }
      }
    }
    return parts
  }

  private func compare(_ plot: PlotGeometry, on raster: RasterDataset) throws {
    let found = try Coverage.assess(plot, on: raster)
    let expected = try clipped(plot, on: raster.grid)
    for cell in 0..<256 {
      let area = raster.grid.cellSquareMetres(row: cell / 16)
      let difference = (found.classes[cell] ?? 0) / area - (expected[cell] ?? 0)
      #expect(abs(difference) < 1e-9, "cell \(cell) of \(plot)")
      // Slivers that only rounding makes are for neither to find.
      if (expected[cell] ?? 0) > 1e-9 { #expect(found.cellsTouched[cell] == 1) }
    }
    #expect(found.outsideSquareMetres == 0)
  }

  @Test(arguments: [1.0, 2, 4, 64, 1_024])
  func `given random plots with corners on and off the grid, when assessed, then as GEOS clips`(
    fraction: Double
  ) throws {
    let folder = try TemporaryFolder()
    let raster = try numbered(folder)
    var random = FixedRandom(state: UInt64(fraction))
    var seen = 0
    for _ in 0..<60 {
      let star = RandomShapes.star(
        around: Position(longitude: 8, latitude: 8),
        corners: Int.random(in: 3...24, using: &random), degrees: 7.9, using: &random)
      let cells = star.map {
        (
          ($0.longitude * fraction).rounded() / fraction,
          ($0.latitude * fraction).rounded() / fraction
        )
      }
      guard let plot = PlotGeometry.make(polygons: [[ring(cells)]]).geometry else { continue }
      try compare(plot, on: raster)
      seen += 1
    }
    #expect(seen > 20)
  }

  @Test func `given a hole and parts, when assessed, then as GEOS clips`() throws {
    let folder = try TemporaryFolder()
    let raster = try numbered(folder)
    let made = PlotGeometry.make(polygons: [
      [
        ring([(1, 1), (9.5, 1.25), (9, 9), (1, 8.75), (1, 1)]),
        ring([(2, 2), (4, 2), (4.5, 5), (2, 4), (2, 2)]),
      ],
      [ring([(10, 10), (15.75, 10), (12, 16), (10, 10)])],
    ])
    try compare(try #require(made.geometry), on: raster)
  }

  @Test func `given a plot of whole cells, when assessed, then no other cell is touched`() throws {
    let folder = try TemporaryFolder()
    let raster = try numbered(folder)
    let found = try Coverage.assess(
      plot([[(2, 3), (5, 3), (5, 6), (2, 6), (2, 3)]]), on: raster)
    #expect(Set(found.classes.keys) == [50, 51, 52, 66, 67, 68, 82, 83, 84])
    for (cell, area) in found.classes {
      #expect(area == raster.grid.cellSquareMetres(row: cell / 16))
    }
    #expect(found.cells == 9)
  }

  /// 0.00025° has no exact double; corners meant for grid lines must still lie on them.
  @Test func `given corners on a decimal grid, when assessed, then neighbours stay untouched`()
    throws
  {
    let folder = try TemporaryFolder()
    let grid = RasterGrid(
      west: -80, north: 0, cellWidth: 0.00025, cellHeight: 0.00025, columns: 16_000, rows: 40_000)
    // Only the south-east corner of the raster holds anything.
    let path = folder.path("hansen.tif")
    try RasterWriter.write(to: path, grid: grid) { window in
      [UInt8](repeating: 1, count: window.columns * window.rows)
    }
    let raster = try RasterDataset.open(path)
    var random = FixedRandom(state: 25)
    for _ in 0..<200 {
      let column = Int.random(in: 0..<15_900, using: &random)
      let row = Int.random(in: 0..<39_900, using: &random)
      let degrees = { (units: Int) in Double(units) / 100_000 }
      let west = -8_000_000 + column * 25
      let north = -row * 25
      let corners = [(0, 0), (0, -75), (50, -75), (50, 0), (0, 0)].map {
        Position(longitude: degrees(west + $0.0), latitude: degrees(north + $0.1))
      }
      let plot = try #require(PlotGeometry.make(polygons: [[corners]]).geometry)
      let found = try Coverage.assess(plot, on: raster)
      #expect(found.cellsTouched == [1: 6])
      #expect(found.cells == 6)
    }
  }

  @Test func `given a plot half beyond the raster, when assessed, then that half is told`() throws {
    let folder = try TemporaryFolder()
    let raster = try numbered(folder)
    let found = try Coverage.assess(
      plot([[(-4, 2), (4, 2), (4, 4), (-4, 4), (-4, 2)]]), on: raster)
    #expect(abs(found.outsideSquareMetres / found.totalSquareMetres - 0.5) < 1e-12)
    #expect(found.classes.count == 8)
    let away = try Coverage.assess(
      plot([[(-400, 2), (-398, 2), (-398, 4), (-400, 4), (-400, 2)]]), on: raster)
    #expect(away.outsideSquareMetres == away.totalSquareMetres)
    #expect(away.totalSquareMetres > 1_000)
    #expect(away.classes.isEmpty)
  }

  @Test func `given random plots, when assessed, then the parts sum to the geodesic area`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("classes.tif")
    try RasterWriter.write(to: path, grid: Self.grid, tile: 16, noData: 3) { window in
      (0..<window.columns * window.rows).map { UInt8($0 % 4) }
    }
    let raster = try RasterDataset.open(path)
    #expect(raster.noData == 3)
    var random = FixedRandom(state: 77)
    for _ in 0..<300 {
      let star = RandomShapes.star(
        around: Position(longitude: -76.498, latitude: -8.0005),
        corners: Int.random(in: 5...80, using: &random), degrees: 0.003, using: &random)
      guard let plot = PlotGeometry.make(polygons: [[star]]).geometry else { continue }
      let found = try Coverage.assess(plot, on: raster)
      let sum =
        found.classes.values.reduce(0, +)
        + found.noDataSquareMetres + found.outsideSquareMetres
      #expect(abs(sum / found.totalSquareMetres - 1) < 1e-12)
      #expect(abs(found.totalSquareMetres / plot.areaSquareMetres - 1) < 1e-5)
      #expect(found.noDataSquareMetres > 0)
      #expect(found.classes[3] == nil)
    }
  }

  @Test func `given little memory, when assessed by bands, then the bits are the same`() throws {
    let folder = try TemporaryFolder()
    let raster = try numbered(folder)
    let plot = try plot([[(0.3, 0.7), (15.1, 2.9), (13.3, 15.2), (1.1, 12.4), (0.3, 0.7)]])
    let whole = try Coverage.assess(plot, on: raster)
    var limits = CoverageLimits()
    limits.windowCells = 40
    #expect(try Coverage.assess(plot, on: raster, limits: limits) == whole)
    limits.windowCells = 10
    #expect(throws: CoverageError.rowTooWide(cells: 16, limit: 10)) {
      try Coverage.assess(plot, on: raster, limits: limits)
    }
    limits.cellsPerGeometry = 100
    #expect(throws: CoverageError.tooManyCells(cells: 256, limit: 100)) {
      try Coverage.assess(plot, on: raster, limits: limits)
    }
  }

  @Test func `given edges over many rows, when assessed by bands, then the bits are the same`()
    throws
  {
    let folder = try TemporaryFolder()
    let raster = try numbered(folder)
    let plot = try plot([
      [(-300.3, -399.7), (5.2, 1_420.4), (320.9, -390.1), (7.5, -350.6), (-300.3, -399.7)]
    ])
    let whole = try Coverage.assess(plot, on: raster)
    #expect(whole.cells > 400_000)
    #expect(whole.covers.count == 256)
    var limits = CoverageLimits()
    limits.windowCells = 70_000
    #expect(try Coverage.assess(plot, on: raster, limits: limits) == whole)
  }

  @Test
  func `given a ring from another corner or the other way, when assessed, then the same bits`()
    throws
  {
    let folder = try TemporaryFolder()
    let raster = try numbered(folder)
    var random = FixedRandom(state: 31)
    for _ in 0..<40 {
      let star = RandomShapes.star(
        around: Position(longitude: 8, latitude: 8),
        corners: Int.random(in: 3...40, using: &random), degrees: 7.9, using: &random)
      let plot = try plot([star.map { ($0.longitude, $0.latitude) }])
      let found = try Coverage.assess(plot, on: raster)
      let shell = try #require(plot.polygons.first).shell
      for first in [1, shell.count / 2] {
        let turned = shell[first..<(shell.count - 1)] + shell[...first]
        let again = try Coverage.assess(
          .multiPolygon([Polygon(shell: Array(turned))]), on: raster)
        #expect(again.covers == found.covers)
      }
    }
  }

  /// A sum of rounded parts must not miss so little land.
  @Test func `given some square metres on cells of a kilometre, when assessed, then no breach`()
    throws
  {
    let folder = try TemporaryFolder()
    let grid = RasterGrid(
      west: -77, north: -8, cellWidth: 0.01, cellHeight: 0.01, columns: 16, rows: 16)
    let path = folder.path("coarse.tif")
    try RasterWriter.write(to: path, grid: grid, tile: 16) { window in
      (0..<window.columns * window.rows).map { UInt8($0) }
    }
    let raster = try RasterDataset.open(path)
    var random = FixedRandom(state: 32)
    for index in 0..<200 {
      // About a corner of four cells, a side of two, and inside one.
      let centre = [(-76.95, -8.05), (-76.95, -8.0513), (-76.9477, -8.0513)][index % 3]
      let star = RandomShapes.star(
        around: Position(longitude: centre.0, latitude: centre.1),
        corners: Int.random(in: 8...90, using: &random), degrees: 0.00003, using: &random)
      guard let plot = PlotGeometry.make(polygons: [[star]]).geometry else { continue }
      let found = try Coverage.assess(plot, on: raster)
      #expect(abs(found.totalSquareMetres / plot.areaSquareMetres - 1) < 1e-4)
    }
  }

  @Test func `given invalid rings or a point, when assessed, then an error and no figure`() throws {
    let folder = try TemporaryFolder()
    let raster = try numbered(folder)
    let twice = ring([(1, 1), (1, 5), (5, 5), (5, 1), (1, 1), (1, 5), (5, 5), (5, 1), (1, 1)])
    let crossed = ring([(1, 1), (5, 5), (5, 1), (1, 5), (1, 1)])
    for shell in [twice, crossed] {
      #expect(throws: CoverageError.self) {
        try Coverage.assess(.multiPolygon([Polygon(shell: shell)]), on: raster)
      }
    }
    #expect(throws: CoverageError.pointHasNoArea) {
      try Coverage.assess(.point(Position(longitude: -76.4, latitude: -8.1)), on: raster)
    }
  }

  @Test func `given plots in any order, when assessed together, then each result is its own`()
    throws
  {
    let folder = try TemporaryFolder()
    let raster = try numbered(folder)
    var plots: [PlotGeometry] = []
    for index in 0..<12 {
      let x = Double(index * 7 % 12)
      plots.append(try plot([[(x, x), (x + 2.3, x), (x + 1, x + 3.1), (x, x)]]))
    }
    plots.append(.point(Position(longitude: -76.4, latitude: -8.1)))
    let together = Overlay.assess(plots, on: [raster.source], threads: 1).map { $0[0] }
    let turned =
      Overlay.assess(plots.reversed(), on: [raster.source], threads: 2).map { $0[0] }
      .reversed() as [Overlay.Outcome]
    for (index, plot) in plots.enumerated() {
      #expect(together[index] == turned[index])
      guard !plot.isPoint else {
        #expect(together[index] == .failure(.pointHasNoArea))
        continue
      }
      #expect(try together[index].get() == Coverage.assess(plot, on: raster))
    }
  }

  /// The bits were taken once; another machine or compiler must find the same.
  @Test func `given a plot, when assessed anywhere, then the bits are these`() throws {
    let folder = try TemporaryFolder()
    let grid = RasterGrid(
      west: -76.6, north: -8.1, cellWidth: 0.00025, cellHeight: 0.00025, columns: 64, rows: 64)
    let path = folder.path("bits.tif")
    try RasterWriter.write(to: path, grid: grid, tile: 64) { window in
      (0..<window.columns * window.rows).map { UInt8($0 / 7 % 3) }
    }
    let corners = [
      (-76.5983217, -8.1019873), (-76.5951126, -8.1124417), (-76.5877312, -8.1108891),
      (-76.5861008, -8.1033329), (-76.5921745, -8.1051114), (-76.5983217, -8.1019873),
    ].map { Position(longitude: $0.0, latitude: $0.1) }
    let plot = try #require(PlotGeometry.make(polygons: [[corners]]).geometry)
    let found = try Coverage.assess(plot, on: RasterDataset.open(path))
    #expect(
      found.classes.mapValues { $0.bitPattern } == [
        0: 0x4113_032B_F375_42C5, 1: 0x4111_8E63_2B51_0451, 2: 0x4112_0829_B03E_789D,
      ])
    #expect(found.cellsTouched == [0: 443, 1: 406, 2: 422])
    #expect(found.totalSquareMetres.bitPattern == 0x412B_4CDC_6782_5FD9)
    // sha256sum of the canonical text.
    #expect(
      plot.digest.description
        == "04b9012c3bac57d736b740d0107b61bd5a895b803d75672c713b3cacf35b0ba3")
  }
}
