import Application
import Foundation
import Land
import PostgreSQL
import ReadModels
import Testing
import Traceability

/// Plots on water or too high, by registered maps, through a whole ledger (check G12).
@Suite(.serialized) struct GroundEvidenceTests {
  private func map(_ value: UInt8, _ name: String, in workshop: Workshop) throws -> String {
    let path = workshop.folder + "/" + name
    let grid = RasterGrid(
      west: -76.6, north: -8.1, cellWidth: 0.001, cellHeight: 0.001, columns: 200, rows: 200)
    try RasterWriter.write(to: path, grid: grid) { window in
      [UInt8](repeating: value, count: window.columns * window.rows)
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

  /// Kinds of the findings in the plot's stream, and their figures as JSON.
  private func findings(_ workshop: Workshop) async throws -> [(kind: String, figures: String)] {
    let session = try await Session.connect(workshop.target)
    let rows = try await session.query(
      """
      SELECT convert_from(bytes, 'UTF8')::jsonb -> 'data' ->> 'kind',
        (convert_from(bytes, 'UTF8')::jsonb -> 'data' -> 'figures')::text
      FROM raiz.events WHERE stream = 'plot:P-1'
        AND convert_from(bytes, 'UTF8')::jsonb ->> 'type' = 'finding.raised'
      ORDER BY version
      """)
    await session.close()
    return try rows.map { (try $0.decode(0), try $0.decode(1)) }
  }

  @Test func `given maps of water and height when assessed then findings, once each`() async throws
  {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    let path = try workshop.file(
      "parcelas.csv",
      "codigo;cultivo;pais;contorno\nP-1;cacao;PE;POLYGON ((-76.5 -8.2, -76.498123 -8.200123,"
        + " -76.498234 -8.198321, -76.500213 -8.198123, -76.5 -8.2))\n")
    #expect(try await workshop.take(path).outcome == .taken)
    let wet = try map(80, "cover.tif", in: workshop)
    try await register(workshop, "cover-water", "water", wet, "values 80")
    // The same file, asked another question.
    try await register(workshop, "cover-built", "built-up", wet, "values 50")
    try await register(
      workshop, "dem", "elevation", try map(190, "dem.tif", in: workshop), "metres 10")
    let report = try await raiz.assessor.assessAll(recordedBy: "test")
    #expect(report.assessed == 1 && report.failed.isEmpty, "\(report.failed)")
    let found = try await findings(workshop)
    #expect(found.map(\.kind) == ["plot-on-water", "plot-outside-altitude"])
    #expect(found[0].figures.contains("\"percent\": \"100.0\""))
    #expect(found[0].figures.contains("\"map\": \"cover-water\""))
    #expect(found[1].figures.contains("\"metres\": \"1900\""))
    let judged = try await raiz.judgement(of: .plot(try PlotCode("P-1")))
    let open = judged.reasons.filter { $0.code == .openFinding }
    #expect(open.map { $0.figures["kind"] } == ["plot-on-water"])
    // Another map, another look: the same ground is not asked about again.
    try await register(workshop, "cocoa", "cocoa-2020", wet, "at-least 200")
    #expect(try await raiz.assessor.assessAll(recordedBy: "test").again == 1)
    #expect(try await findings(workshop).count == 2)
    #expect(try await raiz.assessmentAgain.run(plots: nil, at: nil, maps: nil).isSame)
    let audit = try await raiz.audit()
    #expect(audit.isSound, "\(audit.readModels.differences)")
    await workshop.close()
  }

  @Test func `given meanings that a kind does not take when registered then they are refused`()
    async throws
  {
    let workshop = try await Workshop.open()
    let path = try map(1, "map.tif", in: workshop)
    for (kind, meaning) in [
      ("elevation", "values 1"), ("elevation", "metres 0"), ("water", "metres 1"), ("water", nil),
    ] as [(String, String?)] {
      await #expect(throws: ApplicationError.self, "\(kind) \(meaning ?? "")") {
        try await register(workshop, "m", kind, path, meaning)
      }
    }
    try await register(workshop, "m", "elevation", path, nil)
    #expect(
      try await workshop.raiz.datasetSummaries().map(\.registered.reading) == [.metres(step: 1)])
    await workshop.close()
  }
}
