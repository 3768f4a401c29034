public import ValueTypes

/// One versioned map or vector layer, named by the SHA-256 of its content.
public struct DatasetRegistered: Sendable, Hashable, Codable {
  public let dataset: DatasetName
  public let kind: DatasetKind
  public let version: String
  /// Of the file, or of the list of files where it has members.
  public let digest: SHA256Digest
  public let byteCount: Int64
  public let licence: String
  public let source: String
  /// West, south, east, north in degrees.
  public let extent: [Double]
  /// Width of a cell; 0 for a vector layer.
  public let cellDegrees: Double
  /// Of `forest-2020` without a meaning of its own: these values are forest.
  public let forestValues: [Int]
  /// Of `loss-year` without a meaning of its own: value v > 0 is the year `yearZero + v`.
  public let yearZero: Int?
  /// How its values answer the kind's question.
  public let meaning: DatasetMeaning?

  public init(
    dataset: DatasetName, kind: DatasetKind, version: String, digest: SHA256Digest,
    byteCount: Int64, licence: String, source: String, extent: [Double], cellDegrees: Double,
    forestValues: [Int] = [], yearZero: Int? = nil, meaning: DatasetMeaning? = nil
  ) {
    self.dataset = dataset
    self.kind = kind
    self.version = version
    self.digest = digest
    self.byteCount = byteCount
    self.licence = licence
    self.source = source
    self.extent = extent
    self.cellDegrees = cellDegrees
    self.forestValues = forestValues
    self.yearZero = yearZero
    self.meaning = meaning
  }
}

extension DatasetRegistered {
  /// How its values are read; nil where nobody said.
  public var reading: DatasetMeaning? {
    if let meaning { return meaning.isUsable ? meaning : nil }
    switch kind {
    case .forest2020: return forestValues.isEmpty ? nil : .values(forestValues)
    case .lossYear: return yearZero.map { .yearsAfter(zero: $0) }
    default: return nil
    }
  }

  /// What its kind needs to be read and is not there: without it the map would show nothing
  /// anywhere, and clear every plot.
  var missingField: String? {
    if reading != nil { return nil }
    switch kind {
    case .forest2020 where meaning == nil: return "forestValues"
    case .lossYear where meaning == nil: return "yearZero"
    default: return "meaning"
    }
  }
}

/// A dataset is used no more: a better version has come, or it was found wrong. Assessments that
/// used it stand until the plots are assessed again.
public struct DatasetSuperseded: Sendable, Hashable, Codable {
  public let dataset: DatasetName
  /// The dataset that stands in its place; nil where none does.
  public let by: DatasetName?
  public let reason: String

  public init(dataset: DatasetName, by: DatasetName?, reason: String) {
    self.dataset = dataset
    self.by = by
    self.reason = reason
  }
}
