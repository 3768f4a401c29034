public import ValueTypes

/// The body of `POST …/add-checkpoint` (C2SP tlog-witness v1.0.0).
public struct AddCheckpointRequest: Sendable, Equatable {
  /// The text's own limit: no tree of 64-bit size needs more.
  public static let maximumProofLines = 63
  /// Proof, and a note with its signatures.
  public static let maximumBytes = 65_536

  /// The size that the witness knows, as the asker believes; 0 if none.
  public let oldSize: Int64
  /// The consistency proof from `oldSize` to the checkpoint's size (RFC 6962 section 2.1.2).
  public let proof: [SHA256Digest]
  /// The signed note.
  public let checkpoint: String

  public init(oldSize: Int64, proof: [SHA256Digest], checkpoint: String) {
    self.oldSize = oldSize
    self.proof = proof
    self.checkpoint = checkpoint
  }

  public var text: String {
    let lines = proof.map { Base64.encode($0.bytes) + "\n" }.joined()
    return "old \(oldSize)\n\(lines)\n\(checkpoint)"
  }

  /// Reads a body; the note is not looked into. Throws `malformed`.
  public init(parsing body: [UInt8]) throws(LedgerError) {
    guard body.count <= Self.maximumBytes, let text = String(validating: body, as: UTF8.self)
    else { throw Self.malformed("is not UTF-8 of at most \(Self.maximumBytes) bytes") }
    // On bytes: to Swift a line end after a combining mark is no character of its own.
    let bytes = text.utf8
    var lines: [Substring] = []
    var rest = text[...]
    while true {
      guard let end = rest.utf8.firstIndex(of: 0x0A) else {
        throw Self.malformed("has no empty line after the proof")
      }
      let line = rest[..<end]
      rest = rest[bytes.index(after: end)...]
      if line.isEmpty { break }
      guard lines.count <= Self.maximumProofLines else {
        throw Self.malformed("has more than \(Self.maximumProofLines) proof lines")
      }
      lines.append(line)
    }
    guard let first = lines.first, first.hasPrefix("old "), let size = Int64(first.dropFirst(4)),
      size >= 0, first == "old \(size)"
    else { throw Self.malformed("does not begin with «old» and a plain decimal size") }
    var proof: [SHA256Digest] = []
    for line in lines.dropFirst() {
      guard let bytes = Base64.decode(line), let hash = SHA256Digest(bytes) else {
        throw Self.malformed("has a proof line that is no base64 of 32 bytes")
      }
      proof.append(hash)
    }
    self.init(oldSize: size, proof: proof, checkpoint: String(rest))
  }

  private static func malformed(_ reason: String) -> LedgerError {
    .malformed(what: "add-checkpoint request", reason: reason)
  }
}
