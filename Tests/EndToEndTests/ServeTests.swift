import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// The running server, as clients and browsers meet it.
@Suite(.serialized) struct ServeTests {
  private struct Answer {
    let status: Int
    let text: String
  }

  @Test func `given a running server when read and written then it answers as it says`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let sample = raiz.data + "/sample"
    let demo = try await raiz.run("demo", "--sample", sample, "--plots", "60", "--check")
    #expect(demo.status == 0)
    let token = try await raiz.run("token").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let port = FreePort.take()
    let server = try raiz.start(["serve", "--port", "\(port)"])
    let base = "http://127.0.0.1:\(port)"
    try await Web.waitUntilUp(base, server)

    #expect(try await get(base + "/api/lots/CAH-B-0003-25/verdict").text.contains("unknown-origin"))
    #expect(try await get(base + "/api/lots/NADA/verdict").status == 404)
    #expect(try await get(base + "/api/shipments/EMB-25-0010/trace").status == 200)
    let list = try await get(base + "/?text=CAH-B&lang=es")
    #expect(list.status == 200 && list.text.contains("CAH-B-0003-25"))
    let page = try await get(base + "/lots/CAH-B-0003-25?lang=en")
    #expect(page.text.contains("insufficient-evidence") && page.text.contains("Download bundle"))
    let hostile = try await get(base + "/?text=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    #expect(hostile.status == 200 && !hostile.text.contains("<script>"))

    let act =
      "{\"act\":\"harvest\",\"occurredAt\":\"2026-05-04T10:00:00-05:00\",\"lot\":\"H/Ñ 1\"}"
    #expect(try await post(base, act, token: nil, key: "a").status == 401)
    #expect(try await post(base, act, token: token, key: "a").status == 422)
    let good =
      "{\"act\":\"blend\",\"occurredAt\":\"2026-05-04T10:00:00-05:00\",\"lot\":\"EPB/Ñ1\","
      + "\"organisation\":\"EPB\",\"inputs\":[{\"lot\":\"EPB-K-0001-251\",\"grams\":1000}]}"
    #expect(try await post(base, good, token: token, key: "b").status == 201)
    #expect(try await post(base, good, token: token, key: "b").status == 200)
    let path = "/api/lots/EPB%2F%C3%911/verdict"
    #expect(try await get(base + path).text.contains("\"subject\":\"lot:EPB/Ñ1\""))
    let missing = try await post(base, "{\"act\":\"blend\"}", token: token, key: "c")
    #expect(missing.status == 422 && missing.text.contains("occurredAt"))

    let trace = try await get(base + "/api/lots/CAH-B-0003-25/trace").text
    let producer = try #require(trace.firstMatch(of: /"producer":"([^"]+)"/)).1
    let erasure = "/api/producers/\(producer)/erasure"
    let erasing = try await post(base, "", token: token, key: "d", path: erasure)
    #expect(erasing.status == 201, "\(erasing)")
    let erased = try await get(base + "/lots/CAH-B-0003-25?lang=en")
    #expect(erased.text.contains("\(producer) (personal data erased)"))

    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }
    #expect(server.terminationStatus == 0)
    #expect(raiz.postmaster == nil)
  }

  private func get(_ address: String) async throws -> Answer {
    try await send(URLRequest(url: try #require(URL(string: address))))
  }

  private func post(
    _ base: String, _ body: String, token: String?, key: String, path: String = "/api/acts"
  ) async throws -> Answer {
    var request = URLRequest(url: try #require(URL(string: base + path)))
    request.httpMethod = "POST"
    request.httpBody = Data(body.utf8)
    request.setValue(key, forHTTPHeaderField: "Idempotency-Key")
    if let token { request.setValue("Bearer " + token, forHTTPHeaderField: "Authorization") }
    return try await send(request)
  }

  private func send(_ request: URLRequest) async throws -> Answer {
    let (data, response) = try await URLSession.shared.data(for: request)
    return Answer(
      status: (response as? HTTPURLResponse)?.statusCode ?? 0,
      text: String(decoding: data, as: UTF8.self))
  }
}
