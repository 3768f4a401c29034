import Foundation
import Testing

/// The main promise under the worst that can happen to a machine.
@Suite(.serialized) struct KillTests {
  private static let rounds = 20

  @Test func `given an import when raiz or PostgreSQL is killed then nothing acknowledged is lost`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let sample = raiz.data + "/sample"
    #expect(try await raiz.run("sample", "--out", sample, "--plots", "120").status == 0)
    var random = SystemRandomNumberGenerator()
    var acknowledged = 0
    for round in 0..<Self.rounds {
      let told = try await importAndKill(
        raiz, sample, after: Double.random(in: 0.05...1.6, using: &random),
        killsDatabase: round.isMultiple(of: 2))
      acknowledged += told
      let audit = try await raiz.run("audit", "--json")
      #expect(audit.status == 0, "round \(round): \(audit.output.suffix(400)) \(audit.errors)")
      let size = try ledgerSize(audit.output)
      #expect(size >= acknowledged, "round \(round)")
    }
    let check = try await raiz.run("demo", "--sample", sample, "--check")
    #expect(check.status == 0, "\(check.output.suffix(600)) \(check.errors.suffix(300))")
    #expect(try await raiz.run("audit").status == 0)
    let again = try await raiz.run("import", sample + "/import")
    #expect(again.status == 0 && !again.output.contains(": taken"))
  }

  /// Kills in the middle; answers how many events were acknowledged before.
  private func importAndKill(
    _ raiz: RaizProcess, _ sample: String, after delay: Double, killsDatabase: Bool
  ) async throws -> Int {
    let output = Pipe()
    let process = try raiz.start(["import", sample + "/import"], output: output)
    try await Task.sleep(for: .milliseconds(Int(delay * 1_000)))
    if killsDatabase, let postmaster = raiz.postmaster { kill(postmaster, SIGKILL) }
    kill(process.processIdentifier, SIGKILL)
    let text = try await RaizProcess.aside {
      String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    return text.split(separator: "\n").filter { $0.contains(": taken") }.reduce(0) { sum, line in
      // «06-cosechas.csv: taken — 120 rows, 240 events, …»
      let words = line.split(separator: " ")
      let index = words.firstIndex { $0.hasPrefix("events") } ?? 1
      return sum + (Int(words[index - 1]) ?? 0)
    }
  }

  private func ledgerSize(_ json: String) throws -> Int {
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let ledger = try #require(document["ledger"] as? [String: Any])
    return try #require(ledger["size"] as? Int)
  }
}
