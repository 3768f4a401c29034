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
    return try await ChildProcess.run(user.launcher + words)
  }

  package func state() async -> ServerState {
    await ServerState.read(data: Files.realPath(data) ?? data, user: user)
  }

  /// Starts the server, if it isn't running, and gives the folder with its socket.
  package func start() async throws(ClusterError) -> String {
    let deadline = ContinuousClock.now + .seconds(Self.settleSeconds)
    while true {
      let last: String
      switch await state() {
      case .running(_, let socketFolder, true):
        try SocketFolder.verify(socketFolder, user: user)
        return socketFolder
      case .running(let process, _, false):
        last = "process \(process) is alive, and takes no connections\n" + logTail()
      case .stale(reused: true):
        try await removeStaleProcessFile()
        last = "processes of a killed server are still at work in the folder"
      case .stale(reused: false), .stopped:
        let socketFolder = try prepare()
        // Relative paths: pg_ctl hands what it is given to a shell, and a path may hold anything.
        let outcome = try await ChildProcess.run(
          user.launcher + [
            programs.path("pg_ctl"), "start", "--silent", "--wait",
            "--timeout=\(Self.startSeconds)", "--pgdata=pgdata", "--log=log/start.log",
          ], in: base, deadlineSeconds: Self.startSeconds + 10)
        if outcome.status == 0 { return socketFolder }
        last = outcome.output + logTail()
        if !isPassing(last) { throw failure(.startFailed, "the server did not start", last) }
      }
      guard .now < deadline else {
        throw failure(.startFailed, "the server did not start", last)
      }
      await Pause.milliseconds(300)
    }
  }

  /// A killed server's back ends take a moment to notice and to let go of its shared memory.
  private func isPassing(_ text: String) -> Bool {
    ["still in use", "lock file \"postmaster.pid\" already exists"].contains(where: text.contains)
  }

  /// PostgreSQL itself steps over a `postmaster.pid` whose process is gone, not over one whose
  /// number now belongs to another program.
  private func removeStaleProcessFile() async throws(ClusterError) {
    let file = data + "/postmaster.pid"
    guard await !ServerState.hasProcesses(data: Files.realPath(data) ?? data, user: user) else {
      return
    }
    log("removing \(file): the process it names is another program")
    try await Files.remove(file)
  }

  /// Writes what the server reads at its start. Gives the folder for its socket.
  private func prepare() throws(ClusterError) -> String {
    let socketFolder = socketFolder
    try SocketFolder.prepare(socketFolder, user: user)
    // What a killed server left: its process number may be another program's by now, for which
    // PostgreSQL would refuse to start.
    for name in [".s.PGSQL.\(Self.port)", ".s.PGSQL.\(Self.port).lock"] {
      unsafe unlink("\(socketFolder)/\(name)")
    }
    if Files.status(logFolder) == nil {
      try Files.makeFolder(logFolder, mode: 0o700, owner: user)
    }
    // Only what this start says; what the running server logs goes to files of its own.
    unsafe unlink(startLog)
    let text = settings.text(socketFolder: socketFolder, logFolder: logFolder)
    try Files.replace(
      "\(data)/\(ServerSettings.fileName)", with: text, mode: 0o600, owner: user)
    try Admission.write(data: data, user: user)
    return socketFolder
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
