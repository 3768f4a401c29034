import FoundationEssentials
public import ValueTypes

public import enum Crypto.Curve25519

/// Signs checkpoints with Ed25519; the same checkpoint always gives the same bytes (RFC 8032).
public struct CheckpointSigner: Sendable {
  public let verifier: CheckpointVerifier
  private let privateKey: Curve25519.Signing.PrivateKey

  private static let prefix = "PRIVATE+KEY+"

  /// `name` is the ledger's origin. Throws `invalidKey` for a name with a space or a plus.
  public init(
    name: String, privateKey: Curve25519.Signing.PrivateKey
  ) throws(LedgerError) {
    self.privateKey = privateKey
    verifier = try CheckpointVerifier(name: name, publicKey: privateKey.publicKey)
  }

  /// Reads `PRIVATE+KEY+name+hex+base64(0x01 ‖ seed)`, as Go's note package writes it.
  /// Throws `invalidKey`, never repeating the key.
  public init(signerKey: String) throws(LedgerError) {
    let refusal = LedgerError.invalidKey(
      reason: "a signer key reads PRIVATE+KEY+name+hex+base64 of an Ed25519 seed")
    guard signerKey.hasPrefix(Self.prefix) else { throw refusal }
    guard
      let parts = KeyText.parse(
        signerKey.dropFirst(Self.prefix.count), algorithm: CheckpointVerifier.algorithm),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: parts.key)
    else { throw refusal }
    try self.init(name: parts.name, privateKey: key)
    guard parts.id == KeyID.hex(verifier.keyID) else {
      throw .invalidKey(reason: "the key's id does not belong to its name and bytes")
    }
  }

  public var name: String { verifier.name }

  /// `name+hex(keyID)+base64(0x01 ‖ public key)`, to be handed to whoever verifies.
  public var verifierKey: String { verifier.verifierKey }

  /// The secret text that `init(signerKey:)` reads.
  var signerKey: String {
    Self.prefix
      + KeyText.text(
        name: name, id: verifier.keyID, algorithm: CheckpointVerifier.algorithm,
        key: Array(privateKey.rawRepresentation))
  }

  /// The signed note over a checkpoint of this signer's origin.
  public func sign(size: Int64, root: SHA256Digest) throws(LedgerError) -> String {
    try sign(body: Checkpoint(origin: name, size: size, root: root).body)
  }

  /// The signed note over any text that ends with a newline.
  public func sign(body: String) throws(LedgerError) -> String {
    guard body.hasSuffix("\n") else {
      throw .invalidNote(reason: "a note's text ends with a newline")
    }
    let signature: Data
    do {
      signature = try privateKey.signature(for: Array(body.utf8))
    } catch {
      throw .invalidKey(reason: "the key cannot sign: \(error)")
    }
    return body + "\n"
      + SignedNote.line(name: name, keyID: verifier.keyID, signature: Array(signature))
  }
}
