import Application
import Foundation
import Land
import Testing
import Traceability

/// Crops, alerts and named areas in a plot's map, from registered datasets to the picture.
@Suite(.serialized) struct RichPictureTests {
  private func map(_ name: String, in workshop: Workshop, _ value: (Int) -> UInt8) throws -> String
  {
    let path = workshop.folder + "/" + name
    let grid = RasterGrid(
      west: -76.51, north: -8.19, cellWidth: 0.000_25, cellHeight: 0.000_25, columns: 80, rows: 80)
    try RasterWriter.write(to: path, grid: grid) { window in
      (0..<window.columns * window.rows).map { value($0 % window.columns) }
    }
    return path
  }

  private func register(
    _ workshop: Workshop, _ name: String, _ kind: String, _ path: String, _ meaning: String?
  ) async throws {
    _ = try await workshop.raiz.addDataset(
      DatasetRequest(
        name: name, kind: kind, version: "1", licence: "CC0", source: "test", path: path,
        meaning: meaning), recordedBy: "steward")
  }

  @Test func `given a crop, alerts and a protected area when a plot is drawn then all are told`()
    async throws
  {
    let workshop = try await Workshop.open()
    let path = try workshop.file(
      "parcelas.csv",
      "codigo;cultivo;pais;contorno\nP-1;cacao;PE;POLYGON ((-76.5 -8.2, -76.498123 -8.200123,"
        + " -76.498234 -8.198321, -76.500213 -8.198123, -76.5 -8.2))\n")
    #expect(try await workshop.take(path).outcome == .taken)
    try await register(
      workshop, "cocoa", "cocoa-2020",
      try map("cocoa.tif", in: workshop) { $0 < 44 ? 90 : 10 }, "at-least 50")
    // 92 days after 2020-10-01 is the first day of 2021.
    try await register(
      workshop, "glad", "alert-glad-s2",
      try map("glad.tif", in: workshop) { [40: 91, 42: 92, 43: 200][$0] ?? 0 },
      "days-after 2020-10-01")
    let area = try workshop.file(
      "anp.geojson",
      """
      {"type":"Feature","properties":{"nombre":"Bosque de Prueba"},"geometry":{"type":"Polygon",
      "coordinates":[[[-76.6,-8.1992],[-76.4,-8.1992],[-76.4,-8.1],[-76.6,-8.1],[-76.6,-8.1992]]]}}
      """)
    try await register(workshop, "anp", "protected-area", area, nil)
    #expect(try await workshop.raiz.assessor.assessAll(recordedBy: "test").failed.isEmpty)
    let svg = try await workshop.raiz.picture(
      of: try PlotCode("P-1"), format: .svg, language: .english)
    let text = String(decoding: svg, as: UTF8.self)
    for words in [
      "cocoa in 2020", "GLAD-S2 alert, 2020, up to the cut-off date",
      "GLAD-S2 alert, 2021-01-01 to 2021-04-19", "Bosque de Prueba (protected area)",
    ] { #expect(text.contains(words), "\(words)") }
    // The hectares of the area are the assessment's, and neither nothing nor all of the plot.
    let hectares = try #require(
      text.firstMatch(of: /Bosque de Prueba \(protected area\): ([0-9.]+) ha/))
    let value = try #require(Double(hectares.1))
    #expect(value > 1 && value < 3.5, "\(value)")
    let png = try await workshop.raiz.picture(
      of: try PlotCode("P-1"), format: .png, language: .spanish)
    #expect(png.count > 10_000)
    // Its bytes changed: it is not drawn from, though it was read before.
    let stored = try #require(
      try await workshop.raiz.datasetSummaries().first { $0.registered.dataset.text == "anp" })
    try Data("{}".utf8).write(to: URL(fileURLWithPath: stored.path))
    await #expect(throws: ApplicationError.self) {
      try await workshop.raiz.picture(of: try PlotCode("P-1"), format: .svg, language: .english)
    }
    await workshop.close()
  }
}
