import CGeo
import Foundation
import Testing

@testable import Land

/// Plots in the formats that programs write.
@Suite struct VectorPlotsTests {
  static let square =
    "POLYGON ((-76.5 -8.2, -76.49 -8.2, -76.49 -8.191234, -76.5 -8.191234, -76.5 -8.2))"
  static let holed =
    "POLYGON ((-76.6 -8.3, -76.59 -8.3, -76.59 -8.291234, -76.6 -8.291234, -76.6 -8.3),"
    + "(-76.598 -8.298, -76.598 -8.294, -76.594 -8.294, -76.594 -8.298, -76.598 -8.298))"
  static let two =
    "MULTIPOLYGON (((-76.7 -8.4, -76.69 -8.4, -76.69 -8.391234, -76.7 -8.4)),"
    + "((-76.72 -8.4, -76.71 -8.4, -76.71 -8.391234, -76.72 -8.4)))"
  static let rows = [
    VectorWriter.Row(
      wkt: square, fields: ["codigo": "P-1", "productor": "Ñahui", "area_ha": "1.5"]),
    VectorWriter.Row(wkt: holed, fields: ["codigo": "P-2"]),
    VectorWriter.Row(wkt: two, fields: ["codigo": "P-3"]),
  ]

  private func shapefile(
    _ rows: [VectorWriter.Row], _ folder: TemporaryFolder, epsg: Int32 = 4326,
    type: OGRwkbGeometryType = wkbPolygon, without: String = "none"
  ) throws -> String {
    let parts = try VectorWriter.parts(rows, in: folder, epsg: epsg, type: type)
    return try file(
      "parcelas.zip", ZipWriter.zip(parts.filter { !$0.name.hasSuffix(without) }), folder)
  }

  private func file(_ name: String, _ bytes: [UInt8], _ folder: TemporaryFolder) throws -> String {
    let path = folder.path(name)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func written(_ format: VectorFormat, _ folder: TemporaryFolder) throws -> String {
    if format == .shapefile { return try shapefile(Self.rows, folder) }
    let path = folder.path("parcelas.\(format.endings[0])")
    try VectorWriter.write(Self.rows, to: path, driver: format.driver)
    return path
  }

  @Test(arguments: VectorFormat.allCases)
  func `given the same plots in each format when read then they are the same`(
    format: VectorFormat
  ) throws {
    let folder = try TemporaryFolder()
    let plots = try VectorPlots.read(try written(format, folder))
    #expect(plots.format == format && plots.refused.isEmpty && plots.sources.isEmpty)
    #expect(plots.features.count == 3)
    for (feature, row) in zip(plots.features, Self.rows) {
      #expect(feature.properties["codigo"]?.string == row.fields["codigo"])
      let wkt = try WKTReader.geometry(try #require(row.wkt))
      let expected = try #require(PlotGeometry.make(from: wkt).geometry)
      let result = PlotGeometry.make(from: feature.geometry, at: feature.geometryPlace)
      let found = try #require(result.geometry, "\(result.findings)")
      #expect(found.areaSquareMetres == expected.areaSquareMetres)
      let corners = { (plot: PlotGeometry) -> Set<Set<Position>> in
        Set(plot.polygons.map { polygon in Set(polygon.shell) })
      }
      #expect(corners(found) == corners(expected))
      #expect(found.vertexCount == expected.vertexCount)
      #expect(found.polygons.map(\.holes.count) == expected.polygons.map(\.holes.count))
      #expect(!result.findings.contains { $0.problem == .fewDecimals })
    }
    #expect(plots.features[0].properties["productor"]?.string == "Ñahui")
    #expect(plots.features[2].geometryPlace == "parcelas[3].geometry" || format != .geoPackage)
  }

  @Test func `given UTM when read then it is WGS 84 and the source is kept`() throws {
    let folder = try TemporaryFolder()
    let utm =
      "POLYGON ((334000 9094000, 335000 9094000, 335000 9095000, 334000 9095000, 334000 9094000))"
    let path = try shapefile(
      [VectorWriter.Row(wkt: utm, fields: ["codigo": "U"])], folder, epsg: 32718)
    let plots = try VectorPlots.read(path)
    let geometry = try #require(PlotGeometry.make(from: plots.features[0].geometry).geometry)
    // UTM's scale at 165 km from the meridian is 0.99994, in area 0.99988.
    #expect(abs(geometry.areaSquareMetres / 1e6 - 1.000129) < 1e-4)
    #expect(geometry.box.contains(longitude: -76.504, latitude: -8.19))
    let source = try #require(plots.sources[0])
    #expect(source.reference == "EPSG:32718")
    #expect(source.text.hasPrefix("SRID=32718;POLYGON ((334000 9094000"))
    let layer = try VectorLayer(path: path)
    #expect(layer.reprojectedFrom == "EPSG:32718")
    #expect(try layer.overlap(geometry).share == 1)
  }

  @Test func `given a datum that nobody can place when read then it is refused`() throws {
    let folder = try TemporaryFolder()
    let parts = try ["shp", "shx", "dbf", "prj"].map { ending in
      ZipWriter.Entry(
        name: "polygons.\(ending)",
        bytes: try SharedData.bytes("geo/rasterstats-tests/polygons.\(ending)"))
    }
    let path = try file("polygons.zip", ZipWriter.zip(parts), folder)
    let error = #expect(throws: VectorError.self) { try VectorLayer(path: path) }
    #expect(error?.code == .cannotReproject, "\(String(describing: error))")
  }

  @Test func `given real GeoPackages when read then their areas stand`() throws {
    let park = try VectorLayer(
      path: SharedData.path("geo/hansen-v1.11-sample/sierra_de_neiba_478140.gpkg"))
    #expect(park.format == .geoPackage && park.attributes(of: 1)["ISO3"] == "DOM")
    let sample = try VectorPlots.read(
      SharedData.path("geo/hansen-v1.11-sample/gfw_sample.gpkg"))
    #expect(sample.features.allSatisfy { $0.geometry != nil })
    #expect(park.featureCount == 1)
  }

  @Test func `given arcs, lines and nothing when read then each is told by its number`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("mixed.gpkg")
    try VectorWriter.write(
      [
        VectorWriter.Row(wkt: Self.square, fields: ["codigo": "A"]),
        VectorWriter.Row(wkt: "CURVEPOLYGON (CIRCULARSTRING (0 0, 1 1, 2 0, 1 -1, 0 0))"),
        VectorWriter.Row(wkt: nil, fields: ["codigo": "C"]),
        VectorWriter.Row(wkt: "LINESTRING (0 0, 1 1)", fields: ["codigo": "D"]),
      ], to: path, driver: "GPKG")
    let plots = try VectorPlots.read(path)
    #expect(plots.features.count == 4)
    #expect(plots.refused.mapValues(\.code) == [1: .curved])
    #expect(plots.refused[1]?.feature == 2)
    #expect(plots.features[2].geometry == nil)
    let line = PlotGeometry.make(from: plots.features[3].geometry)
    #expect(line.findings.map(\.problem) == [.lineNotPlot])
    let error = #expect(throws: VectorError.self) { try VectorLayer(path: path) }
    #expect(error?.code == .curved && error?.feature == 2)
  }

  @Test func `given altitudes and few decimals when read then both are said`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("z.gpkg")
    let tall =
      "POLYGON Z ((-76.5 -8.2 500, -76.49 -8.2 501, -76.49 -8.19 502, -76.495 -8.185 500,"
      + "-76.5 -8.2 500))"
    try VectorWriter.write([VectorWriter.Row(wkt: tall)], to: path, driver: "GPKG")
    let plots = try VectorPlots.read(path)
    let problems = PlotGeometry.make(from: plots.features[0].geometry).findings.map(\.problem)
    #expect(problems.contains(.furtherNumbersDropped) && problems.contains(.fewDecimals))
  }

  @Test func `given too many features when read then the limit is named`() throws {
    let folder = try TemporaryFolder()
    let path = try written(.geoPackage, folder)
    var limits = VectorLimits.plots
    limits.features = 2
    let error = #expect(throws: VectorError.self) { try VectorPlots.read(path, limits: limits) }
    #expect(error?.code == .tooManyFeatures && error?.figures["limit"] == "2")
    limits = .plots
    limits.positions = 8
    let second = #expect(throws: VectorError.self) { try VectorPlots.read(path, limits: limits) }
    #expect(second?.code == .tooManyPositions && second?.feature == 2)
  }

  @Test func `given an invalid area when a layer is read then it is refused or mended`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("bow.gpkg")
    try VectorWriter.write(
      [
        VectorWriter.Row(wkt: Self.square),
        VectorWriter.Row(wkt: "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))"),
      ], to: path, driver: "GPKG")
    let error = #expect(throws: VectorError.self) { try VectorLayer(path: path) }
    #expect(error?.code == .invalid && error?.feature == 2)
    #expect(error?.message(in: .spanish).contains("0.5") == true)
    let layer = try VectorLayer(path: path, faults: .mend)
    #expect(layer.mended.map(\.feature) == [2])
    #expect(layer.features[1].polygons.count == 2)
  }
}
