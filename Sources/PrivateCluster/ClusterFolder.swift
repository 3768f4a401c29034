import FoundationEssentials

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The data folder: what raiz keeps on this machine, its cluster among it.
public struct ClusterFolder: Sendable, Hashable {
  /// Absolute; symbolic links in it are not resolved.
  public let path: String

  /// - Parameter path: absolute, or relative to the working folder.
  public init(_ path: String) {
    let absolute =
      path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    let parts = absolute.split(separator: "/").filter { $0 != "." }
    self.path = "/" + parts.joined(separator: "/")
  }

  /// The folder to use: the one named explicitly, else `RAIZ_DATA`, else `raiz` in
  /// `XDG_DATA_HOME`, else `~/.local/share/raiz` (XDG Base Directory Specification 0.8; a relative
  /// `XDG_DATA_HOME` is ignored, as it asks).
  public static func resolve(
    explicit: String? = nil, environment: [String: String]? = nil
  ) -> ClusterFolder {
    let environment = environment ?? ProcessInfo.processInfo.environment
    func value(_ name: String) -> String? {
      environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    if let named = explicit ?? value("RAIZ_DATA") { return ClusterFolder(named) }
    if let data = value("XDG_DATA_HOME"), data.hasPrefix("/") {
      return ClusterFolder(data + "/raiz")
    }
    let home = value("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path
    return ClusterFolder(home + "/.local/share/raiz")
  }

  /// Makes the folder if it is missing, with its parents, and checks that it is ours.
  /// Gives its real path.
  func prepare() throws(ClusterError) -> String {
    // PostgreSQL's own files hold the path as one line.
    guard !path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
      throw ClusterError(
        .folderNameUnusable, "the data folder's path has control characters", at: path,
        remedy: "name another data folder with --data or RAIZ_DATA")
    }
    var made = ""
    let parts = path.split(separator: "/")
    for (index, part) in parts.enumerated() {
      made += "/" + part
      if let status = Files.target(made) {
        guard status.isFolder else { throw Files.failure(ENOTDIR, "use the data folder", made) }
        continue
      }
      // Root's is open for passing through, so that the server's user may reach the cluster.
      let own: mode_t = geteuid() == 0 ? 0o711 : 0o700
      guard unsafe mkdir(made, index == parts.count - 1 ? own : 0o755) == 0 || errno == EEXIST
      else { throw Files.failure(errno, "make the data folder", made) }
    }
    guard let real = Files.realPath(path), let status = Files.status(real) else {
      throw Files.failure(errno, "use the data folder", path)
    }
    guard status.uid == geteuid() || geteuid() == 0 else { throw Self.foreign(path, status) }
    return real
  }

  static func foreign(_ path: String, _ status: Files.Status) -> ClusterError {
    ClusterError(
      .folderOwnedByAnother,
      "it belongs to user number \(status.uid), and raiz runs as number \(geteuid())", at: path,
      remedy: "start raiz as its owner, or name another data folder with --data or RAIZ_DATA")
  }
}
