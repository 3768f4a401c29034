import FoundationEssentials

/// Why a count found another mass than the books, as data: a cause more costs no code.
public struct AdjustmentCauses: Sendable, Hashable, Codable {
  public struct Cause: Sendable, Hashable, Codable {
    public let code: CauseCode
    public let es: String
    public let en: String
    /// Explains that there is less …
    public let loses: Bool
    /// … or that there is more.
    public let finds: Bool
  }

  public let version: String
  public let causes: [Cause]

  /// Reads a list of causes; throws Foundation's decoding error with the path of what is wrong.
  public init(json: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(AdjustmentCauses.self, from: Data(json))
  }

  public static func shipped() throws -> AdjustmentCauses {
    try AdjustmentCauses(json: PackageResources.adjustment_causes_json)
  }

  public func cause(_ code: CauseCode) -> Cause? { causes.first { $0.code == code } }
}
