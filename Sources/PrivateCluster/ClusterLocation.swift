#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where the cluster of a data folder lies: in it, or, if root's server user can't enter it, under
/// `/var/lib/raiz`, with a file in the data folder that says so.
struct ClusterLocation: Sendable {
  static let fileName = "cluster-location"
  static let elsewhere = "/var/lib/raiz"
  static let namesLimit = 100

  /// The data folder's real path.
  let folder: String
  /// What holds `pgdata`, `log` and the lock on who uses them.
  let base: String
  let user: ServerUser

  private var file: String { "\(folder)/\(Self.fileName)" }
  var data: String { base + "/pgdata" }
  var isElsewhere: Bool { base != folder }

  /// Decides where a new cluster goes, or finds the old one. The caller holds the start lock.
  static func find(
    folder: String, user: ServerUser, log: @Sendable (String) -> Void
  ) async throws(ClusterError) -> ClusterLocation {
    let file = "\(folder)/\(fileName)"
    if Files.status(file) != nil { return try read(file, folder: folder, user: user) }
    let inside = ClusterLocation(folder: folder, base: folder, user: user)
    if await canEnter(folder, user) { return inside }
    guard Files.status(inside.data) == nil else {
      throw ClusterError(
        .folderUnreachable,
        "the cluster lies in a folder that `\(user.name)`, as whom the server runs, can't enter",
        at: inside.data,
        remedy: "give the folders above it their permission to pass back (chmod a+x)")
    }
    let base = try freshBase(folder)
    log("`\(user.name)` can't enter \(folder), so the cluster goes to \(base); \(file) says so")
    let location = ClusterLocation(folder: folder, base: base, user: user)
    try location.write(state: "making")
    try makeBase(base)
    return location
  }

  /// After this a missing cluster is an error, not a reason to make a new one.
  func markReady() throws(ClusterError) {
    if isElsewhere { try write(state: "ready") }
  }

  /// Two lines: the folder, and `making` or `ready`.
  private func write(state: String) throws(ClusterError) {
    try Files.replace(file, with: "\(base)\n\(state)\n", mode: 0o644)
  }

  private static func read(
    _ file: String, folder: String, user: ServerUser
  ) throws(ClusterError) -> ClusterLocation {
    let lines = (Files.text(file) ?? "").split(separator: "\n").map(String.init)
    guard lines.count == 2, lines[0].hasPrefix("/"), ["making", "ready"].contains(lines[1]) else {
      throw ClusterError(
        .clusterDamaged, "the file that says where the cluster lies can't be understood", at: file,
        remedy: "write the cluster's folder into its first line (look in \(elsewhere)) and `ready` "
          + "into its second")
    }
    let location = ClusterLocation(folder: folder, base: lines[0], user: user)
    if lines[1] == "ready" {
      guard Files.status(location.data) != nil else {
        throw ClusterError(
          .clusterMissing, "the cluster of the data folder \(folder) is not where it was",
          at: location.data,
          remedy: "bring it back, from a backup if need be; or, to begin with an empty ledger, "
            + "remove \(file)")
      }
    } else if Files.status(location.base) == nil {
      try makeBase(location.base)
    }
    return location
  }

  /// A name nobody used: what lies under the plain name may be the cluster of an earlier folder at
  /// the same path, whose data is not ours to take or to touch.
  private static func freshBase(_ folder: String) throws(ClusterError) -> String {
    let plain = "\(elsewhere)/\(StableHash.hexadecimal(folder))"
    let names = [plain] + (2...namesLimit).map { "\(plain)-\($0)" }
    guard let free = names.first(where: { Files.status($0) == nil }) else {
      throw ClusterError(
        .clusterDamaged, "there are \(namesLimit) old clusters of this data folder", at: plain,
        remedy: "remove those that nobody needs")
    }
    return free
  }

  private static func makeBase(_ base: String) throws(ClusterError) {
    for folder in ["/var/lib", elsewhere, base] where Files.status(folder) == nil {
      guard unsafe mkdir(folder, 0o711) == 0, unsafe chmod(folder, 0o711) == 0 else {
        throw Files.failure(errno, "make the folder", folder)
      }
    }
  }

  /// Asked by trying, since more than the permission bits may decide.
  private static func canEnter(_ folder: String, _ user: ServerUser) async -> Bool {
    if user.launcher.isEmpty { return true }
    let command = ["/bin/sh", "-c", "cd -- \"$1\"", "sh", folder]
    let answer = try? await ChildProcess.run(user.launcher + command, deadlineSeconds: 10)
    return answer?.status == 0
  }
}
