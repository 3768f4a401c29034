import FoundationEssentials
package import PostgreSQL

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// One cluster on disk and the programs that run it. It takes no locks: its caller holds them.
///
/// Under `base`: `pgdata`, the cluster; `log`, the server's own; both of the server's user.
package struct ServerInstance: Sendable {
  package static let port = 5432
  package static let superuser = "postgres"
  /// A start may have to recover what a crash left; PostgreSQL says how far it is in its log.
  static let startSeconds = 300
  /// How long a server that is just ending, or a killed server's back ends, may take to be gone.
  static let settleSeconds = 30

  package let base: String
  package let programs: ServerPrograms
  package let user: ServerUser
  package let settings: ServerSettings
  let log: @Sendable (String) -> Void

  var data: String { base + "/pgdata" }
  var logFolder: String { base + "/log" }
  /// Where a start by us puts the socket.
  package var socketFolder: String {
    SocketFolder.path(data: Files.realPath(data) ?? data, user: user)
  }
  var startLog: String { logFolder + "/start.log" }

  package init(
    base: String, programs: ServerPrograms, user: ServerUser, settings: ServerSettings,
    log: @escaping @Sendable (String) -> Void
  ) {
    self.base = base
    self.programs = programs
    self.user = user
    self.settings = settings
    self.log = log
  }

  /// Makes the cluster. It appears under its name only when it is whole; an interrupted one stays
  /// under another name, and the next call removes it.
  package func initialise() async throws(ClusterError) {
    for name in Files.names(base) where name.hasPrefix("pgdata.new-") {
      log("removing the half-made cluster \(base)/\(name)")
      try await Files.remove("\(base)/\(name)")
    }
    let draft = "\(data).new-\(ProcessInfo.processInfo.processIdentifier)"
    try Files.makeFolder(draft, mode: 0o700, owner: user)
    var outcome = try await make(draft, locale: "C.UTF-8")
    if outcome.status != 0, outcome.output.contains("invalid locale") {
      outcome = try await make(draft, locale: "C")
    }
    guard outcome.status == 0 else {
      try? await Files.remove(draft)
      throw failure(.initialisationFailed, "the cluster could not be made", outcome.output)
    }
    let configuration = draft + "/postgresql.conf"
    guard let defaults = Files.text(configuration) else {
      throw Files.failure(ENOENT, "read", configuration)
    }
    try Files.replace(
      configuration, with: defaults + "\ninclude_if_exists = '\(ServerSettings.fileName)'\n",
      mode: 0o600, owner: user)
    Files.sync(folder: draft)
    try Files.rename(draft, data)
    Files.sync(folder: base)
  }

  private func make(_ folder: String, locale: String) async throws(ClusterError)
    -> FinishedProgram
  {
    var words = [
      programs.path("initdb"), "--pgdata=\(folder)", "--encoding=UTF8", "--locale=\(locale)",
      "--username=\(Self.superuser)", "--auth=peer", "--data-checksums",
    ]
    if !settings.durable { words.append("--no-sync") }
    return try await ChildProcess.run(user.launcher + words, in: base)
  }

  package func state() async -> ServerState {
    await ServerState.read(data: Files.realPath(data) ?? data, user: user)
  }

  /// Stops the server if it runs, ending its sessions.
  package func stop(_ mode: StopMode = .fast) async throws(ClusterError) {
    guard case .running(_, let socketFolder, _) = await state() else { return }
    let outcome = try await ChildProcess.run(stopCommand(mode))
    if outcome.status != 0, case .running = await state() {
      throw failure(.stopFailed, "the server did not stop", outcome.output + logTail())
    }
    // Only if it is empty, as it is now.
    unsafe rmdir(socketFolder)
  }

  package enum StopMode: String, Sendable {
    /// Ends sessions, writes everything, then stops.
    case fast
    /// Stops at once, as a crash would; the next start recovers.
    case immediate
  }

  package func stopCommand(_ mode: StopMode) -> [String] {
    user.launcher + [
      programs.path("pg_ctl"), "stop", "--silent", "--wait", "--timeout=120",
      "--pgdata=\(data)", "--mode=\(mode.rawValue)",
    ]
  }

  /// How the superuser reaches a database of a server whose socket lies in the folder.
  package static func target(socketFolder: String, database: String) -> ConnectionTarget {
    ConnectionTarget(parameters: [
      "host": socketFolder, "port": String(port), "dbname": database, "user": superuser,
    ])
  }
}
