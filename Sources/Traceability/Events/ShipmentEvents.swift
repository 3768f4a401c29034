public import ValueTypes

public struct ShipmentOpened: Sendable, Hashable, Codable {
  public let shipment: ShipmentCode
  public let exporter: OrganisationCode
  /// The importer in the EU, in clear as a legal person.
  public let importerName: String?
  /// ISO 3166-1 alpha-2 of the destination.
  public let destination: String

  public init(
    shipment: ShipmentCode, exporter: OrganisationCode, importerName: String?, destination: String
  ) {
    self.shipment = shipment
    self.exporter = exporter
    self.importerName = importerName
    self.destination = destination
  }
}

/// Recorded on the shipment in one commit with `lot.drawn` on the lot.
public struct ShipmentLotLoaded: Sendable, Hashable, Codable {
  public let shipment: ShipmentCode
  public let lot: LotCode
  public let product: ProductCode
  public let grams: Grams

  public init(shipment: ShipmentCode, lot: LotCode, product: ProductCode, grams: Grams) {
    self.shipment = shipment
    self.lot = lot
    self.product = product
    self.grams = grams
  }
}

public struct ShipmentSealed: Sendable, Hashable, Codable {
  public let shipment: ShipmentCode
  public let container: String?
  public let seals: [String]

  public init(shipment: ShipmentCode, container: String?, seals: [String]) {
    self.shipment = shipment
    self.container = container
    self.seals = seals
  }
}

public struct ShipmentExported: Sendable, Hashable, Codable {
  public let shipment: ShipmentCode
  public let port: String?
  /// Bill of lading or another transport document.
  public let transportDocument: String?

  public init(shipment: ShipmentCode, port: String?, transportDocument: String?) {
    self.shipment = shipment
    self.port = port
    self.transportDocument = transportDocument
  }
}

/// A due-diligence statement drafted over a proven shipment
/// (Regulation (EU) 2023/1115, Annex II). The EU system's numbers come with later events.
public struct StatementDrafted: Sendable, Hashable, Codable {
  public struct Commodity: Sendable, Hashable, Codable {
    /// 2 to 6 digits, at least as many as Annex I.
    public let hsHeading: String
    public let product: ProductCode
    public let description: String
    public let scientificName: String?
    public let netGrams: Grams

    public init(
      hsHeading: String, product: ProductCode, description: String, scientificName: String?,
      netGrams: Grams
    ) {
      self.hsHeading = hsHeading
      self.product = product
      self.description = description
      self.scientificName = scientificName
      self.netGrams = netGrams
    }
  }

  public let statement: StatementCode
  public let shipment: ShipmentCode
  public let policyName: String
  public let policyVersion: String
  public let commodities: [Commodity]
  public let plots: [PlotCode]
  public let producedFrom: CivilDate
  public let producedTo: CivilDate
  /// SHA-256 of the exact GeoJSON bytes for the EU system.
  public let geoJSONDigest: SHA256Digest

  public init(
    statement: StatementCode, shipment: ShipmentCode, policyName: String, policyVersion: String,
    commodities: [Commodity], plots: [PlotCode], producedFrom: CivilDate, producedTo: CivilDate,
    geoJSONDigest: SHA256Digest
  ) {
    self.statement = statement
    self.shipment = shipment
    self.policyName = policyName
    self.policyVersion = policyVersion
    self.commodities = commodities
    self.plots = plots
    self.producedFrom = producedFrom
    self.producedTo = producedTo
    self.geoJSONDigest = geoJSONDigest
  }
}
