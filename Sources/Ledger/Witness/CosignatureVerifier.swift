import FoundationEssentials

public import enum Crypto.Curve25519

/// Finds and checks the cosignatures of one witness (signed-note type 0x04).
public struct CosignatureVerifier: Sendable, Hashable {
  public let name: String
  public let keyID: [UInt8]
  /// 32 bytes, as RFC 8032 encodes them.
  public let publicKey: [UInt8]

  /// Throws `invalidKey` for a name with a space or a plus.
  public init(name: String, publicKey: Curve25519.Signing.PublicKey) throws(LedgerError) {
    self.publicKey = Array(publicKey.rawRepresentation)
    self.name = name
    keyID = try KeyText.id(
      name: name, algorithm: CosignatureFormat.algorithm, publicKey: self.publicKey)
  }

  /// Reads `name+hex(keyID)+base64(0x04 ‖ public key)`. Throws `invalidKey`.
  public init(verifierKey: String) throws(LedgerError) {
    guard let parts = KeyText.parse(verifierKey, algorithm: CosignatureFormat.algorithm),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: parts.key)
    else {
      throw .invalidKey(
        reason: "a witness's verifier key reads name+hex+base64 of the byte 4 and an Ed25519 key")
    }
    try self.init(name: parts.name, publicKey: key)
    guard parts.id == KeyID.hex(keyID) else {
      throw .invalidKey(reason: "the key's id does not belong to its name and bytes")
    }
  }

  public var verifierKey: String {
    KeyText.text(
      name: name, id: keyID, algorithm: CosignatureFormat.algorithm, key: publicKey)
  }

  /// This witness's cosignature in a note; nil if there is none. Signatures by other keys are
  /// ignored. Of several, the newest counts, and each must be good.
  ///
  /// Throws `invalidNote` if the note does not parse, or holds a bad signature by this key.
  public func cosignature(in note: String) throws(LedgerError) -> Cosignature? {
    try cosignature(in: SignedNote(parsing: note))
  }

  func cosignature(in note: SignedNote) throws(LedgerError) -> Cosignature? {
    var newest: Cosignature?
    for signature in note.signatures where isOwn(signature) {
      guard let time = time(of: signature, over: note.text) else {
        throw .invalidNote(reason: "a bad cosignature by \(name)")
      }
      let found = Cosignature(
        witness: name, keyID: keyID, time: time,
        line: SignedNote.line(name: name, keyID: keyID, signature: signature.bytes))
      if newest.map({ $0.time < time }) ?? true { newest = found }
    }
    return newest
  }

  private func isOwn(_ signature: SignedNote.Signature) -> Bool {
    Name.equal(signature.name, name) && signature.keyID == keyID
  }

  /// Nil unless the signature is this key's over the text.
  private func time(of signature: SignedNote.Signature, over text: String) -> Int64? {
    guard let parts = CosignatureFormat.split(signature.bytes),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
    else { return nil }
    let message = CosignatureFormat.message(time: parts.time, body: text)
    return key.isValidSignature(Array(parts.signature), for: message) ? parts.time : nil
  }
}
