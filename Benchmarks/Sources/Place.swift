import Crypto
import Database
import Foundation
import Ledger
import PostgreSQL
import PrivateCluster

/// A server, and what is made on it for one round.
struct Place {
  let server: ConnectionTarget
  static let ledger = "bench.example/ledger"

  /// A fresh database with the schema of the ledger.
  func freshDatabase() async throws -> ConnectionTarget {
    let name = "bench_\(UUID().uuidString.lowercased().replacing("-", with: "").prefix(12))"
    let session = try await Session.connect(server)
    try await session.script("CREATE DATABASE \(name)")
    await session.close()
    let target = server.with("dbname", name)
    let owner = try await Session.connect(target)
    try await Self.migrate(owner)
    await owner.close()
    return target
  }

  static func migrate(_ owner: Session) async throws {
    try await owner.script("CREATE EXTENSION IF NOT EXISTS postgis")
    _ = try await Migrations.apply(to: owner)
  }

  func drop(_ target: ConnectionTarget) async throws {
    guard let name = target.parameters["dbname"], name.hasPrefix("bench_") else { return }
    let session = try await Session.connect(server)
    try await session.script("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    await session.close()
  }

  static func pool(_ target: ConnectionTarget) -> Pool {
    Pool(target.with("options", "-c role=raiz_writer"))
  }

  static func signer() throws -> CheckpointSigner {
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(repeating: 7, count: 32))
    return try CheckpointSigner(name: ledger, privateKey: key)
  }

  /// A writer as `raiz serve` has it, with the checkpoint kept outside the database too.
  static func writer(_ pool: Pool) async throws -> LedgerWriter {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "bench-\(UUID().uuidString).checkpoint")
    return try await LedgerWriter.open(
      pool: pool, ledger: ledger, signer: try signer(),
      published: PublishedCheckpointFile(path: file.path))
  }
}
