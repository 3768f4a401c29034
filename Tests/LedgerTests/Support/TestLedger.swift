import Foundation
import PostgreSQL
import TestSupport
import ValueTypes

import enum Crypto.Curve25519

@testable import Database
@testable import Ledger

/// A ledger in a database of its own.
struct TestLedger {
  static let name = "acopagro"

  let target: ConnectionTarget
  let pool: Pool
  let signer: CheckpointSigner

  /// A fresh, migrated database; the pool's sessions have the role of the service.
  static func with(
    sessions: Int = 4, on server: TestServer? = nil,
    _ body: (TestLedger) async throws -> Void
  ) async throws {
    let target: ConnectionTarget
    if let server {
      target = try await server.database()
    } else {
      target = try await TestServer.shared().database()
    }
    let admin = try await Session.connect(target)
    // The ledger's own schema: the read models need PostGIS, which takes time. The role that a
    // migration of both makes is needed all the same.
    let names = ["v0001_ledger", "v0003_append", "v0006_heads"]
    let own = Migrations.all.filter { names.contains($0.name) }
    try await admin.script(
      """
      DO $$ BEGIN CREATE ROLE raiz_regulator NOLOGIN;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
      """)
    _ = try await Migrations.apply(own, to: admin)
    await admin.close()
    try await with(target, sessions: sessions, body)
  }

  /// The ledger in a database that has been migrated before.
  static func with(
    _ target: ConnectionTarget, sessions: Int = 4, _ body: (TestLedger) async throws -> Void
  ) async throws {
    var limits = PoolLimits()
    limits.sessions = sessions
    // The machine may be busy; how long a borrower waits is the pool's own test.
    limits.wait = .seconds(120)
    let pool = Pool(target.with("options", "-c role=raiz_writer"), limits: limits)
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(repeating: 9, count: 32))
    let signer = try CheckpointSigner(name: "raiz.example/acopagro", privateKey: key)
    do {
      try await body(TestLedger(target: target, pool: pool, signer: signer))
      await pool.close()
    } catch {
      await pool.close()
      throw error
    }
  }

  func writer(
    published: PublishedCheckpointFile? = nil, clock: LedgerClock = .system,
    limits: WriterLimits = WriterLimits()
  ) async throws -> LedgerWriter {
    try await LedgerWriter.open(
      pool: pool, ledger: Self.name, signer: signer, published: published, clock: clock,
      limits: limits)
  }

  func reader() async throws -> LedgerReader {
    try await LedgerReader(pool: pool, ledger: Self.name)
  }

  func audit(published: PublishedCheckpointFile? = nil) async throws -> AuditReport {
    try await LedgerAudit.run(
      reader: try await reader(), verifier: signer.verifier, published: published)
  }

  /// Statements as the superuser.
  func asSuperuser(_ script: String) async throws {
    let session = try await Session.connect(target)
    do {
      try await session.script(script)
      await session.close()
    } catch {
      await session.close()
      throw error
    }
  }

  /// Waits for what must come.
  func wait(_ what: String, until isThere: () async throws -> Bool) async throws {
    for _ in 0..<6_000 {
      if try await isThere() { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw WaitedInVain(what: what)
  }

  struct WaitedInVain: Error {
    let what: String
  }

  /// One number, as the superuser.
  func number(_ query: SQL) async throws -> Int64 {
    let session = try await Session.connect(target)
    let rows = try await session.query(query)
    await session.close()
    return try rows[0].decode(0)
  }
}

/// Short spellings for requests.
enum Sample {
  static let occurredAt = Timestamp("2026-05-04T10:00:00-05:00") ?? .ledgerEpoch

  static func event(_ stream: String, _ data: String = "{}", type: String = "noted") throws
    -> EventDraft
  {
    try EventDraft(
      stream: StreamName(stream), type: type, occurredAt: occurredAt, data: Array(data.utf8))
  }

  static func commit(
    _ key: String, _ streams: [String], data: String = "{}",
    expecting expectations: [String: Int64] = [:], attachments: [Attachment] = []
  ) throws -> CommitRequest {
    CommitRequest(
      key: try CommitKey(key), recordedBy: "clerk",
      expectations: Dictionary(
        uniqueKeysWithValues: try expectations.map { (try StreamName($0.key), $0.value) }),
      events: try streams.map { try event($0, data) }, attachments: attachments)
  }
}

/// A folder that goes away with the test.
func withFolder(_ body: (URL) async throws -> Void) async throws {
  let folder = URL(filePath: try TestFolders.scratch())
  defer { try? FileManager.default.removeItem(at: folder) }
  try await body(folder)
}
