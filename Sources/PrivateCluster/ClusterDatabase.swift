package import PostgreSQL

/// What the private cluster prepares inside the server: the database, PostGIS, who may connect.
extension ServerInstance {
  static let database = "raiz"

  /// Makes what is missing. The schema is the migrations' business.
  func prepareDatabase(socketFolder: String) async throws(ClusterError) -> ConnectionTarget {
    let maintenance = Self.target(socketFolder: socketFolder, database: "postgres")
    try await inSession(maintenance) { session in
      let found = try await session.query(
        "SELECT datname::text FROM pg_database WHERE datname = \(Self.database)")
      if found.isEmpty {
        try await session.script("CREATE DATABASE \"\(Self.database)\" TEMPLATE template0")
      }
    }
    let target = maintenance.with("dbname", Self.database)
    let available = try await inSession(target) { session in
      let found = try await session.query(
        """
        SELECT (installed_version IS NOT NULL)::text FROM pg_available_extensions
        WHERE name = 'postgis'
        """)
      guard let installed = try found.first?.decode(0, as: String.self) else { return false }
      if installed != "true" {
        try await session.script("CREATE EXTENSION IF NOT EXISTS postgis")
      }
      return true
    }
    guard available else {
      throw ClusterError(
        .postgisMissing, "this PostgreSQL \(programs.majorVersion) has no PostGIS",
        at: programs.folder,
        remedy: "install postgresql-\(programs.majorVersion)-postgis-3 (Debian), or postgis "
          + "(Homebrew)")
    }
    try await admitLoginRoles(target)
    return target
  }

  /// Lets the server's user and root connect as every role that may log in now.
  package func admitLoginRoles(_ target: ConnectionTarget) async throws(ClusterError) {
    try await inSession(target) { session in
      let rows = try await session.query(
        "SELECT rolname::text FROM pg_roles WHERE rolcanlogin ORDER BY rolname")
      let roles = try rows.map { try $0.decode(0, as: String.self) }
      if try Admission.write(data: data, user: user, roles: roles) {
        try await session.script("SELECT pg_reload_conf()")
      }
    }
  }

  /// Why the server takes no connection; nil if it takes one.
  func refusal(socketFolder: String) async -> String? {
    do {
      try await Session.connect(Self.target(socketFolder: socketFolder, database: "postgres"))
        .close()
      return nil
    } catch {
      return "\(error)\n"
    }
  }

  private func inSession<Result: Sendable>(
    _ target: ConnectionTarget, _ body: (Session) async throws -> Result
  ) async throws(ClusterError) -> Result {
    do {
      let session = try await Session.connect(target)
      do {
        let result = try await body(session)
        await session.close()
        return result
      } catch {
        await session.close()
        throw error
      }
    } catch let error as ClusterError {
      throw error
    } catch {
      throw failure(
        .databaseFailed, "the database could not be prepared", "\(error)\n" + logTail())
    }
  }
}
