import FoundationEssentials
public import ValueTypes

/// The products and processes that a ledger knows, as data: a commodity more costs no code.
public struct Catalogue: Sendable, Hashable, Codable {
  public struct Commodity: Sendable, Hashable, Codable {
    public let code: String
    public let es: String
    public let en: String
    public let scientificName: String
    /// What a hectare can bear in a season; empty where nothing is known.
    public let yields: [Yield]
    /// From which age on a planting bears; nil where nothing is known.
    public let bearing: Bearing?
    /// When the harvest falls; nil where it falls all year.
    public let harvest: HarvestMonths?
    /// The month that a season begins with; January where it is not given.
    public let seasonFirstMonth: Int?
    /// Metres above the sea in which it grows; nil where the catalogue does not say.
    public let lowestMetres: Int?
    public let highestMetres: Int?
  }

  public struct Product: Sendable, Hashable, Codable {
    public let code: ProductCode
    public let commodity: String
    public let es: String
    public let en: String
    /// 2 to 6 digits of the Harmonised System, at least as many as Annex I has.
    public let hsHeading: String
    /// The entry of Annex I (Regulation (EU) 2023/1115) that it falls under, without blanks; nil
    /// where it falls under none.
    public let annexI: String?
    /// Annex I has `ex` before the entry: only what its words describe is in scope.
    public let ex: Bool?
    /// The product whose grades this one belongs to.
    public let gradeOf: ProductCode?
    /// True where the product comes straight from a plot.
    public let harvested: Bool
    /// What one gram counts towards the commodity's yield, in thousandths.
    public let yieldPermille: Int64?
    /// A delivery this many hours after harvest is a notice, and past `keepHours` a doubt.
    public let noticeHours: Int?
    public let keepHours: Int?
    /// Of the hours that it keeps.
    public let basis: Basis?
  }

  public struct Process: Sendable, Hashable, Codable {
    public let code: ProcessCode
    public let es: String
    public let en: String
    public let inputs: [ProductCode]
    /// One product may stand here several times, with figures valid from different days.
    public let outputs: [Output]
    /// What is lost of the input in all; outside is a notice.
    public let loss: Loss?
  }

  /// Names the file; `raiz` is the one that the program ships.
  public let name: String
  public let version: String
  public let validFrom: CivilDate
  public let source: String
  public let commodities: [Commodity]
  public let products: [Product]
  public let processes: [Process]
  /// When deliveries over time are doubted; an added catalogue has none.
  public let patterns: PatternLimits?

  /// Reads a catalogue file; throws Foundation's decoding error with the path of what is wrong.
  /// What it says is not checked: see `faults(beside:)`.
  public init(json: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(Catalogue.self, from: Data(json))
  }

  init(_ first: Catalogue, adding other: Catalogue) {
    name = first.name
    version = first.version
    validFrom = first.validFrom
    source = first.source
    commodities = first.commodities + other.commodities
    products = first.products + other.products
    processes = first.processes + other.processes
    patterns = first.patterns
  }

  /// The exact bytes of the catalogue that this version ships.
  public static var shippedText: [UInt8] { PackageResources.catalogue_json }

  /// The catalogue that this version ships.
  public static func shipped() throws -> Catalogue { try Catalogue(json: shippedText) }

  /// The catalogue's stream code: `raiz-2`.
  public var code: String { name + "-" + version }

  /// This catalogue with another's commodities, products and processes besides.
  ///
  /// - Throws: `CatalogueFaults` where the two do not go together, or the other is wrong.
  public func adding(_ other: Catalogue) throws(CatalogueFaults) -> Catalogue {
    let faults = other.faults(beside: self)
    guard faults.isEmpty else { throw CatalogueFaults(faults: faults) }
    return Catalogue(self, adding: other)
  }

  public func product(_ code: ProductCode) -> Product? { products.first { $0.code == code } }
  public func process(_ code: ProcessCode) -> Process? { processes.first { $0.code == code } }
  public func commodity(_ code: String) -> Commodity? { commodities.first { $0.code == code } }

  /// The commodity that a product is of.
  public func commodity(of product: ProductCode) -> Commodity? {
    self.product(product).flatMap { commodity($0.commodity) }
  }
}
