import Foundation
public import Ledger
public import Traceability
import ValueTypes

/// A registered dataset as people are told of it.
public struct DatasetSummary: Sendable, Codable {
  public let registered: DatasetRegistered
  public let superseded: DatasetSuperseded?
  /// Where its bytes stand.
  public let path: String
  /// Whether there is a file at all; what it hashes to is checked when it is used.
  public let isHere: Bool
}

/// What is asked to be registered.
public struct DatasetRequest: Sendable {
  public var name: String
  public var kind: String
  public var version: String
  public var licence: String
  public var source: String
  public var path: String
  /// As `DatasetMeaning` writes it; nil takes what the kind usually means.
  public var meaning: String?

  public init(
    name: String, kind: String, version: String, licence: String, source: String, path: String,
    meaning: String?
  ) {
    self.name = name
    self.kind = kind
    self.version = version
    self.licence = licence
    self.source = source
    self.path = path
    self.meaning = meaning
  }
}

extension Raiz {
  /// Takes a dataset's bytes in and registers it.
  ///
  /// - Throws: `ApplicationError.invalidSetting` for an unknown kind or a meaning that cannot
  ///   answer it, what reading the file throws, and the refusal `dataset-changed` for other bytes
  ///   under a registered name.
  /// - Returns: what was registered, and features of a vector layer that were put right.
  public func addDataset(
    _ request: DatasetRequest, recordedBy: String
  ) async throws -> (dataset: DatasetRegistered, mended: [String]) {
    let kinds = try DatasetKinds.shipped()
    guard
      let entry = kinds.kinds.first(where: {
        $0.kind.rawValue == request.kind || $0.aliases.contains(request.kind)
      })
    else {
      throw ApplicationError.invalidSetting(
        name: "kind", value: request.kind,
        expected: kinds.kinds.map(\.kind.rawValue).joined(separator: ", "))
    }
    let words = DatasetMeaningWords(
      meaning: request.meaning, forestValues: nil, yearZero: nil)
    guard let meaning = words.meaning(for: entry) else {
      throw ApplicationError.invalidSetting(
        name: "meaning", value: request.meaning ?? "—", expected: entry.exampleMeaning)
    }
    let stored = try datasets.take(request.path, as: entry)
    let event = DatasetRegistered(
      dataset: try DatasetName(request.name), kind: entry.kind, version: request.version,
      digest: stored.digest, byteCount: stored.byteCount, licence: request.licence,
      source: request.source, extent: stored.extent, cellDegrees: stored.cellDegrees,
      meaning: meaning)
    _ = try await record(
      .registerDataset(event), occurredAt: now(), key: nil, recordedBy: recordedBy)
    return (event, stored.mended)
  }

  /// Takes a dataset out of use.
  public func supersede(
    _ event: DatasetSuperseded, recordedBy: String
  ) async throws -> CommitReceipt {
    try await record(.supersedeDataset(event), occurredAt: now(), key: nil, recordedBy: recordedBy)
  }

  /// All that were ever registered, by name.
  public func datasetSummaries() async throws -> [DatasetSummary] {
    let (registered, world) = try await RegisteredDatasets(
      pool: pool, loader: loader, ledger: reader.ledger
    ).load(inUse: false)
    return registered.map { dataset in
      let path = datasets.path(of: dataset.digest)
      return DatasetSummary(
        registered: dataset, superseded: world.superseded[dataset.dataset], path: path,
        isHere: FileManager.default.fileExists(atPath: path))
    }
  }

  /// Makes assessments again.
  public var assessmentAgain: AssessmentAgain {
    AssessmentAgain(pool: pool, reader: reader, loader: loader, store: datasets)
  }
}
