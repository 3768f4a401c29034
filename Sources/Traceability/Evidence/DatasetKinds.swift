import FoundationEssentials

/// The kinds of datasets that this program knows, as data: a kind more costs no code.
public struct DatasetKinds: Sendable, Hashable, Codable {
  public enum Form: String, Sendable, Hashable, Codable {
    /// Cells of whole numbers.
    case raster
    /// Polygons.
    case vector
  }

  public struct Entry: Sendable, Hashable, Codable {
    public let kind: DatasetKind
    public let form: Form
    /// The question that it answers, in a few words.
    public let es: String
    public let en: String
    /// Other names that a table may give it.
    public let aliases: [String]
    /// How its values are usually to be read, as `DatasetMeaning` writes it; nil where every
    /// product has its own.
    public let meaning: String?
    /// True where a yes must have a year or a day.
    public let dated: Bool

    /// For somebody who has to write one.
    public var exampleMeaning: String {
      meaning ?? (dated ? "days-after 2019-01-01" : "values 1")
    }
  }

  public let kinds: [Entry]

  public static func shipped() throws -> DatasetKinds {
    try JSONDecoder().decode(DatasetKinds.self, from: Data(PackageResources.dataset_kinds_json))
  }

  public func entry(_ kind: DatasetKind) -> Entry? { kinds.first { $0.kind == kind } }

  /// Whether values so read can answer the kind's question.
  public static func fits(_ meaning: DatasetMeaning, _ entry: Entry) -> Bool {
    meaning.isUsable && meaning.isDated == entry.dated
      && (meaning == .inside) == (entry.form == .vector)
      && meaning.isHeight == (entry.kind == .elevation)
  }
}
