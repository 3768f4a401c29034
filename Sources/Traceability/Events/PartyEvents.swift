public import ValueTypes

/// What an organisation does in the chain.
public enum OrganisationKind: String, Sendable, Hashable, Codable, CaseIterable {
  case cooperative, association, mill, collector, exporter, importer, authority
}

/// An organisation joins the ledger. Public data of a legal person, so in clear.
public struct OrganisationRegistered: Sendable, Hashable, Codable {
  public let organisation: OrganisationCode
  public let name: String
  public let kind: OrganisationKind
  /// ISO 3166-1 alpha-2.
  public let country: String
  public let taxIdentifier: String?
  public let address: String?
  public let email: String?

  public init(
    organisation: OrganisationCode, name: String, kind: OrganisationKind, country: String,
    taxIdentifier: String? = nil, address: String? = nil, email: String? = nil
  ) {
    self.organisation = organisation
    self.name = name
    self.kind = kind
    self.country = country
    self.taxIdentifier = taxIdentifier
    self.address = address
    self.email = email
  }
}

/// Names the ciphertext of a person's data: an attachment, and the key that opens it.
public struct PersonalDataReference: Sendable, Hashable, Codable {
  /// SHA-256 of the stored ciphertext.
  public let digest: SHA256Digest
  public let keyIdentifier: String

  public init(digest: SHA256Digest, keyIdentifier: String) {
    self.digest = digest
    self.keyIdentifier = keyIdentifier
  }
}

/// A farmer joins. Name, document and telephone stand in `person` as ciphertext only
/// (Peru's Law 29733; GDPR art. 17).
public struct ProducerRegistered: Sendable, Hashable, Codable {
  public let producer: ProducerCode
  /// The cooperative or association joined, if any.
  public let organisation: OrganisationCode?
  /// Ubigeo of the district, six digits.
  public let district: String?
  public let person: PersonalDataReference?

  public init(
    producer: ProducerCode, organisation: OrganisationCode?, district: String?,
    person: PersonalDataReference?
  ) {
    self.producer = producer
    self.organisation = organisation
    self.district = district
    self.person = person
  }
}

/// A person's data are erased (GDPR art. 17; Peru's Law 29733, art. 20). The key that opens the
/// ciphertext and the ciphertext itself are destroyed; what stands in the ledger stays.
public struct PersonalDataErased: Sendable, Hashable, Codable {
  public let producer: ProducerCode
  /// What is destroyed, so that this event alone says what to destroy again if it comes back.
  public let person: PersonalDataReference
  /// Public like the rest of the event: it must name nobody.
  public let reason: String?

  /// As `DomainEvent.type`.
  public static let type = "producer.personal-data-erased"

  public init(producer: ProducerCode, person: PersonalDataReference, reason: String?) {
    self.producer = producer
    self.person = person
    self.reason = reason
  }
}

/// A registered producer gives personal data, for the first time or anew after an erasure: a new
/// consent, under a new key.
public struct PersonalDataGiven: Sendable, Hashable, Codable {
  public let producer: ProducerCode
  public let person: PersonalDataReference

  public init(producer: ProducerCode, person: PersonalDataReference) {
    self.producer = producer
    self.person = person
  }
}
