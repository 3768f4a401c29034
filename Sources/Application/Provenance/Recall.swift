public import Traceability

/// What must be found again when a plot or a lot turns out bad, and whom to call.
public struct Recall: Sendable, Hashable, Codable {
  public struct Lot: Sendable, Hashable, Codable {
    public let lot: LotCode
    public let product: ProductCode
    /// Who holds what is left: `organisation:CODE` or `producer:CODE`.
    public let holder: String
    /// What is left of the lot, whatever it is of.
    public let grams: Int64
    public let inTransitTo: OrganisationCode?
    public let verdict: Verdict
  }

  public struct Shipment: Sendable, Hashable, Codable {
    public let shipment: ShipmentCode
    public let exporter: OrganisationCode
    public let importer: String?
    public let destination: String
    /// `open`, `sealed` or `exported`.
    public let state: String
    /// Mass loaded of the lots of this list.
    public let grams: Int64
    public let verdict: Verdict
    public let statements: [StatementCode]
  }

  /// What an organisation did with any lot of the list.
  public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    case holds, bought, received, exports
  }

  public struct Organisation: Sendable, Hashable, Codable {
    public let organisation: OrganisationCode
    public let roles: [Role]
    public let name: String?
    public let kind: OrganisationKind?
    public let country: String?
    /// As registered; nil for those who may not reach them.
    public let taxIdentifier: String?
    public let address: String?
    public let email: String?
  }

  /// A producer that holds a lot of the list or grew what is in it.
  public struct Producer: Sendable, Hashable, Codable {
    public let producer: ProducerCode
    public let organisation: OrganisationCode?
    public let district: String?
    /// In clear only for those who may reach people, and only while it is held.
    public let person: PersonalData?
  }

  public let subject: StreamKey
  /// The number of events that downstream rests on.
  public let position: Int64
  public let lots: [Lot]
  public let shipments: [Shipment]
  public let organisations: [Organisation]
  public let producers: [Producer]
}

/// Whose contact details a caller may have.
public enum ContactReach: Sendable {
  case nobody
  /// Of organisations, as they registered.
  case organisations
  /// Besides, of producers what the vault opens; for whoever holds the data folder.
  case people

  var hasOrganisations: Bool { self != .nobody }
  var hasPeople: Bool { self == .people }
}
