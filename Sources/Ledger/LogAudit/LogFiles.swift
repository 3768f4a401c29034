import Glibc

/// A log as static files, as `LogExport` writes them and any web server gives them; only read.
struct LogFiles: Sendable {
  let path: String

  /// A bundle's longest: 256 entries, each behind its length.
  private static let mostBytes = TilePath.fullWidth * (EntryBundle.maximumEntryBytes + 2)

  /// The bytes of a tile or a bundle; nil if there is no such file. Throws `file`.
  func bytes(_ tile: TilePath) throws(LedgerError) -> [UInt8]? {
    try whole(tile.path, limit: Self.mostBytes)
  }

  /// The signed note; nil if there is none. Throws `file`.
  func checkpoint() throws(LedgerError) -> String? {
    let bytes = try whole(LogExport.checkpointName, limit: SignedNote.maximumBytes)
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Of a file over the limit so much that whoever reads it sees that.
  private func whole(_ name: String, limit: Int) throws(LedgerError) -> [UInt8]? {
    let file = path + "/" + name
    // What is no file is not waited for.
    let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw DurableFile.failure(file)
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw DurableFile.failure(file) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .file(path: file, reason: "it is no file")
    }
    var failed = false
    let size = min(Int(status.st_size), limit + 1)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { room, count in
      while count < room.count {
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: room[count...])
        let got = unsafe read(descriptor, rest.baseAddress, rest.count)
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        // A file that was cut meanwhile is as long as it now is.
        if got <= 0 { return }
        count += got
      }
    }
    if failed { throw DurableFile.failure(file) }
    return bytes
  }
}
