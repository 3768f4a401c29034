import FoundationEssentials

/// The products and processes that a ledger knows, as data: a commodity more costs no code.
public struct Catalogue: Sendable, Hashable, Codable {
  public struct Commodity: Sendable, Hashable, Codable {
    public let code: String
    public let es: String
    public let en: String
    public let scientificName: String
    /// A season above this, per hectare and calendar year, is a notice.
    public let warnKilogramsPerHectare: Int64
    /// A season above this is a doubt that holds the verdict.
    public let impossibleKilogramsPerHectare: Int64
  }

  public struct Product: Sendable, Hashable, Codable {
    public let code: ProductCode
    public let commodity: String
    public let es: String
    public let en: String
    /// 2 to 6 digits of the Harmonised System (Regulation (EU) 2023/1115, Annex I).
    public let hsHeading: String
    /// True where the product comes straight from a plot.
    public let harvested: Bool
    /// What one gram counts towards the commodity's yield, in thousandths.
    public let yieldPermille: Int64?
    /// A delivery this many hours after harvest is a notice, and past `keepHours` a doubt.
    public let noticeHours: Int?
    public let keepHours: Int?
  }

  public struct Process: Sendable, Hashable, Codable {
    public struct Output: Sendable, Hashable, Codable {
      public let product: ProductCode
      /// Usual range of output over input, in thousandths.
      public let leastPermille: Int64
      public let mostPermille: Int64
    }

    public let code: ProcessCode
    public let es: String
    public let en: String
    public let inputs: [ProductCode]
    public let outputs: [Output]
  }

  public let version: String
  public let commodities: [Commodity]
  public let products: [Product]
  public let processes: [Process]

  /// Reads a catalogue file; throws Foundation's decoding error with the path of what is wrong.
  public init(json: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(Catalogue.self, from: Data(json))
  }

  /// The catalogue that this version ships.
  public static func shipped() throws -> Catalogue {
    try Catalogue(json: PackageResources.catalogue_json)
  }

  public func product(_ code: ProductCode) -> Product? { products.first { $0.code == code } }
  public func process(_ code: ProcessCode) -> Process? { processes.first { $0.code == code } }
  public func commodity(_ code: String) -> Commodity? { commodities.first { $0.code == code } }
}
