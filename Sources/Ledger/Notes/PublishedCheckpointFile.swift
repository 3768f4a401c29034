/// The newest checkpoint this server has let out, kept outside the database.
///
/// A database restored to an earlier point is recognised by it: nothing smaller than, or
/// inconsistent with, what is in this file is ever signed.
public struct PublishedCheckpointFile: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// The note last stored, or nil if there is none yet. Throws `file`.
  public func load() throws(LedgerError) -> String? {
    guard let bytes = try DurableFile.read(path, limit: SignedNote.maximumBytes) else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces the note; it is on disk when this returns. Throws `file`.
  public func store(_ note: String) throws(LedgerError) {
    try DurableFile.replace(path, with: Array(note.utf8), mode: 0o644)
  }
}
