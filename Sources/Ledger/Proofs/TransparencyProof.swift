public import ValueTypes

/// A C2SP tlog-proof: that an entry is in a signed tree, in one text that verifies offline.
///
///     c2sp.org/tlog-proof@v1
///     extra BASE64            (only if there is extra data)
///     index N
///     BASE64                  (the inclusion proof, the leaf's sibling first)
///
///     CHECKPOINT              (the signed note, as it was issued)
public struct TransparencyProof: Sendable, Equatable {
  /// What files of this format are named by.
  public static let fileExtension = "tlog-proof"
  public static let mediaType = "text/plain; charset=utf-8"

  private static let header = "c2sp.org/tlog-proof@v1"
  /// A tree of 2^62 leaves is 62 levels high.
  private static let maximumHashes = 62
  private static let maximumExtraBytes = 65_536
  private static let maximumBytes = SignedNote.maximumBytes + 2 * maximumExtraBytes

  /// Opaque, and under no signature: never to be trusted. Empty means none.
  public let extra: [UInt8]
  /// The entry's position, from 0.
  public let index: Int64
  public let hashes: [SHA256Digest]
  /// The signed note, verbatim.
  public let checkpoint: String

  /// Throws `invalidProof` for a position, a number of hashes or extra data beyond the limits, and
  /// `invalidNote` for a checkpoint that is no signed note. Nothing is verified.
  public init(
    index: Int64, hashes: [SHA256Digest], checkpoint: String, extra: [UInt8] = []
  ) throws(LedgerError) {
    guard (0..<MerkleTree.maximumSize).contains(index) else {
      throw .invalidProof(reason: "no entry has index \(index)")
    }
    guard hashes.count <= Self.maximumHashes else {
      throw .invalidProof(reason: "\(hashes.count) hashes of at most \(Self.maximumHashes)")
    }
    guard extra.count <= Self.maximumExtraBytes else {
      throw .invalidProof(
        reason: "\(extra.count) bytes of extra data of at most \(Self.maximumExtraBytes)")
    }
    _ = try SignedNote(parsing: checkpoint)
    self.extra = extra
    self.index = index
    self.hashes = hashes
    self.checkpoint = checkpoint
  }

  /// Reads a proof; there is one spelling only. Throws `invalidProof` naming the line, and
  /// `invalidNote` for the checkpoint. Nothing is verified.
  public init(parsing bytes: [UInt8]) throws(LedgerError) {
    guard bytes.count <= Self.maximumBytes else {
      throw .invalidProof(reason: "\(bytes.count) bytes of at most \(Self.maximumBytes)")
    }
    guard let blank = Self.firstBlankLine(bytes) else {
      throw .invalidProof(reason: "no blank line before a checkpoint")
    }
    guard let note = String(validating: bytes[(blank + 2)...], as: UTF8.self) else {
      throw .invalidNote(reason: "the checkpoint is not UTF-8")
    }
    var lines = bytes[..<blank].split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    guard let first = lines.popFirst(), first.elementsEqual(Self.header.utf8) else {
      throw .invalidProof(reason: "line 1 is not \(Self.header)")
    }
    var extra: [UInt8] = []
    if let text = lines.first.flatMap({ Self.value($0, after: "extra ") }) {
      guard let bytes = Base64.decode(text), !bytes.isEmpty else {
        throw .invalidProof(reason: "the extra data is no base64")
      }
      extra = bytes
      lines.removeFirst()
    }
    guard let text = lines.popFirst().flatMap({ Self.value($0, after: "index ") }),
      let index = Int64(text), String(index) == text
    else {
      throw .invalidProof(reason: "no line of the form: index, one space, a plain number")
    }
    var hashes: [SHA256Digest] = []
    for (number, line) in zip(lines.indices, lines) {
      guard let bytes = Base64.decode(String(decoding: line, as: UTF8.self)),
        let hash = SHA256Digest(bytes)
      else {
        throw .invalidProof(reason: "line \(number + 1) is no base64 of 32 bytes")
      }
      hashes.append(hash)
    }
    try self.init(index: index, hashes: hashes, checkpoint: note, extra: extra)
  }

  /// The file's content.
  public var text: String {
    var lines = [Self.header]
    if !extra.isEmpty { lines.append("extra " + Base64.encode(extra)) }
    lines.append("index \(index)")
    lines += hashes.map { Base64.encode($0.bytes) }
    return lines.joined(separator: "\n") + "\n\n" + checkpoint
  }

  /// Checks that the ledger of this key has `entry`, byte for byte, at `index`; answers the
  /// checkpoint under which it has.
  ///
  /// Throws `invalidNote` unless this key signed the checkpoint, and `invalidProof` unless the
  /// hashes lead from the entry to the signed root.
  @discardableResult
  public func verify(
    entry: [UInt8], by verifier: CheckpointVerifier
  ) throws(LedgerError) -> Checkpoint {
    let signed = try verifier.open(checkpoint)
    try MerkleTree.verifyInclusion(
      leafHash: MerkleTree.leafHash(entry), index: index, treeSize: signed.size,
      root: signed.root, proof: hashes)
    return signed
  }

  private static func firstBlankLine(_ bytes: [UInt8]) -> Int? {
    bytes.indices.dropLast().first { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
  }

  private static func value(_ line: ArraySlice<UInt8>, after prefix: String) -> String? {
    guard line.starts(with: prefix.utf8) else { return nil }
    return String(decoding: line.dropFirst(prefix.utf8.count), as: UTF8.self)
  }
}
