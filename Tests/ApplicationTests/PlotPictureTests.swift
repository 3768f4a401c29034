import Application
import Foundation
import PostgreSQL
import Testing
import Traceability

/// Plots' maps from what is registered.
@Suite(.serialized) struct PlotPictureTests {
  @Test func `given a sample when its plots are drawn then each shows its maps and assessment`()
    async throws
  {
    let workshop = try await Workshop.open()
    // Of the sample's files those about land.
    _ = try await workshop.sample(plots: 120, last: 5)
    let raiz = workshop.raiz
    try await raiz.catchUp()
    let session = try await Session.connect(workshop.target)
    let plots = try await session.query("SELECT code FROM raiz_read.plots").map {
      try PlotCode($0.decode("code"))
    }
    await session.close()
    #expect(plots.count > 100)
    var circles = 0
    var withForest = 0
    for plot in plots {
      let text = try await svg(raiz, plot)
      #expect(text.contains("<title>Mapa de la parcela \(plot)</title>"))
      #expect(text.contains("El mapa «bosque-2020-muestra», versión muestra 1, muestra:"))
      #expect(text.contains("El mapa «perdida-anual-muestra», versión muestra 1, muestra:"))
      #expect(text.contains(" · evaluada el "))
      if text.contains("Círculo de la superficie declarada") { circles += 1 }
      if text.contains("bosque en 2020: ") { withForest += 1 }
    }
    #expect(circles > 0 && withForest > 0 && circles < plots.count)

    // A map changed behind the ledger's back is not drawn from, though it was read before.
    let plot = try #require(plots.min())
    let folder = workshop.folder + "/datasets"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let url = URL(fileURLWithPath: folder + "/" + name)
      var bytes = try Data(contentsOf: url)
      bytes[bytes.count - 1] ^= 1
      try bytes.write(to: url)
    }
    do {
      _ = try await svg(raiz, plot)
      Issue.record("a changed map was drawn")
    } catch let error as ApplicationError {
      #expect(error.code == "dataset-missing")
    }
    await workshop.close()
  }

  @Test func `given plots without maps or assessment when drawn then the picture says so`()
    async throws
  {
    let workshop = try await Workshop.open()
    let path = try workshop.file(
      "plots.geojson",
      """
      {"type":"FeatureCollection","features":[{"type":"Feature","properties":{
      "parcela":"X-1","pais":"PE","cultivo":"cacao","hectareas":2},"geometry":{"type":"Point",
      "coordinates":[-76.512345,-8.191234]}}]}
      """)
    let report = try await workshop.take(path)
    #expect(report.outcome == .taken, "\(report.problems.map(\.en))")
    let text = try await svg(workshop.raiz, try PlotCode("X-1"))
    #expect(text.contains("Ningún mapa registrado llega hasta aquí."))
    #expect(text.contains("PE · sin evaluación") && text.contains("2,00 ha"))
    await #expect(throws: ApplicationError.self) {
      try await svg(workshop.raiz, try PlotCode("X-2"))
    }
    await workshop.close()
  }

  private func svg(_ raiz: Raiz, _ plot: PlotCode) async throws -> String {
    String(
      decoding: try await raiz.picture(of: plot, format: .svg, language: .spanish), as: UTF8.self)
  }
}
