public import PostgreSQL
public import ValueTypes

import struct Crypto.SHA256

/// One numbered step of the schema. Once released it never changes.
public struct Migration: Sendable, Equatable {
  public let name: String
  public let sql: String
  public let sha256: SHA256Digest

  public init(name: String, sql: [UInt8]) {
    self.name = name
    self.sql = String(decoding: sql, as: UTF8.self)
    sha256 = SHA256Digest(SHA256.hash(data: sql))!  // SHA-256 gives 32 bytes
  }
}

/// Why a database is not migrated.
public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The database was made with another text of this migration.
  case changed(name: String, recorded: String, found: String)
  /// The database has a migration that this program does not know.
  case newer(name: String)

  public var code: String {
    switch self {
    case .changed: "migration-changed"
    case .newer: "database-newer"
    }
  }

  public var description: String {
    switch self {
    case .changed(let name, let recorded, let found):
      "\(code): migration \(name) was applied with checksum \(recorded.prefix(12))… and this raiz"
        + " has \(found.prefix(12))…; a released migration never changes, use the release that"
        + " made the database"
    case .newer(let name):
      "\(code): this database was made by a newer raiz (it has \(name)); use that release"
    }
  }
}

/// Brings a database to the schema of this program.
public enum Migrations {
  /// All steps, in order.
  public static let all = [
    Migration(name: "v0001_ledger", sql: PackageResources.v0001_ledger_sql),
    Migration(name: "v0002_read_models", sql: PackageResources.v0002_read_models_sql),
    Migration(name: "v0003_append", sql: PackageResources.v0003_append_sql),
    Migration(name: "v0004_roles", sql: PackageResources.v0004_roles_sql),
    Migration(name: "v0005_people", sql: PackageResources.v0005_people_sql),
    Migration(name: "v0006_heads", sql: PackageResources.v0006_heads_sql),
    Migration(name: "v0007_evidence", sql: PackageResources.v0007_evidence_sql),
    Migration(name: "v0008_findings", sql: PackageResources.v0008_findings_sql),
    Migration(name: "v0009_balance", sql: PackageResources.v0009_balance_sql),
    Migration(name: "v0010_provenance", sql: PackageResources.v0010_provenance_sql),
    Migration(name: "v0011_lists", sql: PackageResources.v0011_lists_sql),
  ]

  /// Held while a step is applied, so that two servers starting at once take turns.
  private static let lockKey: Int64 = 7_954_893_020

  /// Applies what is missing, each step in its own transaction; returns the names applied now.
  ///
  /// The session must own the database or be a superuser. Throws `MigrationError`, and what the
  /// database reports; a step that fails leaves nothing behind.
  public static func apply(to session: Session) async throws -> [String] {
    try await apply(all, to: session)
  }

  static func apply(_ migrations: [Migration], to session: Session) async throws -> [String] {
    try await session.transaction { session in
      try await session.execute("SELECT pg_advisory_xact_lock(\(lockKey))")
      try await session.script(
        """
        CREATE TABLE IF NOT EXISTS public.raiz_migrations (
          name text PRIMARY KEY,
          sha256 text NOT NULL,
          applied_at timestamptz NOT NULL DEFAULT now()
        );
        """)
    }
    var applied: [String] = []
    for migration in migrations {
      let isNew = try await session.transaction { session in
        try await step(migration, of: migrations, session)
      }
      if isNew { applied.append(migration.name) }
    }
    return applied
  }

  private static func step(
    _ migration: Migration, of migrations: [Migration], _ session: Session
  ) async throws -> Bool {
    try await session.execute("SELECT pg_advisory_xact_lock(\(lockKey))")
    let recorded = try await recorded(session)
    try check(recorded, against: migrations)
    guard recorded[migration.name] == nil else { return false }
    try await session.script(migration.sql)
    try await session.execute(
      """
      INSERT INTO public.raiz_migrations (name, sha256)
      VALUES (\(migration.name), \(migration.sha256.description))
      """)
    return true
  }

  private static func recorded(_ session: Session) async throws -> [String: String] {
    var recorded: [String: String] = [:]
    for row in try await session.query("SELECT name, sha256 FROM public.raiz_migrations") {
      recorded[try row.decode("name")] = try row.decode("sha256", as: String.self)
    }
    return recorded
  }

  private static func check(
    _ recorded: [String: String], against migrations: [Migration]
  ) throws(MigrationError) {
    var unknown = recorded
    for migration in migrations {
      guard let checksum = unknown.removeValue(forKey: migration.name) else { continue }
      let found = migration.sha256.description
      guard checksum == found else {
        throw .changed(name: migration.name, recorded: checksum, found: found)
      }
    }
    if let name = unknown.keys.max() { throw .newer(name: name) }
  }
}
