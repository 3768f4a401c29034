import FoundationEssentials

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// File-system steps whose failures become `ClusterError`s that name the path.
enum Files {
  struct Status {
    let isFolder: Bool
    let uid: UInt32
    /// Permission bits only.
    let mode: UInt32
  }

  /// What is at the path itself (a symbolic link is not followed); nil if nothing is.
  static func status(_ path: String) -> Status? {
    var entry = stat()
    guard unsafe lstat(path, &entry) == 0 else { return nil }
    return Status(
      isFolder: entry.st_mode & S_IFMT == S_IFDIR, uid: entry.st_uid,
      mode: UInt32(entry.st_mode) & 0o7777)
  }

  /// Whether the path, a symbolic link followed, is a folder, and whose; nil if nothing is there.
  static func target(_ path: String) -> Status? {
    realPath(path).flatMap(status)
  }

  static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Makes the folder, and only it, with exactly this mode and owner. Throws if anything is there.
  static func makeFolder(_ path: String, mode: UInt32, owner: ServerUser) throws(ClusterError) {
    guard unsafe mkdir(path, 0o700) == 0 else { throw failure(errno, "make the folder", path) }
    if owner.uid != geteuid(), unsafe lchown(path, owner.uid, owner.gid) != 0 {
      throw failure(errno, "give the folder to `\(owner.name)`", path)
    }
    guard unsafe chmod(path, mode_t(mode)) == 0 else {
      throw failure(errno, "set the mode of the folder", path)
    }
  }

  /// Writes the whole file beside its place, syncs it, then renames it over the old one.
  static func replace(
    _ path: String, with text: String, mode: UInt32, owner: ServerUser? = nil
  ) throws(ClusterError) {
    let draft = path + ".new"
    unsafe unlink(draft)
    let file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
    guard file >= 0 else { throw failure(errno, "write", path) }
    defer { close(file) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
      guard written > 0 else { throw failure(errno, "write", path) }
      bytes = bytes.dropFirst(written)
    }
    if let owner, owner.uid != geteuid(), fchown(file, owner.uid, owner.gid) != 0 {
      throw failure(errno, "give the file to `\(owner.name)`", path)
    }
    guard fsync(file) == 0 else { throw failure(errno, "write", path) }
    try rename(draft, path)
  }

  static func text(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }

  /// The names in a folder, sorted; empty if it can't be read.
  static func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Removes a folder and all in it. A program that outlived its raiz may still be writing there
  /// for a moment, so a few tries are made.
  static func remove(_ path: String) async throws(ClusterError) {
    for attempt in 0..<5 where status(path) != nil {
      if attempt > 0 { await Pause.milliseconds(200) }
      try? FileManager.default.removeItem(atPath: path)
    }
    guard status(path) == nil else { throw failure(EACCES, "remove", path) }
  }

  static func rename(_ old: String, _ new: String) throws(ClusterError) {
    #if canImport(Darwin)
      let result = unsafe Darwin.rename(old, new)
    #elseif canImport(Musl)
      let result = unsafe Musl.rename(old, new)
    #else
      let result = unsafe Glibc.rename(old, new)
    #endif
    guard result == 0 else { throw failure(errno, "rename \(old)", new) }
  }

  /// Seconds since 1970 at which a file was last written; 0 if it isn't there.
  static func modified(_ path: String) -> Double {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
  }

  /// Makes a rename in the folder durable.
  static func sync(folder: String) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  static func failure(_ number: Int32, _ verb: String, _ path: String) -> ClusterError {
    let what = "raiz could not \(verb): \(errorText(number))"
    return switch number {
    case ENOSPC, EDQUOT:
      ClusterError(
        .diskFull, what, at: path, remedy: "free some space on this disk, then start raiz again")
    case EACCES, EPERM, EROFS:
      ClusterError(
        .folderNotWritable, what, at: path,
        remedy: "let this user write there, or name another data folder with --data or RAIZ_DATA")
    case ENOTDIR, EEXIST:
      ClusterError(
        .folderIsFile, what, at: path,
        remedy: "name a folder, not a file, with --data or RAIZ_DATA")
    default:
      ClusterError(
        .fileFailed, what, at: path, remedy: "see that the disk is there and healthy")
    }
  }
}
