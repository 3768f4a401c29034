import Application
import Foundation
import PostgreSQL
import TestSupport
import Testing
import Traceability

/// Plots in the files that other programs write: the same path, the same errors as GeoJSON.
@Suite(.serialized) struct PlotFormatTests {
  private static let ring =
    "-76.5,-8.2,400 -76.49,-8.2,400 -76.492,-8.191234,400 -76.5,-8.191234,400 -76.5,-8.2,400"

  private func placemark(_ name: String, _ ring: String) -> String {
    "<Placemark><name>\(name)</name><ExtendedData><Data name=\"area_ha\"><value>96.9</value>"
      + "</Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>\(ring)"
      + "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
  }

  private func kml(_ placemarks: String) -> String {
    "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\(placemarks)</Document></kml>"
  }

  /// The registration of a plot, as JSON text.
  private func event(_ plot: String, _ workshop: Workshop) async throws -> String {
    let session = try await Session.connect(workshop.target)
    let rows = try await session.query(
      """
      SELECT convert_from(bytes, 'UTF8') FROM raiz.events
      WHERE stream = \("plot:\(plot)") LIMIT 1
      """)
    await session.close()
    return try #require(rows.first, "\(plot)").decode(0)
  }

  private func originals(_ like: String, _ workshop: Workshop) async throws -> Int64 {
    let session = try await Session.connect(workshop.target)
    let rows = try await session.query(
      "SELECT count(*) FROM raiz.attachments WHERE convert_from(bytes, 'UTF8') LIKE \(like)")
    await session.close()
    return try rows[0].decode(0)
  }

  @Test func `given a KML when imported then names are codes and altitudes are said`() async throws
  {
    let workshop = try await Workshop.open()
    let path = try workshop.file("lotes.kml", kml(placemark("P 1", Self.ring)))
    let report = try await workshop.take(path) { $0.country = "PE" }
    #expect(report.outcome == .taken, "\(report.problems.map(\.en))")
    #expect(try await event("P-1", workshop).contains("G01 further-numbers-dropped"))
    #expect(try await workshop.take(path) { $0.country = "PE" }.outcome == .unchanged)
    await workshop.close()
  }

  @Test func `given a KML with a bad plot when imported then its number and rejects`() async throws
  {
    let workshop = try await Workshop.open()
    let open = "-76.6,-8.3 -76.59,-8.3 -76.59,-8.291234 -76.6,-8.291234"
    let path = try workshop.file(
      "lotes.kml", kml(placemark("BIEN", Self.ring) + placemark("MAL", open)))
    let before = try await workshop.size()
    let report = try await workshop.take(path)
    #expect(report.outcome == .refused && report.problems.map(\.row) == [2])
    #expect(report.problems.map(\.code) == ["G01.ring-not-closed"])
    #expect(try await workshop.size() == before)
    let part = try await workshop.take(path) { $0.skipBad = true }
    #expect(part.outcome == .takenInPart && part.acts == 1)
    let rejects = try #require(part.rejects)
    #expect(rejects.hasSuffix(".rejects.geojson"))
    let text = try String(contentsOfFile: rejects, encoding: .utf8)
    #expect(text.contains("MAL") && !text.contains("BIEN") && text.contains("motivo"))
    #expect(try await workshop.take(rejects).problems.map(\.code) == ["G01.ring-not-closed"])
    await workshop.close()
  }

  @Test func `given outlines in a table when imported then each row is a plot`() async throws {
    let workshop = try await Workshop.open()
    let good = "POLYGON ((-76.5 -8.2, -76.49 -8.2, -76.492 -8.191234, -76.5 -8.191234, -76.5 -8.2))"
    let report = try await workshop.take(
      try workshop.file(
        "parcelas.csv", "codigo;cultivo;area_ha;contorno\nW-1;cacao;96,9;\(good)\n"))
    #expect(report.outcome == .taken && report.kind == .plots, "\(report.problems.map(\.en))")
    let bad = try await workshop.take(
      try workshop.file(
        "lindero.csv",
        "codigo,wkt\nW-2,\"\(good)\"\nW-3,\"POLYGON ((1 2, 3\"\nW-4,\"POLYGON ((0 0, 1 0, 1 1))\"\n"
      ))
    #expect(bad.outcome == .refused)
    #expect(bad.problems.map(\.row) == [3, 4])
    #expect(bad.problems[0].code == "wkt-unexpected" && bad.problems[0].column == "wkt")
    #expect(bad.problems[1].code == "G01.ring-not-closed")
    #expect(bad.problems[1].column == "wkt.coordinates[0]")
    await workshop.close()
  }

  @Test func `given a shapefile in UTM when imported then what was received is kept`() async throws
  {
    let workshop = try await Workshop.open()
    let zip = try #require(Data(base64Encoded: Self.utmShapefile))
    let report = try await workshop.take(try workshop.file("lotes.zip", [UInt8](zip)))
    #expect(report.outcome == .taken, "\(report.problems.map(\.en))")
    let text = try await event("UTM-1", workshop)
    // The field's name is cut to ten letters in the file.
    #expect(text.contains("\"plantedYear\":2012"))
    #expect(text.contains("G01 reprojected") && text.contains("originalDigest"))
    #expect(try await originals("SRID=32718;POLYGON ((334000 %", workshop) == 1)
    await workshop.close()
  }

  @Test func `given files that cannot be read when imported then each says why`() async throws {
    let workshop = try await Workshop.open()
    let zip = try #require(Data(base64Encoded: Self.utmShapefile))
    let link = "<NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink>"
    for (name, bytes, code) in [
      ("a.gpkg", [UInt8](zip), "vector-ending-lies"),
      ("a.shp", [0, 0, 39, 10], "vector-bare-shapefile"),
      ("a.zip", Array(zip.dropLast(10)), "vector-zip-damaged"),
      ("a.kml", Array(kml(link).utf8), "vector-kml-link"), ("a.kml", [], "vector-ending-lies"),
      ("a.kml", Array(kml("").utf8), "vector-no-layer"),
    ] as [(String, [UInt8], String)] {
      let report = try await workshop.take(try workshop.file(name, bytes))
      #expect(report.outcome == .refused)
      #expect(report.problems.map(\.code) == [code], "\(name)")
      #expect(report.problems.allSatisfy { !$0.es.isEmpty && !$0.en.isEmpty })
    }
    let sample = try sharedData("geo/hansen-v1.11-sample/gfw_sample.gpkg").path
    let report = try await workshop.take(sample)
    #expect(report.problems.contains { $0.code == "plot.code-missing" }, "\(report.problems)")
    await workshop.close()
  }

  /// One plot of a square kilometre in UTM zone 18 south, as a program zips it.
  private static let utmShapefile =
    "UEsDBBQAAAAIAAAApFzz4l7YOwAAAOwAAAARAAAAcGFyY2VsYXMvbG90ZS5zaHBjYFDnYsAOyl4wMzCwQjkH"
    + "kkQcQXReRCKYTiiC8F9D+QQAIxA7EGMWSCErkkZ0tTD+axzugPHR1YP4AFBLAwQUAAAACAAAAKRcL0CHFycA"
    + "AABsAAAAEQAAAHBhcmNlbGFzL2xvdGUuc2h4Y2BQ52LADsxeMDMwsEI5B5JEHEF0XkQimE4ogvBfQ/kEgBEQ"
    + "OwAAUEsDBBQAAAAIAAAApFyJkaVpUQAAAJ0AAAARAAAAcGFyY2VsYXMvbG90ZS5kYmZjrmNlYWRgYGhkkGbA"
    + "BpLzUzLT88FMZxDBgyafmJeZH1+cmZqbxOAH4rOgyxelJsZnJIKYYHkuNAW8CqEhvrqGChBgZGBopKBgaGCg"
    + "ZwAkpABQSwMEFAAAAAgAAACkXB45XgkEAQAAmQEAABEAAABwYXJjZWxhcy9sb3RlLnByam2P3WqEMBCF3yXX"
    + "qRj/cymatS7ViLoUKhKCm7oBiRDT9vUbt5R2u52LuTjzzTkzTUuPWTeA56JjCCcBO/UVe1mVYCjpACwILfax"
    + "bewbATBP+1M1gPyX1DWPpKVl/uMEYOTHCfJjx4UeThwvjD3PDyN/HGHTlhWxDoUWQn3I6QKg67gjPNVlb33F"
    + "bPWrhOIg9D3shQjjwP9apUeS9SWtB9BrrrZ3oTfBKqEnblYNLJG2aUV60g7gwBc7I3wzUs0Ahu5ee9AdU6/a"
    + "XK4Qct3/sEwoo/myB8mz5ArAhzj8w3QTXwQ78Gk/xJ6PMY5ugCdupHk7C0ZfGdVylurm8UoYYReRVcZPUEsB"
    + "AhQDFAAAAAgAAACkXPPiXtg7AAAA7AAAABEAAAAAAAAAAAAAAIABAAAAAHBhcmNlbGFzL2xvdGUuc2hwUEsB"
    + "AhQDFAAAAAgAAACkXC9AhxcnAAAAbAAAABEAAAAAAAAAAAAAAIABagAAAHBhcmNlbGFzL2xvdGUuc2h4UEsB"
    + "AhQDFAAAAAgAAACkXImRpWlRAAAAnQAAABEAAAAAAAAAAAAAAIABwAAAAHBhcmNlbGFzL2xvdGUuZGJmUEsB"
    + "AhQDFAAAAAgAAACkXB45XgkEAQAAmQEAABEAAAAAAAAAAAAAAIABQAEAAHBhcmNlbGFzL2xvdGUucHJqUEsF"
    + "BgAAAAAEAAQA/AAAAHMCAAAAAA=="
}
