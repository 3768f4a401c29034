public import ValueTypes

/// The latest tree that a witness cosigned for an origin.
public struct WitnessedTree: Sendable, Hashable {
  public let size: Int64
  public let root: SHA256Digest

  public init(size: Int64, root: SHA256Digest) {
    self.size = size
    self.root = root
  }
}

/// Why a witness does not cosign.
public enum WitnessRefusal: Error, Sendable, Hashable {
  /// The request does not parse, or its old size is above the checkpoint's.
  case malformed(reason: String)
  /// No signature by a log key that the witness trusts, or a bad one.
  case unsigned(reason: String)
  case unknownOrigin
  /// The old size is not the one that the witness cosigned last.
  case otherSize(known: Int64)
  /// The log's own key signed another root for the size that was cosigned: a split view.
  case splitView(WitnessedTree, offered: SHA256Digest)
  /// The proof does not lead from the tree cosigned last to this one.
  case inconsistent(reason: String)

  /// The HTTP status that C2SP tlog-witness v1.0.0 gives to it.
  public var status: Int {
    switch self {
    case .malformed: 400
    case .unsigned: 403
    case .unknownOrigin: 404
    case .otherSize, .splitView: 409
    case .inconsistent: 422
    }
  }

  /// The body of a 409 (`text/x.tlog.size`).
  public var knownSize: Int64? {
    switch self {
    case .otherSize(let known): known
    case .splitView(let known, _): known.size
    default: nil
    }
  }

  public var reason: String {
    switch self {
    case .malformed(let reason), .unsigned(let reason), .inconsistent(let reason): reason
    case .unknownOrigin: "this witness does not know the checkpoint's origin"
    case .otherSize(let known): "the last size cosigned is \(known)"
    case .splitView(let known, let offered):
      "split view: at size \(known.size) root \(known.root) was cosigned, and \(offered) is offered"
    }
  }
}

/// What a witness decides, from values alone.
enum WitnessDecision {
  /// What is cosigned and becomes the known tree.
  struct Accepted: Sendable {
    let tree: WitnessedTree
    /// The checkpoint's text, which the cosignature is over.
    let body: String
    /// The text with the signature lines of trusted log keys only.
    let note: String
  }

  /// The first line of a checkpoint.
  static func origin(of note: SignedNote) -> String {
    String(decoding: note.text.utf8.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// - Parameters:
  ///   - known: the tree cosigned last for this origin; nil if there was none.
  ///   - keys: the trusted keys of this origin.
  /// - Throws: the refusal, in the order in which the text names the checks.
  static func decide(
    _ request: AddCheckpointRequest, note: SignedNote, known: WitnessedTree?,
    keys: [CheckpointVerifier]
  ) throws(WitnessRefusal) -> Accepted {
    let signed = try trusted(note, keys)
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint(body: note.text)
    } catch {
      throw .malformed(reason: "\(error)")
    }
    guard checkpoint.size <= MerkleTree.maximumSize, request.oldSize <= checkpoint.size else {
      throw .malformed(
        reason: "old size \(request.oldSize) is above the checkpoint's \(checkpoint.size)")
    }
    let tree = WitnessedTree(size: checkpoint.size, root: checkpoint.root)
    if let known, known.size == tree.size, known.root != tree.root {
      throw .splitView(known, offered: tree.root)
    }
    guard request.oldSize == known?.size ?? 0 else {
      throw .otherSize(known: known?.size ?? 0)
    }
    try checkProof(request, from: known, to: tree)
    return Accepted(tree: tree, body: note.text, note: signed)
  }

  private static func trusted(
    _ note: SignedNote, _ keys: [CheckpointVerifier]
  ) throws(WitnessRefusal) -> String {
    var lines = ""
    for key in keys {
      for signature in note.signatures where key.isSigner(of: signature) {
        guard key.isValid(signature.bytes, for: note.text) else {
          throw .unsigned(reason: "a bad signature by \(key.verifierKey)")
        }
        lines += SignedNote.line(
          name: signature.name, keyID: signature.keyID, signature: signature.bytes)
      }
    }
    guard !lines.isEmpty else {
      throw .unsigned(reason: "no signature by a key that this witness trusts for the origin")
    }
    return note.text + "\n" + lines
  }

  private static func checkProof(
    _ request: AddCheckpointRequest, from known: WitnessedTree?, to tree: WitnessedTree
  ) throws(WitnessRefusal) {
    guard tree.size > 0 || tree.root == MerkleTree.emptyRoot else {
      throw .inconsistent(reason: "the empty tree has another root")
    }
    guard let known, known.size > 0 else {
      // The empty tree is consistent with every tree.
      guard request.proof.isEmpty else {
        throw .inconsistent(reason: "from size 0 the proof is empty")
      }
      return
    }
    do {
      try MerkleTree.verifyConsistency(
        from: known.size, root: known.root, to: tree.size, root: tree.root, proof: request.proof)
    } catch {
      throw .inconsistent(reason: "\(error)")
    }
  }
}
