import FoundationEssentials
import Glibc

/// A folder that holds a log as static files, held by one writer at a time.
final class LogFolder: Sendable {
  let path: String
  private let descriptor: Int32

  private static let fileMode: mode_t = 0o644

  /// Makes the folder if need be. Throws `file` if it cannot be had, or another process holds it.
  init(_ path: String) throws(LedgerError) {
    self.path = path
    try Self.makeFolder(path)
    descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DurableFile.failure(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      let failure = DurableFile.failure(path)
      close(descriptor)
      throw isHeld ? .file(path: path, reason: "another export is writing into it") : failure
    }
  }

  deinit { close(descriptor) }

  /// Nil if there is no such file.
  func read(_ name: String, limit: Int) throws(LedgerError) -> [UInt8]? {
    try DurableFile.read(path + "/" + name, limit: limit)
  }

  /// The length of a file; nil if there is none.
  func length(_ name: String) -> Int? {
    var status = stat()
    guard unsafe stat(path + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }

  /// Replaces the file as a whole. Its content is on disk when this returns; that its name is,
  /// `flushNames` sees to for all of them at once.
  func write(_ name: String, _ bytes: [UInt8]) throws(LedgerError) {
    let file = path + "/" + name
    if let cut = file.lastIndex(of: "/") { try Self.makeFolder(String(file[..<cut])) }
    let beside = file + ".new"
    try DurableFile.writeNew(beside, bytes, mode: Self.fileMode, flags: O_CREAT | O_TRUNC)
    guard unsafe rename(beside, file) == 0 else { throw DurableFile.failure(file) }
  }

  func flushNames() { sync() }

  /// Replaces the file as a whole; it is on disk when this returns.
  func replaceDurably(_ name: String, _ bytes: [UInt8]) throws(LedgerError) {
    try DurableFile.replace(path + "/" + name, with: bytes, mode: Self.fileMode)
  }

  private static func makeFolder(_ path: String) throws(LedgerError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .file(path: path, reason: "the folder cannot be made")
    }
  }
}
