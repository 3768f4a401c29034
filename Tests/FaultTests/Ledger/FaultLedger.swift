import Foundation
import PostgreSQL
import TestSupport
import ValueTypes

import enum Crypto.Curve25519

@testable import Database
@testable import Ledger

/// A ledger without the domain: its writers run in the tests' own process.
struct FaultLedger: Sendable {
  let name: String
  let target: ConnectionTarget
  let pool: Pool
  let signer: CheckpointSigner

  /// Makes the tables in an empty database.
  static func migrate(_ target: ConnectionTarget) async throws {
    let session = try await Session.connect(target)
    // The ledger's own schema; the read models beside it need PostGIS.
    let names = ["v0001_ledger", "v0003_append", "v0006_heads"]
    try await session.script(
      """
      DO $$ BEGIN CREATE ROLE raiz_regulator NOLOGIN;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
      """)
    _ = try await Migrations.apply(
      Migrations.all.filter { names.contains($0.name) }, to: session)
    await session.close()
  }

  init(_ name: String, in target: ConnectionTarget, sessions: Int = 4) throws {
    var limits = PoolLimits()
    limits.sessions = sessions
    // The machine may be busy; how long a borrower waits is the pool's own test.
    limits.wait = .seconds(120)
    self.name = name
    self.target = target
    pool = Pool(
      target.with("options", "-c role=raiz_writer").with("application_name", name),
      limits: limits)
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(repeating: 9, count: 32))
    signer = try CheckpointSigner(name: "raiz.example/" + name, privateKey: key)
  }

  func writer(
    published: PublishedCheckpointFile? = nil, clock: LedgerClock = .system
  ) async throws -> LedgerWriter {
    try await LedgerWriter.open(
      pool: pool, ledger: name, signer: signer, published: published, clock: clock)
  }

  func reader() async throws -> LedgerReader { try await LedgerReader(pool: pool, ledger: name) }

  func discrepancies() async throws -> [Discrepancy] {
    try await LedgerAudit.run(reader: try await reader(), verifier: signer.verifier).discrepancies
  }

  /// A commit of one event per stream; `data` makes its content.
  static func commit(
    _ key: String, _ streams: [String], data: String = "{}",
    expecting expectations: [String: Int64] = [:]
  ) throws -> CommitRequest {
    CommitRequest(
      key: try CommitKey(key), recordedBy: "tests",
      expectations: Dictionary(
        uniqueKeysWithValues: try expectations.map { (try StreamName($0.key), $0.value) }),
      events: try streams.map {
        try EventDraft(
          stream: StreamName($0), type: "noted", occurredAt: .ledgerEpoch,
          data: Array(data.utf8))
      })
  }
}
