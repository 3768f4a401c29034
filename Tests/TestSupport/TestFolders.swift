import FoundationEssentials
import PrivateCluster
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The temporary folders of test servers: `/tmp/raiz-test-<process>-<number>`.
enum TestFolders {
  private static let prefix = "raiz-test-"
  private static let running = Mutex<[String: ServerInstance]>([:])
  private static let swept: Void = sweep()
  private static let atExit: Void = { _ = atexit { TestFolders.removeAll() } }()

  /// A new folder that the server's user can enter.
  static func make() throws -> String {
    swept
    let name = "\(prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let path = "/tmp/" + name
    guard unsafe mkdir(path, 0o711) == 0, unsafe chmod(path, 0o711) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: ["NSFilePath": path])
    }
    return path
  }

  static func stopAtExit(_ instance: ServerInstance) {
    atExit
    running.withLock { $0[instance.base] = instance }
  }

  static func remove(_ instance: ServerInstance) throws {
    _ = running.withLock { $0.removeValue(forKey: instance.base) }
    try FileManager.default.removeItem(atPath: instance.base)
    try? FileManager.default.removeItem(atPath: instance.socketFolder)
  }

  private static func removeAll() {
    let left = running.withLock { Array($0.values) }
    for instance in left {
      _ = try? ChildProcess.runBlocking(instance.stopCommand(.immediate), deadlineSeconds: 30)
      try? remove(instance)
    }
  }

  /// Stops and removes what test processes that died have left.
  private static func sweep() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
    for name in names where name.hasPrefix(prefix) {
      let parts = name.dropFirst(prefix.count).split(separator: "-")
      guard let first = parts.first, let owner = pid_t(first), owner > 1,
        kill(owner, 0) != 0, errno == ESRCH
      else { continue }
      stopLeftServer(in: "/tmp/" + name)
      try? FileManager.default.removeItem(atPath: "/tmp/" + name)
    }
  }

  /// The first line of `postmaster.pid` is the server's process; the fifth its socket folder.
  private static func stopLeftServer(in folder: String) {
    for data in [folder + "/pgdata", folder + "/data/pgdata"] { stopLeftServer(data: data) }
  }

  private static func stopLeftServer(data: String) {
    guard let text = try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8) else {
      return
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if let process = pid_t(lines[0]), process > 1, works(process, in: data) {
      kill(process, SIGQUIT)
    }
    if lines.count > 4, lines[4].contains("/raiz-") {
      try? FileManager.default.removeItem(atPath: lines[4])
    }
  }

  /// A server works in its data folder; any other process with that number isn't ours to end.
  private static func works(_ process: pid_t, in data: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/cwd")) == data
  }
}
