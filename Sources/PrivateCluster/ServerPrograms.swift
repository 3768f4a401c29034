/// One installation of PostgreSQL's server programs.
package struct ServerPrograms: Sendable, Hashable {
  /// The folder that holds `initdb`, `postgres` and `pg_ctl`.
  package let folder: String
  /// 15 for PostgreSQL 15.4.
  package let majorVersion: Int

  static let supported = 14...18
  static let names = ["initdb", "postgres", "pg_ctl"]

  package func path(_ name: String) -> String { folder + "/" + name }

  /// The installation to use: that of `PATH` if it works for the server's user, else the newest.
  ///
  /// - Parameter majorVersion: the version that made the cluster, nil for a new cluster.
  /// Throws `.programsMissing` or `.majorVersionMissing`, naming what to install.
  package static func find(
    majorVersion: Int? = nil, for user: ServerUser,
    among folders: [String] = candidateFolders()
  ) async throws(ClusterError) -> ServerPrograms {
    var others: [ServerPrograms] = []
    for folder in folders {
      guard let found = await probe(folder, as: user) else { continue }
      if majorVersion == nil || found.majorVersion == majorVersion { return found }
      others.append(found)
    }
    if let majorVersion, !others.isEmpty {
      let have = others.map { "\($0.majorVersion) in \($0.folder)" }.joined(separator: ", ")
      throw ClusterError(
        .majorVersionMissing,
        "the cluster was made by PostgreSQL \(majorVersion), and only \(have) is installed",
        at: folders.joined(separator: ":"),
        remedy: "install postgresql-\(majorVersion) and postgresql-\(majorVersion)-postgis-3; the "
          + "data is untouched")
    }
    let wanted = majorVersion.map { "PostgreSQL \($0)" } ?? "PostgreSQL 14 to 18"
    throw ClusterError(
      .programsMissing, "no server programs of \(wanted) work here (initdb, postgres, pg_ctl)",
      at: folders.joined(separator: ":"),
      remedy: "install PostgreSQL with PostGIS (Debian: apt install postgresql postgresql-postgis; "
        + "macOS: brew install postgresql@17 postgis), or set DATABASE_URL")
  }

  /// Real folders with all three programs, in the order of preference.
  package static func candidateFolders() -> [String] {
    let installed = [
      versioned(in: "/usr/lib/postgresql", prefix: ""),
      versioned(in: "/opt/homebrew/opt", prefix: "postgresql@"),
      versioned(in: "/usr/local/opt", prefix: "postgresql@"),
      versioned(in: "/usr", prefix: "pgsql-"),
    ].flatMap(\.self).sorted { $0.version > $1.version }.map(\.folder)
    var seen: Set<String> = []
    return (Environment.searchPath + installed).compactMap(realFolder).filter {
      seen.insert($0).inserted
    }
  }

  private static func versioned(
    in parent: String, prefix: String
  ) -> [(version: Int, folder: String)] {
    Files.names(parent).compactMap { name in
      guard name.hasPrefix(prefix), let version = Int(name.dropFirst(prefix.count)),
        supported.contains(version)
      else { return nil }
      return (version, "\(parent)/\(name)/bin")
    }
  }

  /// Where the three programs of a folder really lie: a folder on `PATH` often holds only links,
  /// and a program looks for its siblings beside itself.
  private static func realFolder(_ folder: String) -> String? {
    let parents = names.compactMap { name -> String? in
      guard let path = Files.realPath("\(folder)/\(name)"), path.hasSuffix("/" + name) else {
        return nil
      }
      return String(path.dropLast(name.utf8.count + 1))
    }
    guard parents.count == names.count, Set(parents).count == 1 else { return nil }
    return parents[0]
  }

  /// Asks each program for its version as the server's user, so that a wrapper that only works for
  /// somebody else, or an installation this user can't reach, is passed over.
  private static func probe(_ folder: String, as user: ServerUser) async -> ServerPrograms? {
    var versions: Set<Int> = []
    for name in names {
      let command = user.launcher + ["\(folder)/\(name)", "--version"]
      guard let answer = try? await ChildProcess.run(command, deadlineSeconds: 10),
        answer.status == 0, let version = majorVersion(inAnswer: answer.output)
      else { return nil }
      versions.insert(version)
    }
    guard versions.count == 1, let version = versions.first, supported.contains(version) else {
      return nil
    }
    return ServerPrograms(folder: folder, majorVersion: version)
  }

  /// 15 from `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
  static func majorVersion(inAnswer answer: String) -> Int? {
    let words = answer.split(separator: " ")
    guard words.count > 2, words[1] == "(PostgreSQL)" else { return nil }
    return Int(words[2].prefix { $0.isNumber })
  }
}
