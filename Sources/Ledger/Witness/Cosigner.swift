import FoundationEssentials

public import enum Crypto.Curve25519

/// A witness's key: cosigns checkpoints with Ed25519 (C2SP tlog-cosignature v1.0.1).
public struct Cosigner: Sendable {
  public let verifier: CosignatureVerifier
  private let privateKey: Curve25519.Signing.PrivateKey

  private static let prefix = "PRIVATE+KEY+"

  /// Throws `invalidKey` for a name with a space or a plus.
  public init(
    name: String, privateKey: Curve25519.Signing.PrivateKey
  ) throws(LedgerError) {
    self.privateKey = privateKey
    verifier = try CosignatureVerifier(name: name, publicKey: privateKey.publicKey)
  }

  /// Reads `PRIVATE+KEY+name+hex+base64(0x04 ‖ seed)`. Throws `invalidKey`, never repeating it.
  public init(signerKey: String) throws(LedgerError) {
    guard signerKey.hasPrefix(Self.prefix),
      let parts = KeyText.parse(
        signerKey.dropFirst(Self.prefix.count), algorithm: CosignatureFormat.algorithm),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: parts.key)
    else {
      throw .invalidKey(
        reason: "a witness's signer key reads PRIVATE+KEY+name+hex+base64 of the byte 4 and a seed")
    }
    try self.init(name: parts.name, privateKey: key)
    guard parts.id == KeyID.hex(verifier.keyID) else {
      throw .invalidKey(reason: "the key's id does not belong to its name and bytes")
    }
  }

  public var name: String { verifier.name }

  /// `name+hex(keyID)+base64(0x04 ‖ public key)`, to be handed to ledgers and verifiers.
  public var verifierKey: String { verifier.verifierKey }

  var signerKey: String {
    Self.prefix
      + KeyText.text(
        name: name, id: verifier.keyID, algorithm: CosignatureFormat.algorithm,
        key: Array(privateKey.rawRepresentation))
  }

  /// The cosignature over a checkpoint's text, which ends with a newline.
  ///
  /// - Parameter time: seconds since 1970-01-01T00:00:00Z, not negative.
  /// - Throws: `invalidNote` for another time or text.
  public func cosign(body: String, time: Int64) throws(LedgerError) -> Cosignature {
    guard time >= 0, body.hasSuffix("\n") else {
      throw .invalidNote(reason: "a cosignature has a time, and a text that ends with a newline")
    }
    let signature: Data
    do {
      signature = try privateKey.signature(
        for: CosignatureFormat.message(time: time, body: body))
    } catch {
      throw .invalidKey(reason: "the key cannot sign: \(error)")
    }
    let bytes = CosignatureFormat.join(time: time, signature: Array(signature))
    return Cosignature(
      witness: name, keyID: verifier.keyID, time: time,
      line: SignedNote.line(name: name, keyID: verifier.keyID, signature: bytes))
  }

  /// The key in a file, made with mode 0600 if there is none.
  ///
  /// Throws `invalidKey` for a file that others may read, or that holds a key of another name, and
  /// `file` if it cannot be read or written.
  public static func loadOrCreate(
    file path: String, name: String
  ) throws(LedgerError) -> Cosigner {
    let line = try SecretFile.loadOrCreate(path) { () throws(LedgerError) in
      try Cosigner(name: name, privateKey: .init()).signerKey
    }
    let cosigner = try Cosigner(signerKey: line)
    guard Name.equal(cosigner.name, name) else {
      throw .invalidKey(reason: "\(path) holds the key of \(cosigner.name), not of \(name)")
    }
    return cosigner
  }
}
