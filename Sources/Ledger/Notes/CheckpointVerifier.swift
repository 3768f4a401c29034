import FoundationEssentials
import ValueTypes

public import enum Crypto.Curve25519

/// Opens notes signed by one Ed25519 key (signed-note type 0x01).
public struct CheckpointVerifier: Sendable {
  public let name: String
  let keyID: [UInt8]
  private let publicKey: Curve25519.Signing.PublicKey

  static let algorithm: UInt8 = 1

  /// Throws `invalidKey` for a name with a space or a plus.
  public init(name: String, publicKey: Curve25519.Signing.PublicKey) throws(LedgerError) {
    guard KeyName.isValid(name) else {
      throw .invalidKey(
        reason: "a key's name has 1 to \(KeyName.maximumBytes) bytes, no space and no plus")
    }
    self.name = name
    self.publicKey = publicKey
    keyID = Self.keyID(name: name, publicKey: publicKey)
  }

  /// Reads `name+hex(keyID)+base64(0x01 ‖ public key)`. Throws `invalidKey`.
  public init(verifierKey: String) throws(LedgerError) {
    // Base64 may hold a plus itself, so only the first two divide.
    let parts = verifierKey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.count == 33,
      bytes[0] == Self.algorithm,
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes[1...])
    else {
      throw .invalidKey(reason: "a verifier key reads name+hex+base64 of an Ed25519 key")
    }
    try self.init(name: String(parts[0]), publicKey: key)
    guard parts[1] == KeyID.hex(keyID) else {
      throw .invalidKey(reason: "the key's id does not belong to its name and bytes")
    }
  }

  public var verifierKey: String {
    let bytes = [Self.algorithm] + Array(publicKey.rawRepresentation)
    return "\(name)+\(KeyID.hex(keyID))+\(Base64.encode(bytes))"
  }

  /// The checkpoint in a signed note.
  ///
  /// Throws `invalidNote` if it does not parse, this key did not sign it or signed it badly, or its
  /// origin is not the key's name. Signatures by other keys are ignored.
  public func open(_ note: String) throws(LedgerError) -> Checkpoint {
    let parsed = try SignedNote(parsing: note)
    let own = parsed.signatures.filter(isSigner)
    guard !own.isEmpty else {
      throw .invalidNote(reason: "not signed by \(name)+\(KeyID.hex(keyID))")
    }
    for signature in own where !isValid(signature.bytes, for: parsed.text) {
      throw .invalidNote(reason: "a bad signature by \(name)")
    }
    let checkpoint = try Checkpoint(body: parsed.text)
    guard Name.equal(checkpoint.origin, name) else {
      throw .invalidNote(reason: "the checkpoint is of \(checkpoint.origin), the key of \(name)")
    }
    return checkpoint
  }

  /// Whether a signature claims to be by this key.
  func isSigner(of signature: SignedNote.Signature) -> Bool {
    Name.equal(signature.name, name) && signature.keyID == keyID
  }

  func isValid(_ signature: [UInt8], for text: String) -> Bool {
    publicKey.isValidSignature(signature, for: Array(text.utf8))
  }

  private static func keyID(
    name: String, publicKey: Curve25519.Signing.PublicKey
  ) -> [UInt8] {
    let input = Array(name.utf8) + [0x0A, algorithm] + Array(publicKey.rawRepresentation)
    return Array(MerkleTree.digest(input).bytes[..<4])
  }
}

/// Key ids are written in lower-case hexadecimal.
enum KeyID {
  static func hex(_ bytes: [UInt8]) -> String { Hex.encode(bytes) }
}
