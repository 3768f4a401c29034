import Foundation
import Glibc
import Ledger

/// Files that hold secrets: whole or not there, and gone for good once destroyed.
enum SecretFile {
  /// Makes the file as a whole, mode 0600. Several may make it at once.
  static func create(_ path: String, _ bytes: [UInt8]) throws {
    do {
      try DurableFile.replace(path, with: bytes, mode: 0o600)
    } catch LedgerError.file(_, let reason) {
      throw ApplicationError.cannotWrite(path, reason: reason)
    }
  }

  /// Overwrites parts of a file in place with `byte` and flushes it. A file that is gone is done.
  static func overwrite(_ path: String, _ parts: [Range<Int>], with byte: UInt8) throws {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return }
      throw cannotWrite(path)
    }
    defer { close(descriptor) }
    for part in parts {
      try fill(descriptor, [UInt8](repeating: byte, count: part.count), at: part.lowerBound, path)
    }
    guard fsync(descriptor) == 0 else { throw cannotWrite(path) }
  }

  static func remove(_ path: String) throws {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw cannotWrite(path) }
    try flush(folder: folder(of: path))
  }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Makes the folder, for its owner only, where it is missing.
  static func makeFolder(_ path: String) throws {
    if unsafe mkdir(path, 0o700) == 0 { return try flush(folder: folder(of: path)) }
    guard errno == EEXIST else { throw cannotWrite(path) }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// Makes names in the folder, new ones and missing ones, survive a crash.
  private static func flush(folder: String) throws {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw cannotWrite(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw cannotWrite(folder) }
  }

  private static func fill(
    _ descriptor: Int32, _ bytes: [UInt8], at offset: Int, _ path: String
  ) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let place = off_t(offset + rest.startIndex)
      let count = unsafe rest.withUnsafeBytes {
        unsafe pwrite(descriptor, $0.baseAddress, $0.count, place)
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
