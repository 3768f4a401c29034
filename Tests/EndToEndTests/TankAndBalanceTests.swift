import Foundation
import TestSupport
import Testing

/// Tanks, balances and certificates, as a clerk meets them: commands, acts over HTTP, pages.
@Suite(.serialized) struct TankAndBalanceTests {
  @Test func `given the sample when asked for tanks and balances then each answers`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let demo = try await raiz.run(
      "demo", "--sample", raiz.data + "/sample", "--plots", "60", "--check")
    #expect(demo.status == 0, "\(demo.output.suffix(800)) \(demo.errors)")
    let trace = try await raiz.run("trace", "EPB-Q-0016-252")
    #expect(trace.output.contains("out of tank TQ-0016"), "\(trace.output)")
    let text = try await raiz.run("balance", "EPB", "--month", "2025-09")
    #expect(text.status == 0 && text.output.contains("in tanks"), "\(text.errors)")
    let csv = try await raiz.run("balance", "EPB", "--month", "2025-09", "--csv")
    #expect(csv.output.contains("crude-palm-oil,tanks,filled,,"))
    let json = try await raiz.run("balance", "EPB", "--json")
    #expect(json.output.contains("\"closingGrams\""))
    #expect(try await raiz.run("balance", "NADA").status == 2)
    #expect(try await raiz.run("balance", "EPB", "--month", "2025-13").status == 64)
    let bundle = raiz.data + "/tank.raiz.json"
    #expect(try await raiz.run("bundle", "EPB-Q-0017-254", "--out", bundle).status == 0)
    let key = try await raiz.run("key").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let verify = try await raiz.run("verify", bundle, "--key", key)
    #expect(verify.status == 0 && verify.output.contains("deforestation-free"), "\(verify)")

    let token = try await raiz.run("token").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let port = FreePort.take()
    let server = try raiz.start(["serve", "--port", "\(port)"])
    let base = "http://127.0.0.1:\(port)"
    try await Web.waitUntilUp(base, server)
    for (number, act) in Self.acts.enumerated() {
      let body = "{\"occurredAt\":\"2026-05-04T10:00:00-05:00\",\"organisation\":\"EPB\",\(act)}"
      let status = try await Web.post(base + "/api/acts", body, token: token, key: "t\(number)")
      #expect(status == 201, "\(act)")
    }
    let page = try await Web.get(base + "/balance?organisation=EPB&month=2026-05&lang=es")
    #expect(page.status == 200 && page.text.contains("en tanques"))
    #expect(page.text.contains("perdido: derrame"))
    let api = try await Web.get(base + "/api/organisations/EPB/balance?month=2026-05")
    #expect(api.status == 200 && api.text.contains("\"asOf\""))
    #expect(try await Web.get(base + "/api/organisations/EPB/balance?month=x").status == 400)
    #expect(try await Web.get(base + "/api/organisations/NADA/balance").status == 404)
    let lot = try await Web.get(base + "/lots/SIL-1?lang=es")
    #expect(lot.text.contains("declara sus eventos 2–2"), "\(lot.text.prefix(2_000))")
    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }
    #expect(try await raiz.run("audit").status == 0)
  }

  private static let acts = [
    "\"act\":\"register-tank\",\"tank\":\"SILO\",\"product\":\"palm-kernels\","
      + "\"capacityGrams\":100000,\"form\":\"silo\"",
    "\"act\":\"fill-tank\",\"tank\":\"SILO\","
      + "\"inputs\":[{\"lot\":\"EPB-K-0007-252\",\"grams\":50000}]",
    "\"act\":\"tap-tank\",\"tank\":\"SILO\",\"lot\":\"SIL-1\",\"grams\":20000",
    "\"act\":\"count-tank\",\"tank\":\"SILO\",\"grams\":29900,\"reason\":\"medida\","
      + "\"cause\":\"spillage\"",
    "\"act\":\"empty-tank\",\"tank\":\"SILO\",\"lossGrams\":29900,\"reason\":\"lavado\","
      + "\"measuredBy\":\"Rosa\"",
    "\"act\":\"certify-plot\",\"plot\":\"P-000001\",\"scheme\":\"rspo\",\"certificate\":\"C-1\","
      + "\"validTo\":\"2027-01-01\",\"digest\":\"" + String(repeating: "ab", count: 32) + "\"",
  ]
}
