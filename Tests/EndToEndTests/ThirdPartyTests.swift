import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// The log as strangers' tools meet it: served, exported, and in proof files.
@Suite(.serialized) struct ThirdPartyTests {
  private struct Answer {
    let status: Int
    let bytes: Data
    let headers: [String: String]
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  @Test func `given a served and an exported log when others verify then every bit counts`()
    async throws
  {
    let raiz = try RaizProcess.fresh()
    defer { raiz.remove() }
    let stranger = try await VerifyLog.build(into: raiz.data)
    let sample = raiz.data + "/sample"
    #expect(try await raiz.run("sample", "--out", sample, "--plots", "60").status == 0)
    let imported = try await raiz.run("import", sample + "/import")
    #expect(imported.status == 0, "\(imported.output.suffix(300)) \(imported.errors)")
    let key = try await raiz.run("key").output.trimmingCharacters(in: .whitespacesAndNewlines)

    // The ledger commits to its heads now, so that it does not grow while it is checked.
    #expect(try await raiz.run("proof", "head", "organisation:CAH").status == 0)
    let port = FreePort.take()
    let server = try raiz.start(["serve", "--port", "\(port)"])
    let base = "http://127.0.0.1:\(port)"
    try await Web.waitUntilUp(base, server)
    let overHTTP = try await stranger.run(base, key: key)
    #expect(overHTTP.status == 0 && overHTTP.text.contains("all included"), "\(overHTTP.text)")
    let size = try #require(
      Int(try await get(base + "/checkpoint").text.split(separator: "\n")[1]))
    #expect(size > 512)
    try await checkTiles(base, size: size)
    try await checkProofs(base, raiz, key: key, size: size)

    let log = raiz.data + "/log"
    let export = try await raiz.run("export-log", log, "--json")
    #expect(export.status == 0 && export.output.contains("\"treeSize\" : \(size)"))
    server.terminate()
    try await RaizProcess.aside { server.waitUntilExit() }
    #expect(server.terminationStatus == 0)

    let offline = try await stranger.run(log, key: key)
    #expect(offline.status == 0 && offline.text == overHTTP.text, "\(offline.text)")
    let kept = raiz.data + "/kept"
    try FileManager.default.copyItem(atPath: log + "/checkpoint", toPath: kept)
    try await flipBits(log, size: size, stranger, raiz, key: key)
    let audit = ["audit-log", log, "--key", key, "--earlier", kept]
    let own = try await raiz.run(audit)
    #expect(own.status == 0 && own.output.contains("\(size) events"), "\(own.output)")
    #expect(own.output.contains("heads of streams, at position \(size - 1)"), "\(own.output)")
    #expect(try await raiz.run("audit-log", log, "--key", Self.tesseraKey).status == 1)
    #expect(try await raiz.run("audit-log", raiz.data, "--key", key).status == 70)
    #expect(try await raiz.run(Array(audit.dropLast()) + [log + "/tile/0/000"]).status == 1)
    #expect(try await stranger.run(log, key: Self.tesseraKey).status == 1)
    let nowhere = try await raiz.run("export-log", log + "/checkpoint/x")
    #expect(nowhere.status == 73 && nowhere.errors.contains("cannot-write"), "\(nowhere.errors)")
    let again = try await raiz.run("export-log", log, "--compare")
    #expect(again.status == 0 && again.output.contains("0 new, 0 repaired"), "\(again.output)")
  }

  @Test func `given a log made by another program then the stranger's program accepts it`()
    async throws
  {
    let folder = try TestFolders.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let stranger = try await VerifyLog.build(into: folder)
    let log = try sharedData("tree/tessera/testdata/log").path
    let sound = try await stranger.run(log, key: Self.tesseraKey)
    #expect(sound.status == 0 && sound.text.contains("15 events"), "\(sound.text)")
  }

  private static let tesseraKey =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"

  /// The index of the tile that `size` leaves begin, as paths name it.
  private static func lastTile(_ size: Int) -> String {
    let number = String(size / 256)
    return String(repeating: "0", count: 3 - number.count) + number
  }

  private func checkTiles(_ base: String, size: Int) async throws {
    let checkpoint = try await get(base + "/checkpoint")
    #expect(checkpoint.headers["content-type"] == "text/plain; charset=utf-8")
    #expect(checkpoint.headers["cache-control"] == "no-cache")
    let last = Self.lastTile(size)
    let paths = [
      "tile/0/000", "tile/entries/000", "tile/1/000.p/\(size / 256)",
      "tile/0/\(last).p/\(size % 256)", "tile/entries/\(last).p/\(size % 256)",
    ].filter { !$0.hasSuffix(".p/0") }
    for path in paths {
      let tile = try await get("\(base)/\(path)")
      #expect(tile.status == 200, "\(path)")
      #expect(tile.headers["content-type"] == "application/octet-stream")
      #expect(tile.headers["cache-control"] == "public, max-age=31536000, immutable")
      let tag = try #require(tile.headers["etag"])
      let same = try await get("\(base)/\(path)", headers: ["If-None-Match": tag])
      #expect(same.status == 304 && same.bytes.isEmpty)
      let head = try await get("\(base)/\(path)", method: "HEAD")
      #expect(head.status == 200 && head.headers["etag"] == tag && head.bytes.isEmpty)
      #expect(head.headers["content-length"] == "\(tile.bytes.count)")
    }
    let beyond = [
      "tile/0/\(Self.lastTile(size))", "tile/0/\(Self.lastTile(size)).p/\(size % 256 + 1)",
      "tile/1/000",
      "tile/2/000.p/1", "tile/63/000", "tile/entries/x001/000", "tile/1/001",
    ]
    for path in beyond {
      let answer = try await get("\(base)/\(path)")
      #expect(answer.status == 404 && answer.text.contains("beyond-checkpoint"), "\(path)")
      #expect(answer.headers["content-type"] == "application/problem+json")
    }
    for path in ["tile/0/0", "tile/64/000", "tile/data/000", "tile/0/000.p/256", "tile/0/%30"] {
      let answer = try await get("\(base)/\(path)")
      #expect(answer.status == 400 && answer.text.contains("invalid-tile"), "\(path)")
    }
    let gone = try await get("\(base)/tile/1/000", method: "HEAD")
    #expect(gone.status == 404 && gone.bytes.isEmpty)
  }

  private func checkProofs(
    _ base: String, _ raiz: RaizProcess, key: String, size: Int
  ) async throws {
    let inclusion = try await get("\(base)/api/proof/inclusion?index=7&size=300")
    #expect(inclusion.status == 200 && inclusion.text.contains("\"treeSize\":300"))
    let consistency = try await get("\(base)/api/proof/consistency?from=300")
    #expect(
      consistency.text.contains("\"from\":300") && consistency.text.contains("\"to\":\(size)"))
    let refused = [
      ("proof/inclusion", 400, "missing-number"), ("proof/inclusion?index=x", 400, "bad-number"),
      ("proof/inclusion?index=-1", 400, "bad-number"), ("events/07/proof", 400, "bad-number"),
      ("proof/inclusion?index=\(size)", 400, "index-outside"),
      ("proof/inclusion?index=0&size=0", 400, "index-outside"),
      ("proof/inclusion?index=0&size=\(size + 1)", 404, "beyond-checkpoint"),
      ("proof/consistency?from=0", 400, "sizes-out-of-order"),
      ("proof/consistency?from=9&to=8", 400, "sizes-out-of-order"),
      ("events/\(size)/proof", 400, "index-outside"), ("events/x", 400, "bad-number"),
    ]
    for (path, status, code) in refused {
      let answer = try await get("\(base)/api/\(path)")
      #expect(answer.status == status && answer.text.contains(code), "\(path): \(answer.text)")
    }

    let file = raiz.data + "/7.tlog-proof"
    let entry = raiz.data + "/7.json"
    try await get("\(base)/api/events/7/proof").bytes.write(to: URL(filePath: file))
    try await get("\(base)/api/events/7").bytes.write(to: URL(filePath: entry))
    let check = ["proof", "check", file, "--entry", entry, "--key", key]
    let sound = try await raiz.run(check)
    #expect(sound.status == 0 && sound.output.contains("event 7 of \(size)"), "\(sound.errors)")
    let second = raiz.data + "/8"
    let made = try await raiz.run(
      "proof", "inclusion", "8", "--out", second + ".tlog-proof", "--entry", second + ".json")
    #expect(made.status == 0 && made.output.contains("event 8 of \(size)"))
    let checked = try await raiz.run(
      "proof", "check", second + ".tlog-proof", "--entry", second + ".json", "--key", key)
    #expect(checked.status == 0)
    let mixed = try await raiz.run(
      "proof", "check", file, "--entry", second + ".json", "--key", key, "--json")
    #expect(mixed.status == 1 && mixed.output.contains("invalid-proof"))
    #expect(try await raiz.run(Array(check.dropLast()) + ["nokey"]).status == 64)
    #expect(try await raiz.run("proof", "consistency", "300").output.contains("\(size): "))
    #expect(try await raiz.run("proof", "consistency", "9", "8").status == 2)
  }

  /// One bit in each kind of file, each found and said where.
  private func flipBits(
    _ log: String, size: Int, _ stranger: VerifyLog, _ raiz: RaizProcess, key: String
  ) async throws {
    let last = "\(Self.lastTile(size))"
    let paths = [
      "checkpoint", "tile/0/000", "tile/0/\(last).p/\(size % 256)",
      "tile/1/000.p/\(size / 256)", "tile/entries/001", "tile/entries/\(last).p/\(size % 256)",
    ]
    for path in paths {
      let file = URL(filePath: log + "/" + path)
      let sound = try Data(contentsOf: file)
      for place in [0, sound.count / 2] {
        var changed = sound
        changed[place] ^= 4
        try changed.write(to: file)
        let ended = try await stranger.run(log, key: key)
        #expect(ended.status == 1, "\(path), byte \(place): \(ended.text)")
        #expect(ended.text.contains("tile/") || path == "checkpoint", "\(ended.text)")
        let own = try await raiz.run("audit-log", log, "--key", key, "--json")
        #expect(own.status == 1 && own.output.contains("\"discrepancies\""), "\(own.output)")
      }
      try sound.write(to: file)
    }
    #expect(try await stranger.run(log, key: key).status == 0)
  }

  private func get(
    _ address: String, method: String = "GET", headers: [String: String] = [:]
  ) async throws -> Answer {
    var request = URLRequest(url: try #require(URL(string: address)))
    request.httpMethod = method
    request.cachePolicy = .reloadIgnoringLocalCacheData
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await URLSession.shared.data(for: request)
    let answer = try #require(response as? HTTPURLResponse)
    var found: [String: String] = [:]
    for (name, value) in answer.allHeaderFields {
      found["\(name)".lowercased()] = "\(value)"
    }
    return Answer(status: answer.statusCode, bytes: data, headers: found)
  }
}
