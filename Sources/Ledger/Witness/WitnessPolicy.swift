/// "At least so many of these witnesses": what a verifier asks of a checkpoint's cosignatures.
public struct WitnessPolicy: Sendable, Hashable {
  /// One a public key: the signed message does not hold the witness's name, so one key under two
  /// names is one witness.
  public let witnesses: [CosignatureVerifier]
  /// How many must have cosigned.
  public let needed: Int

  /// - Parameters:
  ///   - verifierKeys: `name+hex+base64` with type 0x04.
  ///   - needed: all of them where nil.
  /// - Throws: `invalidKey`; `malformed` unless 1 ≤ needed ≤ the number of different keys.
  public init(verifierKeys: [String], needed: Int? = nil) throws(LedgerError) {
    var witnesses: [CosignatureVerifier] = []
    var seen: Set<[UInt8]> = []
    for text in verifierKeys {
      let verifier = try CosignatureVerifier(verifierKey: text)
      if seen.insert(verifier.publicKey).inserted { witnesses.append(verifier) }
    }
    self.witnesses = witnesses
    self.needed = needed ?? witnesses.count
    guard self.needed >= 1, self.needed <= witnesses.count else {
      throw .malformed(
        what: "number of witnesses",
        reason: "is \(self.needed), not 1 to the \(witnesses.count) different keys given")
    }
  }

  /// The cosignatures by these witnesses in a note; others are ignored.
  ///
  /// Throws `invalidNote` if the note does not parse, or one of these keys signed it badly.
  public func cosignatures(in note: String) throws(LedgerError) -> [Cosignature] {
    let note = try SignedNote(parsing: note)
    var found: [Cosignature] = []
    for witness in witnesses {
      if let cosignature = try witness.cosignature(in: note) { found.append(cosignature) }
    }
    return found
  }
}
