#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The private folder with the server's socket. A socket's path has at most 107 bytes (103 on
/// macOS), so the socket can't lie in the data folder, whose path may be long.
enum SocketFolder {
  static let socketPathLimitBytes = 103

  /// Where a new start of the server puts its socket: `XDG_RUNTIME_DIR` if that is the server
  /// user's own, else `/tmp`, in a folder named from the user and the data folder's real path.
  static func path(data: String, user: ServerUser) -> String {
    let name = "raiz-\(user.uid)-\(StableHash.hexadecimal(data))"
    if let runtime = Environment.value("XDG_RUNTIME_DIR"), runtime.hasPrefix("/"),
      let status = Files.status(runtime), isPrivate(status, to: user),
      "\(runtime)/\(name)/.s.PGSQL.\(ServerInstance.port)".utf8.count <= socketPathLimitBytes
    {
      return "\(runtime)/\(name)"
    }
    return "/tmp/\(name)"
  }

  /// Makes the folder if it is missing, and in any case verifies it.
  static func prepare(_ path: String, user: ServerUser) throws(ClusterError) {
    if Files.status(path) == nil {
      try Files.makeFolder(path, mode: 0o700, owner: user)
    } else if let status = Files.status(path), status.isFolder, status.uid == geteuid(),
      status.uid != user.uid
    {
      // Root made it, and was killed before giving it away.
      guard unsafe lchown(path, user.uid, user.gid) == 0 else {
        throw Files.failure(errno, "give the folder to `\(user.name)`", path)
      }
    }
    try verify(path, user: user)
  }

  /// Throws `.socketFolderUntrusted` unless it is a folder of the server's user that nobody else
  /// may enter: in `/tmp` anyone may have made it first, with a socket of theirs inside.
  static func verify(_ path: String, user: ServerUser) throws(ClusterError) {
    guard let status = Files.status(path), isPrivate(status, to: user) else {
      throw ClusterError(
        .socketFolderUntrusted,
        "the folder for the server's socket is not a private folder of `\(user.name)`", at: path,
        remedy: "find out who made it, remove it, then start raiz again")
    }
  }

  private static func isPrivate(_ status: Files.Status, to user: ServerUser) -> Bool {
    status.isFolder && status.uid == user.uid && status.mode & 0o077 == 0
  }
}

/// FNV-1a, 64 bits: a name for a path that is the same in every process. Not for security.
package enum StableHash {
  package static func hexadecimal(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
