import FoundationEssentials

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the cluster's `postmaster.pid` and the system's processes say together.
package enum ServerState: Sendable, Hashable {
  case stopped
  /// `postmaster.pid` was left behind. Its process number may be another program's by now, as it
  /// often is after a container was started again.
  case stale(reused: Bool)
  /// The server is alive, and takes connections in `socketFolder` if `ready`.
  case running(processID: Int32, socketFolder: String, ready: Bool)

  /// Reads the state. `data` is the real path of the cluster's data folder.
  static func read(data: String, user: ServerUser) async -> ServerState {
    guard let text = Files.text(data + "/postmaster.pid") else { return .stopped }
    // Lines: process, data folder, start time, port, socket folder, address, memory key, status.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let number = lines.first, let process = Int32(number), process > 1 else {
      return .stale(reused: false)
    }
    guard kill(process, 0) == 0 || errno == EPERM else { return .stale(reused: false) }
    guard await workingFolders(of: String(process), as: user)?.contains(data) ?? true else {
      return .stale(reused: true)
    }
    let ready = lines.count > 7 && lines[7].hasPrefix("ready")
    return .running(
      processID: process, socketFolder: lines.count > 4 ? lines[4] : "", ready: ready)
  }

  /// Whether any process works in the data folder, such as a back end whose server was killed.
  static func hasProcesses(data: String, user: ServerUser) async -> Bool {
    await workingFolders(of: "[0-9]*", as: user)?.contains(data) ?? true
  }

  /// The working folders of processes; a server's processes all work in its data folder.
  /// Asked as the server's user, since even root may not look at another user's process in a
  /// container. Nil where there is no `/proc`.
  private static func workingFolders(
    of pattern: String, as user: ServerUser
  ) async -> Set<String>? {
    guard Files.status("/proc/self/stat") != nil else { return nil }
    let command = ["/bin/sh", "-c", "readlink /proc/\(pattern)/cwd; true"]
    guard let answer = try? await ChildProcess.run(user.launcher + command, deadlineSeconds: 10)
    else { return nil }
    return Set(answer.output.split(separator: "\n").map(String.init))
  }
}
