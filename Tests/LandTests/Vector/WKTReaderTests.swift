import Testing

@testable import Land

@Suite struct WKTReaderTests {
  @Test(
    arguments: [
      ("POINT (-76.5 -8.2)", "Point"), ("point(-76.5 -8.2)", "Point"),
      ("MULTIPOINT ((1 2), (3 4))", "MultiPoint"), ("MULTIPOINT (1 2, 3 4)", "MultiPoint"),
      ("LINESTRING (1 2, 3 4)", "LineString"),
      ("POLYGON ((0 0, 1 0, 1 1, 0 0), (0.1 0.1, 0.1 0.2, 0.2 0.2, 0.1 0.1))", "Polygon"),
      ("SRID=4326;POLYGON((0 0,1 0,1 1,0 0))", "Polygon"),
      ("POLYGON Z ((0 0 5, 1 0 5, 1 1 5, 0 0 5))", "Polygon"),
      ("POLYGONZM((0 0 5 1,1 0 5 1,1 1 5 1,0 0 5 1))", "Polygon"), ("POLYGON EMPTY", "Polygon"),
      ("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))", "MultiPolygon"),
      ("GEOMETRYCOLLECTION (POINT (1 2), POLYGON ((0 0, 1 0, 1 1, 0 0)))", "GeometryCollection"),
    ])
  func `given well-known text when read then it is the type it says`(
    text: String, type: String
  ) throws {
    let geometry = try WKTReader.geometry(text)
    let found =
      switch geometry {
      case .point: "Point"
      case .multiPoint: "MultiPoint"
      case .lineString: "LineString"
      case .multiLineString: "MultiLineString"
      case .polygon: "Polygon"
      case .multiPolygon: "MultiPolygon"
      case .geometryCollection: "GeometryCollection"
      }
    #expect(found == type)
  }

  @Test func `given digits when read then they are kept`() throws {
    guard
      case .polygon(let rings) = try WKTReader.geometry(
        "POLYGON ((-76.500000 -8.20, +1. .5, -007.10 -.0, 1e-2 3, -76.5 -8.2))")
    else {
      Issue.record("no polygon")
      return
    }
    #expect(
      rings[0].map(\.longitude.text) == ["-76.500000", "1", "-7.10", "1e-2", "-76.5"])
    #expect(rings[0].map(\.latitude.text) == ["-8.20", "0.5", "-0.0", "3", "-8.2"])
  }

  @Test(
    arguments: [
      ("", .unexpected), ("POLYGON", .unexpected), ("POLYGON ((0 0, 1 0, 1 1, 0 0)", .unexpected),
      ("POLYGON ((0, 1))", .unexpected), ("POINT (1 2) x", .unexpected),
      ("POINT (1 2 3 4 5)", .unexpected), ("POINT (nan 2)", .unexpected),
      ("POINT (1e999 2)", .unexpected), ("CIRCULARSTRING (0 0, 1 1, 2 0)", .unknownType),
      ("SRID=32718;POINT (1 2)", .notWGS84),
    ] as [(String, WKTError.Code)])
  func `given other text when read then it says where`(
    text: String, code: WKTError.Code
  ) throws {
    let error = #expect(throws: WKTError.self) { try WKTReader.geometry(text) }
    #expect(error?.code == code && error?.message(in: .spanish).contains("{") == false)
  }

  @Test func `given collections without end when read then the depth is named`() throws {
    let deep = String(repeating: "GEOMETRYCOLLECTION (", count: 10_000)
    let error = #expect(throws: WKTError.self) { try WKTReader.geometry(deep) }
    #expect(error?.code == .tooDeep)
  }

  @Test func `given an open ring when judged then it is refused as in GeoJSON`() throws {
    let open = try WKTReader.geometry("POLYGON ((0 0, 1 0, 1 1, 0 1))")
    #expect(
      PlotGeometry.make(from: open, at: "wkt").findings.map(\.problem).contains(.ringNotClosed))
  }
}
