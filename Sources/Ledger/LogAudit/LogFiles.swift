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

  /// Of a file over the limit so much that whoever reads it sees that. What is no file is not
  /// waited for.
  private func whole(_ name: String, limit: Int) throws(LedgerError) -> [UInt8]? {
    try DurableFile.read(
      path + "/" + name, upTo: limit + 1, flags: O_NONBLOCK, absent: [ENOENT, ENOTDIR])
  }
}
