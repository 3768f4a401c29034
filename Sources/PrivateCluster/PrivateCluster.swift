public import PostgreSQL

/// The PostgreSQL cluster that raiz makes, runs and stops itself when no `DATABASE_URL` is set.
///
/// Every process that uses it holds a shared lock on `users.lock`; what starts or stops the server
/// happens under an exclusive lock on `start.lock`. The last to close stops the server. A process
/// that is killed leaves the server running, and the next one joins it.
public actor PrivateCluster {
  /// The superuser on the database `raiz`, by the socket.
  public nonisolated let target: ConnectionTarget
  public nonisolated let folder: ClusterFolder
  package nonisolated let instance: ServerInstance
  private var users: FileLock?

  private init(
    target: ConnectionTarget, folder: ClusterFolder, instance: ServerInstance,
    users: consuming FileLock
  ) {
    self.target = target
    self.folder = folder
    self.instance = instance
    self.users = consume users
  }

  /// Makes the cluster if there is none, starts its server if it doesn't run, or joins it.
  ///
  /// - Parameter log: told of each step an operator may want to know of, one line each.
  /// Throws `ClusterError`; nothing in the folder is lost by it.
  public static func open(
    folder: ClusterFolder, log: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> PrivateCluster {
    try await open(folder: folder, programs: nil, log: log)
  }

  /// - Parameter programs: the folders to look for PostgreSQL's programs in; nil for the usual.
  package static func open(
    folder: ClusterFolder, programs: [String]?, log: @escaping @Sendable (String) -> Void
  ) async throws(ClusterError) -> PrivateCluster {
    let real = try folder.prepare()
    let gate = try await FileLock.exclusive(real + "/start.lock")
    let user = try await ServerUser.current()
    let location = try await ClusterLocation.find(folder: real, user: user, log: log)
    // Two data folders may name one place, when one was copied.
    let baseGate =
      location.isElsewhere ? try await FileLock.exclusive(location.base + "/start.lock") : nil
    let users = try FileLock(location.base + "/users.lock")
    guard users.tryShared() else {
      throw ClusterError(
        .startLockTimedOut, "another program has locked the list of users", at: users.path,
        remedy: "end that program (fuser \(users.path) names it), then start raiz again")
    }
    let version = try location.existingVersion()
    let instance = ServerInstance(
      base: location.base,
      programs: try await ServerPrograms.find(
        majorVersion: version, for: user, among: programs ?? ServerPrograms.candidateFolders()),
      user: user, settings: ServerSettings(), log: log)
    do {
      let target = try await instance.bringUp(location, isNew: version == nil)
      _ = consume baseGate
      _ = consume gate
      return PrivateCluster(target: target, folder: folder, instance: instance, users: users)
    } catch {
      if users.tryExclusive() { try? await instance.stop() }
      throw error
    }
  }

  /// Leaves the cluster, and stops its server if nobody else uses it. A second call does nothing.
  public func close() async throws {
    guard let users = users.take() else { return }
    let gate = try await FileLock.exclusive(instance.base + "/start.lock")
    if users.tryExclusive() {
      try await instance.stop()
      instance.log("the server has stopped")
    } else {
      instance.log("the server goes on: another raiz uses it")
    }
    _ = consume gate
  }

  /// Lets this user connect as every role that may log in now. `open` does so too; call it after
  /// making roles.
  public func admitLoginRoles() async throws {
    try await instance.admitLoginRoles(target)
  }
}

extension ServerInstance {
  /// From whatever is there to a server with a database. The caller holds the locks.
  fileprivate func bringUp(
    _ location: ClusterLocation, isNew: Bool
  ) async throws(ClusterError) -> ConnectionTarget {
    if isNew {
      log("making a PostgreSQL \(programs.majorVersion) cluster in \(data)")
      try await initialise()
    }
    try location.markReady()
    if case .running = await state() {
      log("joining the server in \(data)")
    } else {
      log("starting PostgreSQL \(programs.majorVersion) in \(data)")
    }
    return try await prepareDatabase(socketFolder: try await start())
  }
}

extension ClusterLocation {
  /// The major version that made the cluster; nil if there is none yet.
  fileprivate func existingVersion() throws(ClusterError) -> Int? {
    guard let status = Files.status(data) else { return nil }
    guard status.uid == user.uid else { throw ClusterFolder.foreign(data, status) }
    let text = Files.text(data + "/PG_VERSION") ?? ""
    guard let version = Int(text.prefix { $0.isNumber }) else {
      throw ClusterError(
        .clusterDamaged, "the folder holds no cluster: its PG_VERSION is missing or unreadable",
        at: data, remedy: "restore it from a backup, or move it away to begin anew")
    }
    return version
  }
}
