public import ValueTypes

/// "This ledger has `size` events and this root hash": the body of a C2SP tlog-checkpoint.
public struct Checkpoint: Sendable, Hashable {
  /// Names the ledger, and is the name of the key that signs.
  public let origin: String
  public let size: Int64
  public let root: SHA256Digest

  public init(origin: String, size: Int64, root: SHA256Digest) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// The three lines that are signed.
  public var body: String {
    "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n"
  }

  /// Reads the three lines; lines after them are extensions, which are signed but not understood.
  /// Throws `invalidNote`.
  public init(body: String) throws(LedgerError) {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines.last == "", !lines.dropLast().contains("") else {
      throw .invalidNote(reason: "a checkpoint has at least three lines, none of them empty")
    }
    guard let size = Int64(lines[1]), size >= 0, String(size) == lines[1] else {
      throw .invalidNote(reason: "the second line is no plain decimal size")
    }
    guard let bytes = Base64.decode(lines[2]), let root = SHA256Digest(bytes) else {
      throw .invalidNote(reason: "the third line is no base64 of 32 bytes")
    }
    self.init(origin: String(lines[0]), size: size, root: root)
  }
}
