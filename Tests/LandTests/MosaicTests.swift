import Foundation
import Testing
import ValueTypes

@testable import Land

@Suite struct MosaicTests {
  private static let step = 0.00025
  private static let side = 40
  private static let grid = RasterGrid(
    west: -77, north: -7.5, cellWidth: step, cellHeight: step, columns: 3 * side, rows: 2 * side)

  private static func value(_ column: Int, _ row: Int) -> UInt8 {
    UInt8((column / 2 + row * 3) % 9)
  }

  private func write(_ path: String, _ window: RasterWindow, noData: UInt8? = nil) throws {
    let grid = RasterGrid(
      west: Self.grid.west + Double(window.column) * Self.step,
      north: Self.grid.north - Double(window.row) * Self.step, cellWidth: Self.step,
      cellHeight: Self.step, columns: window.columns, rows: window.rows)
    try RasterWriter.write(to: path, grid: grid, tile: 16, noData: noData) { part in
      (0..<part.rows).flatMap { row in
        (0..<part.columns).map { Self.value(window.column + $0, window.row + part.row + row) }
      }
    }
  }

  private func source(
    _ name: String, _ window: RasterWindow, from: (Int, Int) = (0, 0), more: String = "",
    kind: String = "SimpleSource", size: (Int, Int)? = nil
  ) -> String {
    """
    <\(kind)><SourceFilename relativeToVRT="1">\(name)</SourceFilename><SourceBand>1</SourceBand>
    <SrcRect xOff="\(from.0)" yOff="\(from.1)" xSize="\(size?.0 ?? window.columns)" \
    ySize="\(size?.1 ?? window.rows)"/>
    <DstRect xOff="\(window.column).0000000004" yOff="\(window.row)" xSize="\(window.columns)" \
    ySize="\(window.rows)"/>\(more)</\(kind)>
    """
  }

  private func vrt(
    _ sources: [String], noData: String = "", attributes: String = "", band: String = "",
    type: String = "Byte", more: String = "", srs: String = "EPSG:4326"
  ) -> String {
    """
    <VRTDataset rasterXSize="\(3 * Self.side)" rasterYSize="\(2 * Self.side)"\(attributes)>
    <SRS dataAxisToSRSAxisMapping="2,1">\(srs)</SRS>
    <GeoTransform> -77, 0.00025, 0, -7.5, 0, -0.00025</GeoTransform>\(more)
    <VRTRasterBand dataType="\(type)" band="1"\(band)>\(noData)<ColorInterp>Gray</ColorInterp>
    \(sources.joined(separator: "\n"))
    </VRTRasterBand></VRTDataset>
    """
  }

  private var windows: [RasterWindow] {
    (0..<6).map {
      RasterWindow(
        column: $0 % 3 * Self.side, row: $0 / 3 * Self.side, columns: Self.side, rows: Self.side)
    }
  }

  /// Six tiles; their sources.
  private func tiles(_ folder: TemporaryFolder, noData: UInt8? = nil) throws -> [String] {
    try windows.enumerated().map { index, window in
      try write(folder.path("tile\(index).tif"), window, noData: noData)
      return source("tile\(index).tif", window)
    }
  }

  private func put(_ folder: TemporaryFolder, _ text: String) throws -> String {
    let path = folder.path("mosaic.vrt")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private var plots: [PlotGeometry] {
    var random = FixedRandom(state: 3)
    return (0..<80).compactMap { index in
      let star = RandomShapes.star(
        around: Position(
          longitude: -77 + Double.random(in: 0...0.03, using: &random),
          latitude: -7.5 - Double.random(in: 0...0.02, using: &random)),
        corners: 12, degrees: index % 4 == 0 ? 0.012 : 0.001, using: &random)
      return PlotGeometry.make(polygons: [[star]]).geometry
    }
  }

  private func assess(_ source: RasterSource) throws -> [CoverageResult] {
    try Overlay.assess(plots, on: [source], threads: 2).map { try $0[0].get() }
  }

  @Test func `given a mosaic of tiles, when assessed, then as one large raster to the bit`() throws
  {
    let folder = try TemporaryFolder()
    try write(folder.path("whole.tif"), Self.grid.window)
    let whole = try RasterSource(path: folder.path("whole.tif"))
    let wgs84 = """
      GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],\
      PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]
      """
    for srs in ["EPSG:4326", wgs84] {
      let mosaic = try RasterSource(path: put(folder, vrt(tiles(folder), srs: srs)))
      #expect(mosaic.grid == whole.grid)
      #expect(mosaic.memberFiles == (0..<6).map { folder.path("tile\($0).tif") })
      #expect(try assess(mosaic) == assess(whole))
      let window = RasterWindow(column: 30, row: 20, columns: 77, rows: 41)
      #expect(try mosaic.open().read(window) == whole.open().read(window))
    }
  }

  @Test func `given parts of files that lie over each other, when read, then the last is seen`()
    throws
  {
    let folder = try TemporaryFolder()
    try write(folder.path("whole.tif"), Self.grid.window)
    var sources = try tiles(folder)
    let over = RasterWindow(column: 33, row: 35, columns: 20, rows: 10)
    try write(folder.path("over.tif"), over)
    // The same land again, of which the value 4 hides what is beneath: nothing changes.
    sources.append(
      source("over.tif", over, more: "<NODATA>4</NODATA>", kind: "ComplexSource"))
    // A part of a file, beside where it lies, is refused; where it lies, it is taken.
    let part = RasterWindow(column: 45, row: 7, columns: 9, rows: 11)
    sources.append(source("tile1.tif", part, from: (5, 7)))
    let text = vrt(sources, noData: "<NoDataValue>200</NoDataValue>")
    let mosaic = try RasterSource(path: put(folder, text))
    #expect(mosaic.noData == 200)
    let whole = try RasterSource(path: folder.path("whole.tif"))
    #expect(try assess(mosaic) == assess(whole))
  }

  @Test func `given a gap, when assessed, then nothing is known there`() throws {
    let folder = try TemporaryFolder()
    let sources = try tiles(folder)
    let text = vrt(Array(sources.dropFirst()), noData: "<NoDataValue>200</NoDataValue>")
    let mosaic = try RasterSource(path: put(folder, text))
    let box = [(-77, -7.5), (-77, -7.505), (-76.995, -7.505), (-76.995, -7.5), (-77, -7.5)]
      .map { Position(longitude: $0.0, latitude: $0.1) }
    let plot = try #require(PlotGeometry.make(polygons: [[box]]).geometry)
    let found = try Coverage.assess(plot, on: mosaic.open())
    #expect(found.covers.isEmpty)
    #expect(found.noDataSquareMetres == found.totalSquareMetres)
  }

  @Test func `given any byte of a member changed, when digested, then it is another digest`() throws
  {
    let folder = try TemporaryFolder()
    let path = try put(folder, vrt(tiles(folder)))
    let mosaic = try RasterSource(path: path)
    let before = try mosaic.digest()
    var lines = "raiz-mosaic/1\n\(try FileDigest.sha256(path))\n"
    for index in 0..<6 { lines += "\(try FileDigest.sha256(folder.path("tile\(index).tif")))\n" }
    #expect(before == SHA256Digest(hashing: Array(lines.utf8)))
    #expect(try mosaic.open().sha256() == before)
    let member = URL(fileURLWithPath: folder.path("tile5.tif"))
    var bytes = try Data(contentsOf: member)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: member)
    #expect(try mosaic.digest() != before)
    let single = try RasterSource(path: folder.path("tile0.tif"))
    #expect(try single.digest() == FileDigest.sha256(folder.path("tile0.tif")))
  }

  @Test func `given a VRT that is more than tiles beside each other, when opened, then refused`()
    throws
  {
    let folder = try TemporaryFolder()
    let sources = try tiles(folder)
    let first = windows[0]
    func code(_ text: String) throws -> String? {
      let path = try put(folder, text)
      do throws(RasterError) {
        _ = try RasterSource(path: path)
        return nil
      } catch {
        #expect(error.description.hasPrefix(error.code + ": " + path), "\(error)")
        return error.code
      }
    }
    func with(_ source: String) throws -> String? { try code(vrt(sources + [source])) }
    let derived = "raster-mosaic-derived"
    #expect(try code(vrt(sources)) == nil)
    #expect(try code(vrt(sources, attributes: " subClass=\"VRTWarpedDataset\"")) == derived)
    #expect(try code(vrt(sources, band: " subClass=\"VRTDerivedRasterBand\"")) == derived)
    #expect(try code(vrt(sources, more: "<MaskBand/>")) == derived)
    #expect(try with(source("tile0.tif", first, kind: "KernelFilteredSource")) == derived)
    for part in ["<ScaleRatio>2</ScaleRatio>", "<LUT>0:1</LUT>", "<UseMaskBand>true</UseMaskBand>"]
    {
      #expect(try with(source("tile0.tif", first, more: part, kind: "ComplexSource")) == derived)
    }
    let open = "<OpenOptions><OOI key=\"NUM_THREADS\">1</OOI></OpenOptions>"
    #expect(try with(source("tile0.tif", first, more: open)) == derived)
    let member = "raster-mosaic-member"
    for name in [
      "/vsicurl/http://localhost/a.tif", "http://localhost/a.tif", "none.tif", ".",
      "GTIFF_DIR:1:tile0.tif", "mosaic.vrt", "&lt;VRTDataset/&gt;",
    ] {
      #expect(try with(source(name, first)) == member, "\(name)")
    }
    let misplaced = "raster-mosaic-misplaced"
    #expect(try with(source("tile0.tif", first, size: (20, 20))) == misplaced)
    #expect(try with(source("tile1.tif", first)) == misplaced)
    #expect(try with(source("tile0.tif", first, from: (1, 0))) == misplaced)
    let beyond = RasterWindow(column: 100, row: 0, columns: 40, rows: 40)
    #expect(try with(source("tile0.tif", beyond)) == misplaced)
    #expect(try code(vrt(Array(sources.dropLast()))) == "raster-mosaic-gap")
    #expect(try code(vrt([])) == "raster-mosaic-malformed")
    #expect(try code("<VRTDataset rasterXSize=\"4\"") == "raster-mosaic-malformed")
    #expect(try code(vrt(sources, type: "Int16")) == member)
    #expect(try code(vrt(sources, type: "Float32")) == "raster-values-not-whole")
    #expect(try code(vrt(sources, srs: "EPSG:32718")) == "raster-not-wgs84")
    #expect(try code(vrt(sources, srs: "http://localhost/4326")) == "raster-not-wgs84")
    let known = try tiles(folder, noData: 7)
    #expect(try code(vrt(known)) == "raster-mosaic-nodata")
    #expect(try code(vrt(known, noData: "<NoDataValue>7</NoDataValue>")) == nil)
  }
}
