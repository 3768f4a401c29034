/// Why the private cluster could not be made, started, joined or stopped.
///
/// Every error says what was wrong, where, and what to do; none of them removes data.
public struct ClusterError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable name of the fault; it is printed and may be matched by scripts.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case programsMissing = "cluster.programs-missing"
    case majorVersionMissing = "cluster.major-version-missing"
    case serverUserMissing = "cluster.server-user-missing"
    case programFailed = "cluster.program-failed"
    case programTimedOut = "cluster.program-timed-out"
    case folderIsFile = "cluster.folder-is-file"
    case folderNameUnusable = "cluster.folder-name-unusable"
    case folderNotWritable = "cluster.folder-not-writable"
    case folderOwnedByAnother = "cluster.folder-owned-by-another"
    case folderUnreachable = "cluster.folder-unreachable"
    case fileFailed = "cluster.file-failed"
    case diskFull = "cluster.disk-full"
    case clusterMissing = "cluster.missing"
    case clusterDamaged = "cluster.damaged"
    case initialisationFailed = "cluster.initialisation-failed"
    case startFailed = "cluster.start-failed"
    case stopFailed = "cluster.stop-failed"
    case startLockTimedOut = "cluster.start-lock-timed-out"
    case socketFolderUntrusted = "cluster.socket-folder-untrusted"
    case postgisMissing = "cluster.postgis-missing"
    case databaseFailed = "cluster.database-failed"
  }

  public let code: Code
  /// What was wrong, one sentence.
  public let what: String
  /// The file, folder or program it was about.
  public let place: String
  /// What to do about it.
  public let remedy: String

  package init(_ code: Code, _ what: String, at place: String, remedy: String) {
    self.code = code
    self.what = what
    self.place = place
    self.remedy = remedy
  }

  public var description: String {
    "\(what)\n  where: \(place)\n  what to do: \(remedy)\n  code: \(code.rawValue)"
  }
}
