import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// A person's data by the command line and over HTTP, in the files of a whole installation.
@Suite(.serialized) struct PersonTests {
  private let name = "Rosaura \(UUID().uuidString)"

  private func took(_ raiz: RaizProcess) async throws -> RaizProcess.Result {
    let path = raiz.data + "-productores.csv"
    try Data("codigo;nombre;dni\nP1;\(name);44332211\nP2;Otra;1\n".utf8)
      .write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await raiz.run("import", path)
  }

  /// Whether any file of the installation holds the text.
  private func isAnywhere(_ text: String, _ raiz: RaizProcess) async throws -> Bool {
    let location = FileManager.default.contents(atPath: raiz.data + "/cluster-location")
    let base = location.map { String(decoding: $0, as: UTF8.self) }?.split(separator: "\n").first
    let folders = [raiz.data] + (base.map { [String($0)] } ?? [])
    return try await RaizProcess.aside {
      let grep = Process()
      grep.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      grep.arguments = ["grep", "-r", "-q", "-a", "-F", text] + folders
      try grep.run()
      grep.waitUntilExit()
      return grep.terminationStatus == 0
    }
  }

  @Test func `given a person when erased by command then nobody reads the name again`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    #expect(try await took(raiz).status == 0)
    // The search finds what is there …
    #expect(try await isAnywhere("producer:P1", raiz))
    // … and the name is not.
    #expect(try await !isAnywhere(name, raiz))
    let shown = try await raiz.run("person", "P1")
    #expect(shown.status == 0 && shown.output.contains(name))

    let erased = try await raiz.run("erase", "P1", "--reason", "asked", "--by", "steward")
    #expect(erased.status == 0 && erased.output.contains("erased; recorded at position"))
    #expect(try await raiz.run("person", "P1").output.contains("personal data erased"))
    #expect(try await raiz.run("person", "P2").output.contains("Otra"))
    let again = try await raiz.run("erase", "producer:P1")
    #expect(again.status == 0 && again.output.contains("erased already"))
    let unknown = try await raiz.run("erase", "P9")
    #expect(unknown.status == 2 && unknown.errors.contains("unknown-producer"))

    let repeated = try await took(raiz)
    #expect(repeated.status == 0 && repeated.output.contains("personal-data-left-out"))
    #expect(try await !isAnywhere(name, raiz))
    #expect(try await raiz.run("audit").status == 0)
  }

  @Test func `given a running server when a person is erased over HTTP then it says so`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    #expect(try await took(raiz).status == 0)
    let token = try await raiz.run("token").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let port = FreePort.take()
    let server = try raiz.start(["serve", "--port", "\(port)"])
    let base = "http://127.0.0.1:\(port)/api/producers/"
    try await Web.waitUntilUp("http://127.0.0.1:\(port)", server)
    let held = try await send("P1", base)
    #expect(held.text.contains("\"personalData\":\"held\"") && !held.text.contains(name))
    #expect(try await send("P1/erasure", base, body: "{}").status == 401)
    #expect(try await send("P1/erasure", base, body: "[", token: token).status == 422)
    let reason = "{\"reason\":\"asked\"}"
    #expect(try await send("P1/erasure", base, body: reason, token: token).status == 201)
    #expect(try await send("P1/erasure", base, body: "", token: token).status == 200)
    #expect(try await send("P9/erasure", base, body: "", token: token).status == 409)
    #expect(try await send("P1", base).text.contains("\"personalData\":\"erased\""))
    #expect(try await send("P9", base).status == 404)
    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }
  }

  private func send(
    _ path: String, _ base: String, body: String? = nil, token: String? = nil
  ) async throws -> (status: Int, text: String) {
    var request = URLRequest(url: try #require(URL(string: base + path)))
    if let body {
      request.httpMethod = "POST"
      request.httpBody = Data(body.utf8)
    }
    if let token { request.setValue("Bearer " + token, forHTTPHeaderField: "Authorization") }
    let (data, response) = try await URLSession.shared.data(for: request)
    return (
      (response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self)
    )
  }
}
