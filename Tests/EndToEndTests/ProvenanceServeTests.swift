import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// Origins, downstream and recall from a running server and from the command line.
@Suite(.serialized) struct ProvenanceServeTests {
  @Test func `given a running server when origins and recalls are asked then never stale or open`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let demo = try await raiz.run(
      "demo", "--sample", raiz.data + "/sample", "--plots", "60", "--check")
    #expect(demo.status == 0)
    try await commands(raiz)
    let token = try await raiz.run("token").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let port = FreePort.take()
    let server = try raiz.start(["serve", "--port", "\(port)"])
    let base = "http://127.0.0.1:\(port)"
    try await Web.waitUntilUp(base, server)

    let lot = "CAH-B-0003-25"
    let origins = try await object(base + "/api/lots/\(lot)/origins")
    let plots = try #require(origins["plots"] as? [[String: Any]])
    let grams = plots.reduce(0) { $0 + ($1["grams"] as? Int ?? 0) }
    #expect(grams + (origins["unknownGrams"] as? Int ?? -1) == origins["grams"] as? Int)
    #expect(plots.count == origins["plotCount"] as? Int && !plots.isEmpty)
    let first = try await object(base + "/api/lots/\(lot)/origins?limit=1")
    #expect((first["plots"] as? [Any])?.count == 1)
    let plot = try #require(plots.first?["plot"] as? String)
    let down = try await object(base + "/api/plots/\(plot)/downstream")
    #expect("\(down)".contains("lot:\(lot)") && "\(down)".contains("shipment:EMB-25-0003"))

    // What was just recorded is there at once.
    let act =
      "{\"act\":\"blend\",\"occurredAt\":\"2026-05-04T10:00:00-05:00\",\"lot\":\"EPB/Ñ1\","
      + "\"organisation\":\"EPB\",\"inputs\":[{\"lot\":\"EPB-K-0001-251\",\"grams\":1000}]}"
    #expect(try await post(base, act, token) == 201)
    let made = try await object(base + "/api/lots/EPB%2F%C3%911/origins")
    #expect(made["grams"] as? Int == 1_000)

    let path = base + "/api/plots/\(plot)/recall"
    let open = try await object(path)
    #expect("\(open)".contains("EMB-25-0003") && !"\(open)".contains("address"))
    #expect(try await send(path, token: token).text.contains("\"roles\""))
    #expect(try await send(path, token: "wrong").status == 401)
    #expect(try await send(base + "/api/lots/\(lot)/origins?limit=0").status == 400)
    #expect(try await send(base + "/api/lots/NADA/origins").status == 404)
    #expect(try await send(base + "/api/lots/\(lot)/origins?after=NADA").status == 400)
    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }
    #expect(server.terminationStatus == 0)
  }

  private func commands(_ raiz: RaizProcess) async throws {
    let table = try await raiz.run("recall", "plot:P-000001")
    #expect(table.status == 0 && table.output.contains("EMB-24-0000"), "\(table.errors)")
    let csv = try await raiz.run("recall", "plot:P-000001", "--csv")
    #expect(csv.output.hasPrefix("what,code,holder") && csv.output.contains("shipment,EMB-24-0000"))
    let json = try await raiz.run("recall", "plot:P-000001", "--json", "--people")
    #expect(json.output.contains("\"person\"") && json.output.contains("EMB-24-0000"))
    let shares = try await raiz.run("trace", "CAH-B-0003-25", "--csv")
    #expect(shares.output.hasPrefix("plot,producer,district,grams,verdict"))
    #expect(shares.output.contains("\r\n,,,42238,insufficient-evidence"))
    let same = try await raiz.run("judge")
    #expect(same.status == 0 && same.output.contains("changed: 0"), "\(same.errors)")
    let other = try await raiz.run("judge", "--policy", "rspo", "--json")
    #expect(other.status == 0 && other.output.contains("\"changes\""))
    #expect(try await raiz.run("judge", "--policy", "nada").status != 0)
    #expect(try await raiz.run("judge", "--superseding", "nada").status == 2)
  }

  private func object(_ address: String) async throws -> [String: Any] {
    let answer = try await send(address)
    #expect(answer.status == 200, "\(address): \(answer.text.prefix(200))")
    let value = try JSONSerialization.jsonObject(with: Data(answer.text.utf8))
    return try #require(value as? [String: Any])
  }

  private func post(_ base: String, _ body: String, _ token: String) async throws -> Int {
    var request = URLRequest(url: try #require(URL(string: base + "/api/acts")))
    request.httpMethod = "POST"
    request.httpBody = Data(body.utf8)
    request.setValue("b", forHTTPHeaderField: "Idempotency-Key")
    return try await send(request, token).status
  }

  private func send(
    _ address: String, token: String? = nil
  ) async throws -> (status: Int, text: String) {
    try await send(URLRequest(url: try #require(URL(string: address))), token)
  }

  private func send(
    _ request: URLRequest, _ token: String?
  ) async throws -> (status: Int, text: String) {
    var request = request
    if let token { request.setValue("Bearer " + token, forHTTPHeaderField: "Authorization") }
    let (data, response) = try await URLSession.shared.data(for: request)
    return (
      (response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self)
    )
  }
}
