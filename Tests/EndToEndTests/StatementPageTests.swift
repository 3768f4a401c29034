import Foundation
import TestSupport
import Testing

/// A statement's page, as the server gives it.
@Suite(.serialized) struct StatementPageTests {
  @Test func `given a drafted statement when its page is asked for then all of it is there`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let sample = raiz.data + "/sample"
    let demo = try await raiz.run("demo", "--sample", sample, "--plots", "60", "--check")
    #expect(demo.status == 0, "\(demo.errors)")
    #expect(try await raiz.run("statement", "EMB-25-0010", "--out", raiz.data).status == 0)
    let file = try #require(
      try FileManager.default.contentsOfDirectory(atPath: raiz.data)
        .first { $0.hasSuffix(".json") && $0.contains("EMB-25-0010") && !$0.contains("geojson") })
    let bytes = try #require(FileManager.default.contents(atPath: raiz.data + "/" + file))
    let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let plots = try #require(document["plots"] as? [[String: Any]])

    let port = FreePort.take()
    let server = try raiz.start(["serve", "--port", "\(port)"])
    let base = "http://127.0.0.1:\(port)"
    try await Web.waitUntilUp(base, server)
    let page = try await Web.get(base + "/statements/DDS-EMB-25-0010?lang=en")
    #expect(page.status == 200)
    for text in [
      "Due-diligence statement", "DDS-EMB-25-0010", "EMB-25-0010", "HS heading", "Operator",
      "Net mass (kg)", "deforestation-free", "Theobroma cacao",
    ] { #expect(page.text.contains(text), "\(text)") }
    let exporter = try #require(document["exporter"] as? [String: Any])
    #expect(page.text.contains(try #require(exporter["name"] as? String)))
    for plot in plots {
      let code = try #require(plot["code"] as? String)
      let hectares = try #require(plot["hectares"] as? String)
      #expect(page.text.contains(">\(code)</a>") && page.text.contains(hectares))
      #expect(page.text.contains("<img src=\"/plots/\(code)/map.svg?lang=en\""))
    }
    let pictures = page.text.matches(of: /<img [^>]*loading="lazy"/).count
    #expect(pictures == plots.count && pictures > 0)
    let picture = try #require(plots.first?["code"] as? String)
    #expect(try await Web.get(base + "/plots/\(picture)/map.svg?lang=en").status == 200)

    let spanish = try await Web.get(base + "/statements/DDS-EMB-25-0010?lang=es").text
    #expect(spanish.contains("Declaración de diligencia debida"))
    #expect(spanish.contains("libre de deforestación") && spanish.contains("Partida SA"))
    let lot = try #require(page.text.firstMatch(of: /href="\/lots\/([^"]+)"/)).1
    let lotPage = try await Web.get(base + "/lots/\(lot)?lang=en").text
    #expect(lotPage.contains("href=\"/statements/DDS-EMB-25-0010\""))
    let none = try await Web.get(base + "/statements/DDS-NADA?lang=es")
    #expect(none.status == 404 && none.text.contains("DDS-NADA"))
    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }
    #expect(server.terminationStatus == 0)
  }
}
