import CGeo
import Testing

@testable import Land

/// Real forest loss in the Dominican Republic, under real boundaries.
@Suite struct HansenTests {
  private static let folder = "geo/hansen-v1.11-sample/"

  /// The polygons of a GeoPackage, through GDAL's GeoJSON and our reader.
  private func plots(_ name: String) throws -> [PlotGeometry] {
    _ = GDAL.ready
    let path = SharedData.path(Self.folder + name)
    guard
      let file = unsafe GDALOpenEx(path, UInt32(GDAL_OF_VECTOR), nil, nil, nil)
    else {
      Issue.record("missing test data: \(path)")
      return []
    }
    defer { unsafe GDALClose(file) }
    var plots: [PlotGeometry] = []
    let layer = unsafe GDALDatasetGetLayer(file, 0)
    while let feature = unsafe OGR_L_GetNextFeature(layer) {
      defer { unsafe OGR_F_Destroy(feature) }
      guard let text = unsafe OGR_G_ExportToJson(OGR_F_GetGeometryRef(feature)) else { continue }
      defer { unsafe VSIFree(text) }
      let document = try GeoJSONDocument.parse(Array(unsafe String(cString: text).utf8))
      let result = PlotGeometry.make(from: document.features[0].geometry)
      plots.append(try #require(result.geometry, "\(result.findings)"))
    }
    return plots
  }

  private func raster(_ theme: String) throws -> RasterDataset {
    try RasterDataset.open(
      SharedData.path("\(Self.folder)Hansen_GFC-2023-v1.11_\(theme)_20N_080W.tif"))
  }

  @Test func `given real plots, when assessed, then each class is as GEOS clips it`() throws {
    let raster = try raster("lossyear")
    let values = try raster.read(raster.grid.window)
    let plots = try plots("gfw_sample.gpkg")
    #expect(plots.count == 1)
    for plot in plots {
      let found = try Coverage.assess(plot, on: raster)
      let geos = try GEOSContext()
      let shape = try geos.shape(plot.polygons)
      var expected: [Int: Double] = [:]
      let grid = raster.grid
      for row in 0..<grid.rows {
        let area = grid.cellSquareMetres(row: row)
        for column in 0..<grid.columns {
          let box = GeographicBox(
            west: grid.west + Double(column) * grid.cellWidth,
            south: grid.north - Double(row + 1) * grid.cellHeight,
            east: grid.west + Double(column + 1) * grid.cellWidth,
            north: grid.north - Double(row) * grid.cellHeight)
          let part = try geos.intersection(shape, geos.box(box)).area()
          let value = Int(values[row * grid.columns + column])
          if part > 0 {
            expected[value, default: 0] += part / grid.cellWidth / grid.cellHeight * area
          }
        }
      }
      for (value, area) in expected {
        #expect(abs((found.classes[value] ?? 0) - area) < 1e-7 * found.totalSquareMetres)
      }
      #expect(abs(found.totalSquareMetres / plot.areaSquareMetres - 1) < 1e-5)
      #expect(found.classes.keys.contains { $0 >= 1 })
    }
  }

  @Test func `given a protected area wider than the raster, when assessed, then it says so`() throws
  {
    let raster = try raster("treecover2000")
    for plot in try plots("sierra_de_neiba_478140.gpkg") {
      let found = try Coverage.assess(plot, on: raster)
      #expect(found.outsideSquareMetres > 0)
      let sum =
        found.classes.values.reduce(0, +)
        + found.noDataSquareMetres + found.outsideSquareMetres
      #expect(abs(sum / found.totalSquareMetres - 1) < 1e-12)
      #expect(abs(found.totalSquareMetres / plot.areaSquareMetres - 1) < 1e-5)
    }
  }
}
