import FoundationEssentials
public import Traceability
public import ValueTypes

/// The content of a statement after Regulation (EU) 2023/1115, Annex II, with what Art. 9 asks to
/// be kept beside it. The operator's declaration and signature are added by who files it.
///
/// Masses are whole grams, and kilograms as an exact decimal text; areas are hectares as text with
/// four decimals; dates are `YYYY-MM-DD`.
public struct StatementDocument: Sendable, Hashable, Codable {
  public static let format = "raiz-statement/1"

  public struct Operator: Sendable, Hashable, Codable {
    public let code: OrganisationCode
    public let name: String
    public let country: String
    public let address: String?
    public let email: String?
    public let taxIdentifier: String?
  }

  public struct Commodity: Sendable, Hashable, Codable {
    public let hsHeading: String
    public let product: ProductCode
    public let description: String
    public let scientificName: String?
    public let netGrams: Int64
    public let netKilograms: String
  }

  public struct Plot: Sendable, Hashable, Codable {
    public let code: PlotCode
    public let producer: ProducerCode?
    public let country: String
    public let district: String?
    public let form: GeometryForm
    public let hectares: String
    public let geometryDigest: SHA256Digest
  }

  public struct GeoJSONFile: Sendable, Hashable, Codable {
    public let digest: SHA256Digest
    public let bytes: Int
  }

  public let format: String
  public let statement: StatementCode
  public let shipment: ShipmentCode
  /// The exporter; where an importer files, the importer is the operator and this its supplier.
  public let exporter: Operator
  public let importer: String?
  public let destination: String
  public let commodities: [Commodity]
  public let countriesOfProduction: [String]
  public let producedFrom: CivilDate
  public let producedTo: CivilDate
  public let plotCount: Int
  public let producerCount: Int
  /// Above `EUGeoJSON.mostProducers` the EU system takes it only in parts.
  public let exceedsProducerLimit: Bool
  public let plots: [Plot]
  public let geoJSON: GeoJSONFile
  public let policyName: String
  public let policyVersion: String
  public let verdict: Verdict
  /// The newest event of every stream that the verdict rests on.
  public let restsOn: [EventReference]

  init(
    event: StatementDrafted, shipment: ShipmentState, exporter: OrganisationRegistered,
    judgement: Judgement, world: World, geoJSONBytes: Int
  ) {
    let registered = event.plots.compactMap { world.plots[$0]?.registered }
    format = Self.format
    statement = event.statement
    self.shipment = event.shipment
    self.exporter = Operator(
      code: exporter.organisation, name: exporter.name, country: exporter.country,
      address: exporter.address, email: exporter.email, taxIdentifier: exporter.taxIdentifier)
    importer = shipment.opened.importerName
    destination = shipment.opened.destination
    commodities = event.commodities.map {
      Commodity(
        hsHeading: $0.hsHeading, product: $0.product, description: $0.description,
        scientificName: $0.scientificName, netGrams: $0.netGrams.value,
        netKilograms: $0.netGrams.kilograms)
    }
    countriesOfProduction = Set(registered.map(\.country)).sorted()
    producedFrom = event.producedFrom
    producedTo = event.producedTo
    plotCount = registered.count
    producerCount = Set(registered.compactMap(\.producer)).count
    exceedsProducerLimit = producerCount > EUGeoJSON.mostProducers
    plots = registered.map {
      Plot(
        code: $0.plot, producer: $0.producer, country: $0.country, district: $0.district,
        form: $0.geometry.form, hectares: Wording.hectares($0.squareMetres),
        geometryDigest: $0.geometry.digest)
    }
    geoJSON = GeoJSONFile(digest: event.geoJSONDigest, bytes: geoJSONBytes)
    policyName = event.policyName
    policyVersion = event.policyVersion
    verdict = judgement.verdict
    restsOn = Bundle.requiredStreams(
      for: .shipment(event.shipment), world: world,
      policyCode: event.policyName + "-" + event.policyVersion
    )
    .filter { world.version(of: $0) > 0 }.sorted()
    .map { EventReference(stream: $0, version: world.version(of: $0)) }
  }

  /// Compact JSON with sorted keys.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}
