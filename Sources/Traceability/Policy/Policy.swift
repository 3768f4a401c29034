import FoundationEssentials
public import ValueTypes

/// A named, versioned set of rules that turns evidence into a verdict; data, reviewed like code.
public struct Policy: Sendable, Hashable, Codable {
  public let name: String
  public let version: String
  public let validFrom: CivilDate
  public let source: String
  /// No deforestation after this day (Regulation (EU) 2023/1115, Art. 2(13)).
  public let cutOff: CivilDate
  /// Every plot must be assessed by a map of each of these kinds.
  public let requiredDatasets: [DatasetKind]
  /// Tree cover at the baseline strictly above this share of a plot asks for more information.
  public let treeCoverPercent: Double
  /// Loss after the cut-off strictly above this share, on a plot with tree cover, is
  /// deforestation until a person has shown that it is not.
  public let lossPercent: Double
  /// Areas up to this are within the maps' and receivers' position errors, m².
  public let toleranceSquareMetres: Double
  /// A plot above this needs a polygon, m² (Art. 2(28): 4 ha).
  public let pointLimitSquareMetres: Double
  /// Any one of these papers answers the land-use-rights limb (Art. 2(40)(a)).
  public let tenure: [TenureKind]

  /// Reads a policy file; throws Foundation's decoding error with the path of what is wrong.
  public init(json: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(Policy.self, from: Data(json))
  }

  /// The exact bytes of the policy `eudr` that this version ships.
  public static var shippedText: [UInt8] { PackageResources.policy_eudr_1_json }

  public static func shipped() throws -> Policy { try Policy(json: shippedText) }

  /// The policy's stream code: `eudr-1`.
  public var code: String { name + "-" + version }
}
