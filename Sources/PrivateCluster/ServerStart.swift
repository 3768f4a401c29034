#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Starting the server over whatever an earlier one left.
extension ServerInstance {
  /// Starts the server, if it isn't running, and gives the folder with its socket.
  package func start() async throws(ClusterError) -> String {
    let deadline = ContinuousClock.now + .seconds(Self.settleSeconds)
    while true {
      let last: String
      switch await state() {
      case .running(_, let socketFolder, true):
        try SocketFolder.verify(socketFolder, user: user)
        // It may have been killed just now, and not be quite gone.
        guard let refusal = await refusal(socketFolder: socketFolder) else { return socketFolder }
        last = refusal + logTail()
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
}
