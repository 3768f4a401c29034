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
    keyID = try KeyText.id(
      name: name, algorithm: Self.algorithm, publicKey: Array(publicKey.rawRepresentation))
    self.name = name
    self.publicKey = publicKey
  }

  /// Reads `name+hex(keyID)+base64(0x01 ‖ public key)`. Throws `invalidKey`.
  public init(verifierKey: String) throws(LedgerError) {
    guard let parts = KeyText.parse(verifierKey, algorithm: Self.algorithm),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: parts.key)
    else {
      throw .invalidKey(reason: "a verifier key reads name+hex+base64 of an Ed25519 key")
    }
    try self.init(name: parts.name, publicKey: key)
    guard parts.id == KeyID.hex(keyID) else {
      throw .invalidKey(reason: "the key's id does not belong to its name and bytes")
    }
  }

  public var verifierKey: String {
    KeyText.text(
      name: name, id: keyID, algorithm: Self.algorithm, key: Array(publicKey.rawRepresentation))
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
}

/// Key ids are written in lower-case hexadecimal.
enum KeyID {
  static func hex(_ bytes: [UInt8]) -> String { Hex.encode(bytes) }
}
