/// What the ledger says of a producer's personal data.
public struct PersonState: Sendable, Hashable {
  /// The newest ciphertext and its key, destroyed where `isErased`.
  public let reference: PersonalDataReference
  public internal(set) var isErased = false

  init(_ reference: PersonalDataReference) { self.reference = reference }
}

extension World {
  /// Whether the producer's personal data were held once and are held no longer.
  public func isErased(_ producer: ProducerCode) -> Bool { people[producer]?.isErased == true }
}
