import DueDiligence
import Foundation
import Ledger
import PostgreSQL
import PrivateCluster
import TestSupport
import Testing
import Traceability
import ValueTypes

@testable import Application

/// People's data from the file to the erasure, and what a restore can bring back.
@Suite(.serialized) struct ErasureTests {
  private let code: ProducerCode
  private let name = "Rosaura \(UUID().uuidString)"

  init() throws { code = try ProducerCode("P1") }

  /// A ledger with one person in it; the file that named the person is gone.
  private func workshop() async throws -> Workshop {
    let workshop = try await Workshop.open()
    let report = try await take(workshop)
    #expect(report.outcome == .taken && report.notices.isEmpty)
    return workshop
  }

  private func take(
    _ workshop: Workshop, _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> FileReport {
    let path = try workshop.file(
      "productores.csv", "codigo;nombre;dni;celular\nP1;\(name);44332211;942000111\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await workshop.take(path, change)
  }

  private func keyFiles(_ workshop: Workshop) -> [String] {
    let folder = workshop.folder + "/person-keys"
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.filter { $0.hasSuffix(".keys") }.map { folder + "/" + $0 }
  }

  /// Identifier and hexadecimal digits of every key that lives.
  private func liveKeys(_ workshop: Workshop) -> [(name: String, digits: String)] {
    keyFiles(workshop).flatMap { path in
      let text = String(
        decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
      return text.split(separator: "\n").map { $0.split(separator: " ") }
        .filter { $0[1].contains { $0 != "0" } }.map { (String($0[0]), String($0[1])) }
    }
  }

  private func count(_ table: String, _ target: ConnectionTarget) async throws -> Int64 {
    let session = try await Session.connect(target)
    let rows = try await session.query(
      table == "keys"
        ? "SELECT count(*) FROM raiz_vault.person_keys"
        : "SELECT count(*) FROM raiz.attachments WHERE media_type LIKE '%sealed'")
    await session.close()
    return try rows[0].decode(0)
  }

  /// The database as it stands, under another name.
  private func copy(of target: ConnectionTarget) async throws -> ConnectionTarget {
    let name = try #require(target.parameters["dbname"])
    let session = try await Session.connect(target.with("dbname", "postgres"))
    try await session.script("CREATE DATABASE \(name)_copy TEMPLATE \(name)")
    await session.close()
    return target.with("dbname", name + "_copy")
  }

  /// Runs a program; answers its status and what it printed.
  private func run(_ path: String, _ arguments: [String]) async throws -> (Int32, Data) {
    try await withCheckedThrowingContinuation { continuation in
      Thread {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = pipe
        continuation.resume(
          with: Result {
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (process.terminationStatus, data)
          })
      }.start()
    }
  }

  @Test func `given a person when imported then the name is nowhere in clear, and can be read`()
    async throws
  {
    let workshop = try await workshop()
    #expect(try await workshop.raiz.person(code)?.name == name)
    #expect(try await workshop.raiz.producer(code).personalData == .held)
    #expect(keyFiles(workshop).count == 1)
    #expect(try await count("keys", workshop.target) == 0)
    let server = try await TestServer.shared()
    try await workshop.asSuperuser("CHECKPOINT")
    // Other tests' files may vanish while grep reads (its status 2): then it reads again.
    var found = (Int32(2), Data())
    for _ in 0..<10 where found.0 == 2 && found.1.isEmpty {
      found = try await run(
        "/usr/bin/env", ["grep", "-r", "-l", "-a", "-F", name, server.folder, workshop.folder])
    }
    #expect(found.0 == 1, "\(String(decoding: found.1, as: UTF8.self))")
    let programs = try await ServerPrograms.find(for: try await ServerUser.current())
    let parameters = workshop.target.parameters
    let dump = try await run(
      programs.path("pg_dump"),
      [
        "-h", try #require(parameters["host"]), "-p", try #require(parameters["port"]),
        "-U", try #require(parameters["user"]), try #require(parameters["dbname"]),
      ])
    #expect(dump.0 == 0 && dump.1.range(of: Data("producer:P1".utf8)) != nil)
    let key = try #require(liveKeys(workshop).first).digits
    for secret in [name, key] { #expect(dump.1.range(of: Data(secret.utf8)) == nil) }
    await workshop.close()
  }

  @Test func `given a person when erased then key and text are gone and every proof holds`()
    async throws
  {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    let lot = StreamKey.lot(try LotCode("CAH-B-0003-25"))
    let before = try await workshop.raiz.bundle(lot)
    let origin = try #require(
      try await workshop.raiz.lot(try LotCode(lot.code)).origins.first { $0.producer != nil })
    let producer = try #require(origin.producer)
    let sealed = try await count("sealed", workshop.target)
    let keys = liveKeys(workshop).count
    #expect(try await workshop.raiz.person(producer)?.name != nil)

    let erasure = try await workshop.raiz.erase(producer, reason: "asked", recordedBy: "test")
    #expect(erasure.isNew)
    #expect(try await workshop.raiz.person(producer) == nil)
    #expect(try await workshop.raiz.producer(producer).personalData == .erased)
    #expect(try await count("sealed", workshop.target) == sealed - 1)
    #expect(liveKeys(workshop).count == keys - 1)
    let size = try await workshop.size()
    let again = try await workshop.raiz.erase(producer, reason: nil, recordedBy: "test")
    #expect(!again.isNew && again.position == erasure.position)
    #expect(try await workshop.size() == size)

    #expect(try await workshop.raiz.audit().isSound)
    for bundle in [before, try await workshop.raiz.bundle(lot)] {
      let report = BundleVerifier.verify(bundle, verifierKeys: [workshop.raiz.verifierKey])
      #expect(report.isSound && report.verdict == .insufficientEvidence, "\(report.failures)")
    }
    let shown = try await workshop.raiz.lot(try LotCode(lot.code)).origins
    #expect(shown.allSatisfy { $0.producerErased == ($0.producer == producer) })
    await workshop.close()
  }

  @Test func `given nobody or nothing held when erasing then it is refused`() async throws {
    let workshop = try await Workshop.open()
    let path = try workshop.file("productores.csv", "codigo;nombre\nP2;\n")
    _ = try await workshop.take(path)
    for (producer, wanted) in [("P9", Refusal.Code.unknownProducer), ("P2", .noPersonalData)] {
      do {
        _ = try await workshop.raiz.erase(
          try .init(producer), reason: nil, recordedBy: "test")
        Issue.record("\(producer) was erased")
      } catch let refusal as Refusal {
        #expect(refusal.code == wanted)
      }
    }
    await workshop.close()
  }

  @Test func `given a crash after the record when started again then it is carried out`()
    async throws
  {
    let workshop = try await workshop()
    _ = try await workshop.raiz.handler.record(
      .erasePersonalData(code, reason: nil), occurredAt: workshop.raiz.now(), key: nil,
      recordedBy: "test")
    #expect(keyFiles(workshop).count == 1)
    await workshop.raiz.close()
    let again = try await Workshop.open(workshop.target, workshop.folder)
    #expect(keyFiles(workshop).isEmpty)
    #expect(try await count("sealed", workshop.target) == 0)
    #expect(try await again.audit().isSound)
    await again.close()
    await workshop.close()
  }

  @Test func `given an erasure when an older database is restored then the text stays unreadable`()
    async throws
  {
    let workshop = try await workshop()
    await workshop.raiz.close()
    let old = try await copy(of: workshop.target)
    let keyBackup = try keyFiles(workshop).map {
      ($0, try #require(FileManager.default.contents(atPath: $0)))
    }
    let raiz = try await Workshop.open(workshop.target, workshop.folder)
    _ = try await raiz.erase(code, reason: nil, recordedBy: "test")
    await raiz.close()

    // The rollback is told, as ever, and the ciphertext that came back is gone even so.
    #expect(try await count("sealed", old) == 1)
    await #expect(throws: LedgerError.self) { try await Workshop.open(old, workshop.folder) }
    #expect(try await count("sealed", old) == 0)

    // Whoever accepts the loss has a ledger without the erasure, and still nothing to read, even
    // with the keys' old backup put back over the folder.
    try FileManager.default.removeItem(atPath: workshop.folder + "/published.checkpoint")
    for (path, data) in keyBackup { try data.write(to: URL(fileURLWithPath: path)) }
    let restored = try await Workshop.open(old, workshop.folder)
    #expect(keyFiles(workshop).isEmpty)
    #expect(try await restored.producer(code).personalData == .held)
    #expect(try await restored.person(code) == nil)
    await restored.close()
    await workshop.close()
  }

  @Test func `given an erasure when the keys' folder is an old one then the events erase again`()
    async throws
  {
    let workshop = try await workshop()
    let keyBackup = try keyFiles(workshop).map {
      ($0, try #require(FileManager.default.contents(atPath: $0)))
    }
    _ = try await workshop.raiz.erase(code, reason: nil, recordedBy: "test")
    await workshop.raiz.close()
    try FileManager.default.removeItem(atPath: workshop.folder + "/person-keys/erased")
    for (path, data) in keyBackup { try data.write(to: URL(fileURLWithPath: path)) }
    let again = try await Workshop.open(workshop.target, workshop.folder)
    #expect(keyFiles(workshop).isEmpty)
    #expect(try await again.person(code) == nil)
    await again.close()
    await workshop.close()
  }

  @Test func `given an erasure when the file comes again then only a named consent counts`()
    async throws
  {
    let workshop = try await workshop()
    _ = try await workshop.raiz.erase(code, reason: nil, recordedBy: "test")
    let silent = try await take(workshop)
    #expect(silent.outcome == .unchanged)
    #expect(silent.notices.map(\.code) == ["personal-data-left-out"])
    for notice in silent.notices {
      #expect(notice.es.contains("P1") && !(notice.es + notice.en).contains(name))
    }
    #expect(try await workshop.raiz.person(code) == nil)
    let named = try await take(workshop) { $0.newConsent = [code] }
    #expect(named.outcome == .taken && named.notices.isEmpty)
    #expect(try await workshop.raiz.person(code)?.name == name)
    #expect(try await take(workshop) { $0.newConsent = [code] }.outcome == .unchanged)
    #expect(try await workshop.raiz.erase(code, reason: nil, recordedBy: "test").isNew)
    #expect(try await workshop.raiz.person(code) == nil)
    #expect(keyFiles(workshop).isEmpty)
    await workshop.close()
  }

  @Test func `given keys in the database's table when opened then they are moved out once`()
    async throws
  {
    let workshop = try await workshop()
    await workshop.raiz.close()
    let path = try #require(keyFiles(workshop).first)
    let (identifier, hex) = try #require(liveKeys(workshop).first)
    let insert = """
      ALTER TABLE raiz_vault.person_keys DISABLE TRIGGER moved_out;
      INSERT INTO raiz_vault.person_keys
        SELECT ledger, '\(identifier)', '\\x\(hex)' FROM raiz.ledgers;
      ALTER TABLE raiz_vault.person_keys ENABLE ALWAYS TRIGGER moved_out;
      """
    // First as an older release left it, then as a crash between file and row leaves it.
    try FileManager.default.removeItem(atPath: path)
    for _ in 0..<2 {
      try await workshop.asSuperuser(insert)
      let raiz = try await Workshop.open(workshop.target, workshop.folder)
      #expect(try await raiz.person(code)?.name == name)
      #expect(try await count("keys", workshop.target) == 0)
      #expect(Set(liveKeys(workshop).map(\.digits)) == [hex])
      await raiz.close()
    }
    // A table from before an erasure brings nothing back.
    let raiz = try await Workshop.open(workshop.target, workshop.folder)
    _ = try await raiz.erase(code, reason: nil, recordedBy: "test")
    await raiz.close()
    try await workshop.asSuperuser(insert)
    let last = try await Workshop.open(workshop.target, workshop.folder)
    #expect(try await count("keys", workshop.target) == 0 && keyFiles(workshop).isEmpty)
    await last.close()
    await workshop.close()
  }

  @Test func `given a setting when opened then the keys go there`() async throws {
    let workshop = try await Workshop.open()
    await workshop.raiz.close()
    var settings = try Settings(
      data: workshop.folder, environment: ["RAIZ_PERSON_KEYS": workshop.folder + "/elsewhere"])
    settings.database = workshop.target
    let raiz = try await Raiz.open(settings)
    let other = Workshop(raiz: raiz, folder: workshop.folder, target: workshop.target)
    _ = try await take(other)
    #expect(try await raiz.person(code)?.name == name)
    #expect(keyFiles(workshop).isEmpty)
    #expect(FileManager.default.fileExists(atPath: workshop.folder + "/elsewhere/erased"))
    await other.close()
  }
}
