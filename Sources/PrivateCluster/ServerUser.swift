#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The account the server runs as: ours, or `postgres` if we are root, as whom PostgreSQL
/// refuses to run.
package struct ServerUser: Sendable, Hashable {
  package let name: String
  package let uid: UInt32
  package let gid: UInt32
  /// What to write before a command so that it runs as this account; empty if it is ours.
  package let launcher: [String]

  static let accountOfServer = "postgres"

  /// Throws `.serverUserMissing` if we have no account, or are root and can't become `postgres`.
  package static func current() async throws(ClusterError) -> ServerUser {
    let uid = geteuid()
    guard uid == 0 else {
      guard let account = unsafe look({ unsafe getpwuid_r(uid, $0, $1, $2, $3) }) else {
        throw ClusterError(
          .serverUserMissing, "user number \(uid) has no account, and PostgreSQL wants one",
          at: "the account that starts raiz",
          remedy: "start raiz as a user that /etc/passwd names, or set DATABASE_URL")
      }
      return ServerUser(name: account.name, uid: uid, gid: account.gid, launcher: [])
    }
    guard let account = unsafe look({ unsafe getpwnam_r(accountOfServer, $0, $1, $2, $3) }) else {
      throw ClusterError(
        .serverUserMissing, "PostgreSQL will not run as root, and there is no account `postgres`",
        at: "the account that starts raiz",
        remedy: "install PostgreSQL's server package, which makes the account, or start raiz as "
          + "another user than root")
    }
    for launcher in launchers(account) {
      guard let asked = try? await ChildProcess.run(launcher + ["/usr/bin/id", "-u"]) else {
        continue
      }
      if asked.status == 0, asked.output == "\(account.uid)\n" {
        return ServerUser(
          name: accountOfServer, uid: account.uid, gid: account.gid, launcher: launcher)
      }
    }
    throw ClusterError(
      .serverUserMissing, "PostgreSQL will not run as root, and root can't become `postgres` here",
      at: "setpriv, runuser",
      remedy: "install util-linux, or start raiz as another user than root")
  }

  /// `setpriv` first: it replaces itself with the program, `runuser` stays between.
  private static func launchers(_ account: Account) -> [[String]] {
    let folders = Environment.searchPath
    let setpriv = folders.map {
      ["\($0)/setpriv", "--reuid=\(account.uid)", "--regid=\(account.gid)", "--init-groups", "--"]
    }
    let runuser = folders.map { ["\($0)/runuser", "-u", accountOfServer, "--"] }
    return (setpriv + runuser).filter { unsafe access($0[0], X_OK) == 0 }
  }

  private struct Account {
    let name: String
    let uid: UInt32
    let gid: UInt32
  }

  private typealias Found = UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>

  private static let accountBufferBytes = 16_384

  private static func look(
    _ ask: (UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int, Found) -> Int32
  ) -> Account? {
    var entry = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: accountBufferBytes) {
      buffer -> Account? in
      guard let start = buffer.baseAddress,
        unsafe ask(&entry, start, buffer.count, &found) == 0, unsafe found != nil
      else { return nil }
      return unsafe Account(
        name: String(cString: entry.pw_name), uid: entry.pw_uid, gid: entry.pw_gid)
    }
  }
}
