import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// What a clerk is told of a plot's season, by command and over HTTP; and a commodity by a file.
@Suite(.serialized) struct SeasonTests {
  @Test func `given a plot and coffee by a file when fruit is recorded then what is left is told`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    try FileManager.default.createDirectory(
      atPath: raiz.data, withIntermediateDirectories: true)
    let coffee = raiz.data + "/coffee.json"
    try Data(contentsOf: try Self.shippedCoffee()).write(to: URL(fileURLWithPath: coffee))
    let files = [
      ("organizaciones.csv", "codigo;nombre;tipo;pais\nCOOP;Coop;cooperativa;PE\n"),
      ("productores.csv", "codigo;organizacion\nP1;COOP\n"),
      (
        "puntos.csv",
        "codigo;latitud;longitud;productor;cultivo;area_ha;anio_siembra\n"
          + "A;-8,123456;-76,512345;P1;cacao;2,00;2012\n"
      ),
      (
        "cosechas.csv",
        "lote;parcela;productor;producto;peso_kg;desde;hasta\n"
          + "K1;A;P1;café cereza;80,00;2026-05-02;2026-05-04\n"
      ),
    ]
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(fileURLWithPath: raiz.data + "/" + name))
    }
    let paths = files.map { raiz.data + "/" + $0.0 }
    let refused = try await raiz.run(["import", "--no-assess"] + paths)
    #expect(refused.status == 2 && refused.output.contains("K1") == false)
    let taken = try await raiz.run(["import", "--no-assess", "--catalogue", coffee] + paths)
    #expect(taken.status == 0, "\(taken.output) \(taken.errors)")

    let token = try await raiz.run("token").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let port = FreePort.take()
    let server = try raiz.start(["serve", "--port", "\(port)", "--catalogue", coffee])
    let base = "http://127.0.0.1:\(port)"
    try await Web.waitUntilUp(base, server)
    let harvest = try await post(base, Self.harvest("H1", 2_900_000), token)
    #expect(harvest.status == 201 && harvest.text.contains("\"leftGrams\":1100000"))
    #expect(harvest.text.contains("Left: 3333 kg of wet cocoa beans or 1100 kg of dry cocoa beans"))
    #expect(harvest.text.contains("\"checkpoint\""))
    let again = try await post(base, Self.harvest("H2", 1_100_001), token)
    #expect(again.text.contains("\"standing\":\"above-warning\""))
    let season = try await Web.get(base + "/api/plots/A/season?year=2026")
    #expect(season.status == 200 && season.text.contains("\"harvestedGrams\":4000001"))
    #expect(try await Web.get(base + "/api/plots/A/season?year=x").status == 400)
    #expect(try await Web.get(base + "/api/plots/NONE/season").status == 404)
    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }

    let told = try await raiz.run("season", "A", "--year", "2026")
    #expect(told.status == 0 && told.output.contains("Nothing of the season is left"))
    let found = try await raiz.run("detect")
    #expect(found.status == 0 && found.output.contains("new findings: 0"))
    #expect(try await raiz.run("catalogue", "check", coffee).status == 0)
    try Data("{\"name\":7}".utf8).write(to: URL(fileURLWithPath: coffee))
    let wrong = try await raiz.run("catalogue", "check", coffee)
    #expect(wrong.status == 1 && wrong.output.contains("name: "))
    let opened = try await raiz.run("season", "A", "--catalogue", coffee)
    #expect(opened.status == 2 && opened.errors.contains("catalogue-wrong"))
  }

  private static func harvest(_ lot: String, _ grams: Int) -> String {
    "{\"act\":\"harvest\",\"occurredAt\":\"2026-05-04T10:00:00-05:00\",\"lot\":\"\(lot)\","
      + "\"plot\":\"A\",\"producer\":\"P1\",\"product\":\"cocoa-dry-beans\","
      + "\"grams\":\(grams),\"from\":\"2026-05-02\",\"to\":\"2026-05-04\"}"
  }

  private static func shippedCoffee() throws -> URL {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    repeat {
      folder.deleteLastPathComponent()
    } while folder.path != "/"
      && !FileManager.default.fileExists(atPath: folder.path + "/docs/catalogues/coffee.json")
    return folder.appendingPathComponent("docs/catalogues/coffee.json")
  }

  private func post(_ base: String, _ body: String, _ token: String) async throws -> Web.Answer {
    var request = URLRequest(url: try #require(URL(string: base + "/api/acts")))
    request.httpMethod = "POST"
    request.httpBody = Data(body.utf8)
    request.setValue("Bearer " + token, forHTTPHeaderField: "Authorization")
    let (data, response) = try await URLSession.shared.data(for: request)
    return Web.Answer(
      status: (response as? HTTPURLResponse)?.statusCode ?? 0,
      text: String(decoding: data, as: UTF8.self))
  }
}
