import Foundation
import Testing

/// Commands as a person meets them: exit codes, words, files.
@Suite(.serialized) struct CommandTests {
  @Test func `given a sample when the main job is done then each command answers`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let sample = raiz.data + "/sample"
    let demo = try await raiz.run("demo", "--sample", sample, "--plots", "60", "--check")
    #expect(demo.status == 0, "\(demo.output.suffix(500)) \(demo.errors)")

    let verdict = try await raiz.run("verdict", "CAH-B-0003-25")
    #expect(verdict.status == 0 && verdict.output.contains("insufficient-evidence"))
    #expect(verdict.output.contains("120 kg without a known origin"))
    let trace = try await raiz.run("trace", "CAH-X-0003-251")
    #expect(trace.output.contains("EMB-25-0003"))
    let plot = try await raiz.run("trace", "plot:P-000001", "--json")
    #expect(plot.status == 0 && plot.output.contains("EMB-24-0000"))

    let statement = try await raiz.run("statement", "EMB-25-0003", "--out", raiz.data)
    #expect(statement.status == 2 && statement.errors.contains("not-proven"))
    #expect(try await raiz.run("statement", "EMB-25-0010", "--out", raiz.data).status == 0)

    let bundle = raiz.data + "/lot.raiz.json"
    #expect(try await raiz.run("bundle", "CAH-B-0003-25", "--out", bundle).status == 0)
    let key = try await raiz.run("key").output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try await raiz.run("verify", bundle, "--key", key).status == 0)
    var bytes = try #require(FileManager.default.contents(atPath: bundle))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: bundle))
    #expect(try await raiz.run("verify", bundle, "--key", key).status == 1)
    #expect(try await raiz.run("audit").status == 0)
  }

  @Test func `given wrong use when run then a clear error and its exit code`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let none = try await raiz.run("verdict", "NADA")
    #expect(none.status == 2 && none.errors.contains("NADA"))
    #expect(try await raiz.run("verdict", "no es código").status == 64)
    #expect(try await raiz.run("sample", "--out", raiz.data + "/s", "--plots", "1").status == 64)
    #expect(try await raiz.run("nonsense").status == 64)
    let missing = try await raiz.run("import", raiz.data + "/nada.csv")
    #expect(missing.status == 2 && missing.errors.contains("nada.csv"))
    let json = try await raiz.run("verdict", "NADA", "--json")
    #expect(json.output.contains("\"code\" : \"not-found\""))
    for result in [none, missing, json] { #expect(!result.errors.contains("Fatal")) }
  }
}
