import Foundation
import FoundationNetworking
import Synchronization
import TestSupport
import Testing

/// Witnesses as processes of their own, beside a ledger that is served.
@Suite(.serialized) struct WitnessTests {
  /// A witness's folder, key and port.
  private struct Stand {
    let raiz: RaizProcess
    let name: String
    let key: String
    let port: Int

    var pair: String { "http://127.0.0.1:\(port),\(key)" }

    init(_ name: String) async throws {
      raiz = try RaizProcess.fresh()
      self.name = name
      key = try await raiz.run("witness", "key", "--name", name).output
        .trimmingCharacters(in: .whitespacesAndNewlines)
      port = FreePort.take()
    }

    func start(_ log: String) async throws -> Process {
      let process = try raiz.start(
        ["witness", "--name", name, "--log", log, "--port", "\(port)"])
      try await Web.waitUntilUp("http://127.0.0.1:\(port)", process)
      return process
    }
  }

  @Test
  func `given witnesses when the ledger is written then those alive cosign, and no write waits`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let sample = raiz.data + "/sample"
    #expect(
      try await raiz.run("demo", "--sample", sample, "--plots", "60", "--check").status == 0)
    let key = try await Self.key(raiz)
    let stands = [try await Stand("w1.example"), try await Stand("w2.example")]
    // The third takes connections and never answers.
    let silent = try await Stand("w3.example")
    let deaf = try DeafListener(port: silent.port)
    defer { deaf.close() }
    var witnesses: [Process] = []
    for stand in stands { witnesses.append(try await stand.start(key)) }
    defer {
      for process in witnesses where process.isRunning { process.terminate() }
      for stand in stands + [silent] { stand.raiz.remove() }
    }

    let token = try await raiz.run("token").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let port = FreePort.take()
    let pairs = (stands + [silent]).flatMap { ["--witness", $0.pair] }
    let server = try raiz.start(["serve", "--port", "\(port)"] + pairs)
    let base = "http://127.0.0.1:\(port)"
    try await Web.waitUntilUp(base, server)
    try await Self.waitForCosigners(["w1.example", "w2.example"], base)
    let before = try await Self.size(base)

    let asked = deaf.questions
    for index in 1...Self.writes {
      let act =
        "{\"act\":\"blend\",\"occurredAt\":\"2026-05-04T10:00:00-05:00\","
        + "\"lot\":\"EPB/W\(index)\",\"organisation\":\"EPB\","
        + "\"inputs\":[{\"lot\":\"EPB-K-0001-251\",\"grams\":100}]}"
      #expect(try await Web.post(base + "/api/acts", act, token: token, key: "w\(index)") == 201)
    }
    // The silent one has been asked, and not once for each write: they waited for no answer of its.
    #expect(deaf.questions > 0)
    #expect(deaf.questions - asked < Self.writes)
    #expect(try await Self.size(base) >= before + Self.writes)
    try await Self.waitForCosigners(["w1.example", "w2.example"], base)
    let state = try await Web.get("http://127.0.0.1:\(stands[0].port)/").text
    #expect(try await state.contains("\"size\":\(Self.size(base))"))

    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }
    #expect(server.terminationStatus == 0)
    try await Self.checkBundle(raiz, key, stands + [silent])
  }

  /// Far more than there are questions to a witness that does not answer: the service waits ever
  /// longer before it asks again.
  private static let writes = 12

  private static func checkBundle(
    _ raiz: RaizProcess, _ key: String, _ stands: [Stand]
  ) async throws {
    let file = raiz.data + "/lot.raiz.json"
    // The ledger first commits to the heads of its streams, under a checkpoint that is cosigned.
    let cosigned = try await raiz.run(["cosign"] + stands.flatMap { ["--witness", $0.pair] })
    #expect(cosigned.output.contains("w2.example: cosigned at"))
    let made = try await raiz.run("bundle", "CAH-B-0003-25", "--cosigned", "2", "--out", file)
    #expect(made.status == 0, "\(made.errors)")
    let keys = stands.flatMap { ["--witness", $0.key] }
    let verify = ["verify", file, "--key", key] + keys
    let two = try await raiz.run(verify + ["--witnesses", "2"])
    #expect(two.status == 0, "\(two.output) \(two.errors)")
    #expect(two.output.contains("2 of 3 witnesses (2 asked for): w1.example 20"))
    let all = try await raiz.run(verify)
    #expect(all.status == 1 && all.output.contains("2 of your 3 witnesses cosigned"))
    let wrong = try await raiz.run(verify + ["--witnesses", "4"])
    #expect(wrong.status == 64 && wrong.errors.contains("not 1 to the 3"))
    // Cosigned before: asked again, the same two answer and the third is named.
    let again = try await raiz.run(["cosign"] + stands.flatMap { ["--witness", $0.pair] })
    #expect(again.status == 1)
    #expect(again.output.contains("w2.example: cosigned at"))
    #expect(again.output.contains("w3.example: unreachable"))
  }

  @Test func `given a ledger under another's name and key when cosigned then the split view shows`()
    async throws
  {
    let honest = try RaizProcess.fresh()
    let forked = try RaizProcess.fresh()
    let stand = try await Stand("w1.example")
    defer { for raiz in [honest, forked, stand.raiz] { raiz.remove() } }
    let key = try await Self.key(honest)
    // The same name and the same private key over other events.
    try FileManager.default.copyItem(
      atPath: honest.data + "/ledger.key", toPath: forked.data + "/ledger.key")
    #expect(try await Self.key(forked) == key)
    var process = try await stand.start(key)
    let first = try await honest.run("cosign", "--witness", stand.pair)
    #expect(first.status == 0, "\(first.output) \(first.errors)")

    // Both hold one event, and not the same one: its time and id differ.
    let second = try await forked.run("cosign", "--witness", stand.pair)
    #expect(second.status == 1 && second.output.contains("IT SAW ANOTHER LEDGER"))
    process.terminate()
    try await RaizProcess.aside { [process] in process.waitUntilExit() }
    let evidence = try FileManager.default.contentsOfDirectory(
      atPath: stand.raiz.data + "/witness")
    #expect(evidence.contains { $0.hasSuffix(".split-view") })

    // The fork grows, the witness starts again: it still knows what it cosigned.
    let sample = forked.data + "/sample"
    #expect(try await forked.run("sample", "--out", sample, "--plots", "60").status == 0)
    #expect(try await forked.run("import", sample + "/import/01-organizaciones.csv").status == 0)
    process = try await stand.start(key)
    let grown = try await forked.run("cosign", "--witness", stand.pair)
    #expect(grown.status == 1 && grown.output.contains("IT SAW ANOTHER LEDGER"))
    let still = try await honest.run("cosign", "--witness", stand.pair)
    #expect(still.status == 0, "\(still.output) \(still.errors)")
    process.terminate()
    try await RaizProcess.aside { [process] in process.waitUntilExit() }
    #expect(process.terminationStatus == 0)
  }

  private static func key(_ raiz: RaizProcess) async throws -> String {
    try await raiz.run("key").output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func ledger(_ base: String) async throws -> [String: Any] {
    let text = try await Web.get(base + "/api/ledger").text
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private static func size(_ base: String) async throws -> Int {
    let note = try #require(try await ledger(base)["checkpoint"] as? String)
    return try #require(Int(note.split(separator: "\n")[1]))
  }

  /// Until the newest checkpoint has exactly these.
  private static func waitForCosigners(_ names: [String], _ base: String) async throws {
    var found: [String] = []
    for _ in 0..<900 {
      let list = try #require(try await ledger(base)["cosignatures"] as? [[String: String]])
      found = list.compactMap { $0["name"] }
      if found == names && list.allSatisfy({ $0["time"]?.hasPrefix("20") == true }) { return }
      try await Task.sleep(for: .milliseconds(200))
    }
    Issue.record("cosigned by \(found), not by \(names)")
  }
}

/// Takes connections and never says a word.
private final class DeafListener: Sendable {
  private let descriptor: Int32
  private let ends = Mutex<[Int32]>([])

  struct Failed: Error {}

  /// Connections so far: each question has one of its own, because none is answered.
  var questions: Int { ends.withLock { $0.count } }

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, size)
      }
    }
    guard bound == 0, Foundation.listen(descriptor, 16) == 0 else { throw Failed() }
    Thread { self.listen() }.start()
  }

  private func listen() {
    while true {
      let end = accept(descriptor, nil, nil)
      if end < 0, errno == EINTR || errno == ECONNABORTED { continue }
      guard end >= 0 else { break }
      ends.withLock { $0.append(end) }
    }
    Foundation.close(descriptor)
  }

  func close() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    for end in ends.withLock({ $0 }) { Foundation.close(end) }
  }
}
