import Application
import Foundation
import PostgreSQL
import TestSupport
import Testing
import Traceability

/// Where plots lie against what their files say, by a registered map of districts.
@Suite(.serialized) struct PlotPlaceTests {
  private static func square(_ longitude: Double, _ latitude: Double) -> String {
    let (east, north) = (longitude + 0.001_234, latitude + 0.001_123)
    return "[[[\(longitude),\(latitude)],[\(east),\(latitude)],[\(east),\(north)],"
      + "[\(longitude),\(north)],[\(longitude),\(latitude)]]]"
  }

  private static func plot(
    _ code: String, _ longitude: Double, _ latitude: Double, _ properties: String = ""
  ) -> String {
    "{\"type\":\"Feature\",\"properties\":{\"codigo\":\"\(code)\"\(properties)},"
      + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":\(square(longitude, latitude))}}"
  }

  private static func collection(_ features: [String]) -> String {
    "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
  }

  private func register(_ raiz: Raiz, _ path: String) async throws {
    _ = try await raiz.addDataset(
      DatasetRequest(
        name: "distritos-2007", kind: "district", version: "1", licence: "test", source: "test",
        path: path, meaning: nil), recordedBy: "steward")
  }

  private func tocache() throws -> String {
    try sharedData("geo/peru/tocache_districts_extract.geojson").path
  }

  private func district(_ plot: String, _ workshop: Workshop) async throws -> String? {
    let session = try await Session.connect(workshop.target)
    let rows = try await session.query(
      """
      SELECT (convert_from(bytes, 'UTF8')::jsonb)->'data'->>'district' FROM raiz.events
      WHERE stream = \("plot:\(plot)") ORDER BY version LIMIT 1
      """)
    await session.close()
    return try rows.first?.decode(0, as: String?.self)
  }

  private static let features = [
    plot("RIGHT", -76.580, -8.34, ",\"distrito\":\"221001\""),
    plot("NAMED", -76.584, -8.34, ",\"distrito\":\"Tocáche\""),
    plot("WRONG", -76.588, -8.34, ",\"distrito\":\"221002\""),
    plot("ODD", -76.592, -8.34, ",\"distrito\":\"Ninguna Parte\""),
    plot("ABROAD", -76.596, -8.34, ",\"distrito\":\"221001\",\"pais\":\"EC\""),
    plot("SILENT", -76.600, -8.34),
    plot("FAR", -71.0, -12.0),
  ]

  @Test func `given plots and a map of districts when imported then each place is told`()
    async throws
  {
    let workshop = try await Workshop.open()
    try await register(workshop.raiz, try tocache())
    let path = try workshop.file("parcelas.geojson", Self.collection(Self.features))
    let report = try await workshop.take(path)
    #expect(report.outcome == .taken, "\(report.problems.map(\.en))")
    let said = report.notices.filter { $0.code.hasPrefix("G11") }
    let byRow = Dictionary(grouping: said, by: \.row).mapValues { $0.map(\.code) }
    #expect(
      byRow == [
        3: ["G11.outside-district"], 4: ["G11.district-unknown"], 5: ["G11.outside-country"],
        6: ["G11.district-filled"], 7: ["G11.off-district-map"],
      ], "\(said.map(\.en))")
    let wrong = try #require(said.first { $0.row == 3 })
    #expect(wrong.severity == "warning" && wrong.column == "features[2].geometry")
    for text in ["221002", "0.0 %", "TOCACHE (221001)", "SAN MARTIN", "distritos-2007"] {
      #expect(wrong.es.contains(text) && wrong.en.contains(text), "\(wrong.en)")
    }
    #expect(wrong.es.contains("Corrija el distrito") && wrong.en.contains("Correct the district"))
    #expect(try await district("SILENT", workshop) == "221001")
    #expect(try await district("WRONG", workshop) == "221002")
    #expect(try await district("FAR", workshop) == nil)
    let size = try await workshop.size()
    // The same file again: what the map filled in stands, and nobody is told twice.
    let again = try await workshop.take(path)
    #expect(again.outcome == .unchanged && again.notices.isEmpty)
    #expect(try await workshop.size() == size)
    _ = try await workshop.raiz.supersede(
      DatasetSuperseded(dataset: try .init("distritos-2007"), by: nil, reason: "crude"),
      recordedBy: "steward")
    #expect(try await workshop.take(path).outcome == .unchanged)
    await workshop.close()
  }

  @Test func `given no map of districts when imported then nothing is said of places`()
    async throws
  {
    let workshop = try await Workshop.open()
    let path = try workshop.file("parcelas.geojson", Self.collection(Self.features))
    let report = try await workshop.take(path)
    #expect(report.outcome == .taken)
    #expect(!report.notices.contains { $0.code.hasPrefix("G11") })
    #expect(try await district("SILENT", workshop) == nil)
    // Registered later, it says nothing of plots that were there.
    try await register(workshop.raiz, try tocache())
    #expect(try await workshop.take(path).outcome == .unchanged)
    await workshop.close()
  }

  @Test func `given a map of districts that is gone when imported then plots come and it is said`()
    async throws
  {
    let workshop = try await Workshop.open()
    try await register(workshop.raiz, try tocache())
    let map = try #require(try await workshop.raiz.datasetSummaries().first)
    try FileManager.default.removeItem(atPath: map.path)
    let report = try await workshop.take(
      try workshop.file("parcelas.geojson", Self.collection(Self.features)))
    #expect(report.outcome == .taken)
    let said = report.notices.filter { $0.code == "G11.map-unusable" }
    #expect(said.count == 1 && said[0].es.contains("distritos-2007"))
    await workshop.close()
  }

  @Test func `given areas without codes when registered as districts then they are refused`()
    async throws
  {
    let workshop = try await Workshop.open()
    let path = try workshop.file(
      "areas.geojson", Self.collection([Self.plot("A", -76.580, -8.34)]))
    await #expect(throws: (any Error).self) { try await register(workshop.raiz, path) }
    #expect(try await workshop.raiz.datasetSummaries().isEmpty)
    await workshop.close()
  }
}
