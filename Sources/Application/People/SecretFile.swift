import Foundation
import Glibc

/// Files that hold a secret: whole or not there, and gone for good once destroyed.
enum SecretFile {
  /// Writes beside `path`, mode 0600; `publish` gives it its name.
  static func write(_ bytes: [UInt8], beside path: String, flush: Bool) throws {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
    let descriptor = unsafe open(beside(path), flags, 0o600)
    guard descriptor >= 0 else { throw cannotWrite(path) }
    defer { close(descriptor) }
    try fill(descriptor, bytes, path)
    if flush, fsync(descriptor) != 0 { throw cannotWrite(path) }
  }

  /// Flushes many files for about the price of one: the system writes all of them out first, so
  /// that waiting for each, which alone tells of an error, takes no time.
  static func flush(beside paths: [String]) throws {
    sync()
    for path in paths {
      let descriptor = unsafe open(beside(path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { throw cannotWrite(path) }
      defer { close(descriptor) }
      guard fsync(descriptor) == 0 else { throw cannotWrite(path) }
    }
  }

  /// Gives a file that was flushed its name.
  static func publish(_ path: String) throws {
    guard unsafe rename(beside(path), path) == 0 else { throw cannotWrite(path) }
  }

  /// Makes names in the folder, new ones and missing ones, survive a crash.
  static func flush(folder: String) throws {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotWrite(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw cannotWrite(folder) }
  }

  /// Overwrites the file and what lies beside it, and removes both. Nothing there is done.
  static func destroy(_ path: String) throws {
    var found = false
    for place in [path, beside(path)] where try overwrite(place) {
      guard unsafe unlink(place) == 0 || errno == ENOENT else { throw cannotWrite(place) }
      found = true
    }
    if found { try flush(folder: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])) }
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Makes the folder, for its owner only. True if it was not there.
  static func makeFolder(_ path: String) throws -> Bool {
    if unsafe mkdir(path, 0o700) == 0 { return true }
    guard errno == EEXIST else { throw cannotWrite(path) }
    return false
  }

  private static func beside(_ path: String) -> String { path + ".new" }

  private static func overwrite(_ path: String) throws -> Bool {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return false }
      throw cannotWrite(path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw cannotWrite(path) }
    try fill(descriptor, [UInt8](repeating: 0, count: Int(status.st_size)), path)
    guard fsync(descriptor) == 0 else { throw cannotWrite(path) }
    return true
  }

  private static func fill(_ descriptor: Int32, _ bytes: [UInt8], _ path: String) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw cannotWrite(path)
      }
      rest = rest.dropFirst(count)
    }
  }

  private static func cannotWrite(_ path: String) -> ApplicationError {
    .cannotWrite(path, reason: unsafe String(cString: strerror(errno)))
  }
}
