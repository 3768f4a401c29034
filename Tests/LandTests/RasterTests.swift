import Foundation
import Testing
import ValueTypes

@testable import Land

@Suite struct RasterTests {
  private static let grid = RasterGrid(
    west: -77, north: -7.5, cellWidth: 0.00025, cellHeight: 0.00025, columns: 700, rows: 300)

  private func value(_ column: Int, _ row: Int) -> UInt8 { UInt8((column * 7 + row * 13) % 251) }

  private func write(_ path: String, noData: UInt8? = nil) throws {
    try RasterWriter.write(to: path, grid: Self.grid, noData: noData) { window in
      (0..<window.rows).flatMap { row in
        (0..<window.columns).map { value($0, window.row + row) }
      }
    }
  }

  @Test func `given a written raster, when opened, then grid and values are the same`() throws {
    let folder = try TemporaryFolder()
    try write(folder.path("a.tif"), noData: 255)
    let raster = try RasterDataset.open(folder.path("a.tif"))
    #expect(raster.grid == Self.grid)
    #expect(raster.noData == 255)
    #expect((raster.blockColumns, raster.blockRows) == (256, 256))
    let window = RasterWindow(column: 250, row: 250, columns: 20, rows: 10)
    let values = try raster.read(window)
    for row in 0..<10 {
      for column in 0..<20 {
        #expect(values[row * 20 + column] == Int32(value(250 + column, 250 + row)))
      }
    }
    #expect(try RasterDataset.open(folder.path("a.tif"), noData: 9).noData == 9)
  }

  @Test func `given the same cells, when written twice, then the bytes are the same`() throws {
    let folder = try TemporaryFolder()
    try write(folder.path("a.tif"))
    try write(folder.path("b.tif"))
    let a = try RasterDataset.open(folder.path("a.tif")).sha256()
    #expect(try FileDigest.sha256(folder.path("b.tif")) == a)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("a.tif")))
    #expect(SHA256Digest(hashing: [UInt8](bytes)) == a)
    #expect(folder.names == ["a.tif", "b.tif"])
  }

  @Test func `given cells that fail or are too few, when written, then no file is left`() throws {
    struct Failure: Error {}
    let folder = try TemporaryFolder()
    #expect(throws: Failure.self) {
      try RasterWriter.write(to: folder.path("a.tif"), grid: Self.grid) { _ in throw Failure() }
    }
    #expect(throws: RasterError.wrongCellCount(expected: 700 * 256, found: 1)) {
      try RasterWriter.write(to: folder.path("a.tif"), grid: Self.grid) { _ in [1] }
    }
    #expect(throws: RasterError.self) {
      try RasterWriter.write(to: folder.path("none/a.tif"), grid: Self.grid) { _ in [] }
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `given a window beyond the raster, when read, then it is refused`() throws {
    let folder = try TemporaryFolder()
    try write(folder.path("a.tif"))
    let raster = try RasterDataset.open(folder.path("a.tif"))
    for window in [
      RasterWindow(column: -1, row: 0, columns: 2, rows: 2),
      RasterWindow(column: 699, row: 0, columns: 2, rows: 1),
      RasterWindow(column: 0, row: 0, columns: 0, rows: 0),
    ] {
      #expect(throws: RasterError.windowOutside(window)) { try raster.read(window) }
    }
  }

  @Test func `given what is no map in WGS 84, when opened, then the error says what it is`() throws
  {
    func code(_ path: String, band: Int = 1) -> String? {
      do throws(RasterError) {
        _ = try RasterDataset.open(path, band: band)
        return nil
      } catch {
        return error.code
      }
    }
    let folder = try TemporaryFolder()
    try Data("not a raster".utf8).write(to: URL(fileURLWithPath: folder.path("a.tif")))
    #expect(code(folder.path("a.tif")) == "raster-cannot-open")
    #expect(code(folder.path("none.tif")) == "raster-cannot-open")
    #expect(code("/vsicurl/http://localhost/a.tif") == "raster-cannot-open")
    #expect(code(SharedData.path("geo/rasterstats-tests/slope.tif")) == "raster-not-wgs84")
    let degrees = [-77, 0.001, 0, -7.5, 0, -0.001]
    try OddRaster.write(folder.path("metres.tif"), epsg: 32_718, transform: [0, 30, 0, 0, 0, -30])
    #expect(code(folder.path("metres.tif")) == "raster-not-wgs84")
    try OddRaster.write(folder.path("nowhere.tif"), epsg: nil, transform: degrees)
    #expect(code(folder.path("nowhere.tif")) == "raster-not-wgs84")
    try OddRaster.write(
      folder.path("turned.tif"), epsg: 4_326, transform: [-77, 0.001, 0.0001, -7.5, 0, -0.001])
    #expect(code(folder.path("turned.tif")) == "raster-not-north-up")
    try OddRaster.write(
      folder.path("south-up.tif"), epsg: 4_326, transform: [-77, 0.001, 0, -7.5, 0, 0.001])
    #expect(code(folder.path("south-up.tif")) == "raster-not-north-up")
    try OddRaster.write(
      folder.path("real.tif"), epsg: 4_326, transform: degrees, hasFractions: true)
    #expect(code(folder.path("real.tif")) == "raster-values-not-whole")
    try OddRaster.write(folder.path("good.tif"), epsg: 4_326, transform: degrees)
    #expect(code(folder.path("good.tif")) == nil)
    let hansen = "geo/hansen-v1.11-sample/Hansen_GFC-2023-v1.11_lossyear_20N_080W.tif"
    #expect(code(SharedData.path(hansen), band: 2) == "raster-band-missing")
    try write(folder.path("b.tif"))
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("b.tif")))
    bytes.removeLast(bytes.count - 600)
    try bytes.write(to: URL(fileURLWithPath: folder.path("b.tif")))
    if let cut = try? RasterDataset.open(folder.path("b.tif")) {
      #expect(throws: RasterError.self) { try cut.read(Self.grid.window) }
    }
  }

  @Test func `given rows from pole to pole, when their areas are summed, then the ellipsoid`() {
    let grid = RasterGrid(
      west: -180, north: 90, cellWidth: 1, cellHeight: 0.25, columns: 360, rows: 720)
    let sum = (0..<720).reduce(0.0) { $0 + grid.cellSquareMetres(row: $1) } * 360
    #expect(abs(sum / 510_065_621_724_088.44 - 1) < 1e-13)
    #expect(grid.cellSquareMetres(row: -1) == 0)
    #expect(grid.cellSquareMetres(row: 10) == grid.cellSquareMetres(row: 709))
  }

  @Test func `given a small cell, when measured, then PROJ agrees to a millionth`() {
    for row in [0, 100, 299] {
      let north = Self.grid.north - Double(row) * Self.grid.cellHeight
      let south = north - Self.grid.cellHeight
      let ring = [(-77, north), (-77, south), (-76.99975, south), (-76.99975, north), (-77, north)]
        .map { Position(longitude: $0.0, latitude: $0.1) }
      let area = Geodesic.area(of: Polygon(shell: ring))
      #expect(abs(Self.grid.cellSquareMetres(row: row) / area - 1) < 1e-6)
    }
  }

  @Test func `given the own series, when compared with the library's, then they agree`() {
    for step in 0...9_000 {
      let degrees = Double(step) / 100
      #expect(abs(ExactMath.sin(degrees: degrees) - sin(degrees * .pi / 180)) < 3e-16)
      let x = Double(step) / 45_000
      #expect(abs(ExactMath.atanh(SIMD4(repeating: x))[0] - atanh(x)) <= 1e-16)
    }
    #expect(ExactMath.sin(degrees: -30) == -ExactMath.sin(degrees: 30))
  }

  @Test func `four numbers at a time have the bits of each alone, and so have rows`() {
    let mixed = SIMD4(-80.5, 45, 45.000_001, 3)
    let sines = ExactMath.sin(degrees: mixed)
    for lane in 0..<4 { #expect(sines[lane] == ExactMath.sin(degrees: mixed[lane])) }
    let world = RasterGrid(
      west: -180, north: 90, cellWidth: 0.25, cellHeight: 0.25, columns: 1_440, rows: 720)
    for grid in [world, Self.grid] {
      let areas = RowAreas(grid)
      for row in [-5, -1, 0, 1, 2, 3, 350, 717, 719, 720, 723, 40_000] {
        #expect(areas.squareMetres(row: row) == grid.cellSquareMetres(row: row))
      }
    }
  }
}
