import FoundationEssentials
package import Glibc

/// Small files that survive a crash: written beside, flushed, renamed, the folder flushed too.
package enum DurableFile {
  /// Nil if there is no such file. Throws `file`, also for a file over the limit.
  static func read(_ path: String, limit: Int) throws(LedgerError) -> [UInt8]? {
    guard let bytes = try read(path, upTo: limit + 1) else { return nil }
    guard bytes.count <= limit else { throw .file(path: path, reason: "over \(limit) bytes") }
    return bytes
  }

  /// The first bytes of a file, at most so many; nil if there is no such file. Throws `file`.
  ///
  /// - Parameters:
  ///   - flags: for `open`, besides the usual ones.
  ///   - absent: what `open` says where there is no such file.
  static func read(
    _ path: String, upTo most: Int, flags: Int32 = 0, absent: [Int32] = [ENOENT]
  ) throws(LedgerError) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | flags)
    if descriptor < 0 {
      if absent.contains(errno) { return nil }
      throw failure(path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path) }
    // One more than there are shows the end.
    var room = min(Int(status.st_size) + 1, most)
    var bytes: [UInt8] = []
    while true {
      guard let piece = piece(of: descriptor, room) else { throw failure(path) }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      if piece.count < room || bytes.count == most { return bytes }
      // It has grown, or is no file and tells no size.
      room = min(16_384, most - bytes.count)
    }
  }

  /// The next bytes, fewer only at the end; nil after an error.
  private static func piece(of descriptor: Int32, _ room: Int) -> [UInt8]? {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { memory, count in
      while count < room {
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: memory[count..<room])
        let got = unsafe Glibc.read(descriptor, rest.baseAddress, rest.count)
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { return }
        count += got
      }
    }
    return failed ? nil : bytes
  }

  /// Replaces the file as a whole; a crash leaves the old one or the new one. Several may replace
  /// it at once, also other processes: each writes beside under a name of its own. Throws `file`.
  package static func replace(
    _ path: String, with bytes: [UInt8], mode: mode_t
  ) throws(LedgerError) {
    let beside = beside(path)
    do throws(LedgerError) {
      try writeNew(beside, bytes, mode: mode, flags: O_CREAT | O_EXCL)
      guard unsafe rename(beside, path) == 0 else { throw failure(path) }
    } catch {
      _ = unsafe unlink(beside)
      throw error
    }
    try flushFolder(of: path)
  }

  /// A name that nobody else writes under.
  private static func beside(_ path: String) -> String {
    "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).new"
  }

  /// Makes the file; false if it exists already. Throws `file`.
  static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws(LedgerError) -> Bool {
    let beside = beside(path)
    defer { _ = unsafe unlink(beside) }
    try writeNew(beside, bytes, mode: mode, flags: O_CREAT | O_EXCL)
    // A link, unlike a rename, fails if another process was first.
    guard unsafe link(beside, path) == 0 else {
      if errno == EEXIST { return false }
      throw failure(path)
    }
    try flushFolder(of: path)
    return true
  }

  /// Writes a file whose content is on disk when this returns; its name may not be yet.
  static func writeNew(
    _ path: String, _ bytes: [UInt8], mode: mode_t, flags: Int32
  ) throws(LedgerError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | flags, mode)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    guard fchmod(descriptor, mode) == 0 else { throw failure(path) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw failure(path) }
  }

  private static func flushFolder(of path: String) throws(LedgerError) {
    let cut = path.lastIndex(of: "/")
    let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(folder) }
  }

  static func failure(_ path: String) -> LedgerError {
    .file(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
