public import ValueTypes

/// A catalogue of products and processes enters the ledger with its whole text, so that a
/// stranger can decide and judge by it again.
public struct CatalogueRegistered: Sendable, Hashable, Codable {
  public let name: String
  public let version: String
  /// The file's exact text (JSON).
  public let text: String
  public let digest: SHA256Digest

  public init(name: String, version: String, text: String, digest: SHA256Digest) {
    self.name = name
    self.version = version
    self.text = text
    self.digest = digest
  }

  /// `catalogue:raiz-2`.
  public var stream: StreamKey { StreamKey(kind: .catalogue, code: name + "-" + version) }
}
