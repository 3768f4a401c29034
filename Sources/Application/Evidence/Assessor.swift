import Foundation
import Land
import Ledger
import PostgreSQL
import ReadModels
import Traceability
import ValueTypes

/// Overlays plots on the registered maps and records what they show.
public struct Assessor: Sendable {
  let pool: Pool
  let writer: LedgerWriter
  let reader: LedgerReader
  let loader: WorldLoader
  let projector: Projector
  let store: DatasetStore
  let context: DecisionContext

  public struct Report: Sendable, Codable {
    public internal(set) var assessed = 0
    /// Plots that could not be assessed, with the reason.
    public internal(set) var failed: [String: String] = [:]
    public internal(set) var datasets: [String] = []
    public internal(set) var seconds = 0.0
  }

  private static let chunk = 500

  /// Assesses every plot that has no assessment yet, some hundreds a commit.
  ///
  /// - Throws: `ApplicationError.datasetMissing` where a registered map is not in the data folder
  ///   or has other bytes than registered: nothing is assessed by half of the maps.
  public func assessAll(
    recordedBy: String, progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Report {
    let clock = ContinuousClock()
    let began = clock.now
    var report = Report()
    try await projector.catchUp()
    let datasets = try await registeredDatasets()
    report.datasets = datasets.map(\.dataset.text)
    guard !datasets.isEmpty else { return report }
    let plots = try await unassessed()
    guard !plots.isEmpty else { return report }
    let maps = try datasets.map { try OpenMap($0, store: store) }
    for start in stride(from: 0, to: plots.count, by: Self.chunk) {
      let part = Array(plots[start..<min(start + Self.chunk, plots.count)])
      try await assess(part, maps, recordedBy, &report)
      progress(min(start + Self.chunk, plots.count), plots.count)
    }
    try await projector.catchUp()
    let elapsed = began.duration(to: clock.now).components
    report.seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    return report
  }

  private func registeredDatasets() async throws -> [DatasetRegistered] {
    let rows = try await pool.withSession { session in
      try await session.query(
        "SELECT name FROM raiz_read.datasets WHERE ledger = \(projector.ledger) ORDER BY name")
    }
    let names = try rows.map { try DatasetName($0.decode(0, as: String.self)) }
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load(Set(names.map(StreamKey.dataset)), into: &world, loaded: &loaded)
    return names.compactMap { world.datasets[$0] }
  }

  private func unassessed() async throws -> [PlotCode] {
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT code FROM raiz_read.plots
        WHERE ledger = \(projector.ledger) AND NOT assessed ORDER BY code
        """)
    }
    return try rows.map { try PlotCode($0.decode(0, as: String.self)) }
  }

  private func assess(
    _ plots: [PlotCode], _ maps: [OpenMap], _ recordedBy: String, _ report: inout Report
  ) async throws {
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load(
      Set(plots.map(StreamKey.plot) + maps.map { .dataset($0.registered.dataset) }),
      into: &world, loaded: &loaded)
    var drafts: [EventDraft] = []
    var expectations: [StreamName: Int64] = [:]
    for code in plots {
      guard let plot = world.plots[code]?.registered else { continue }
      do {
        let event = try await PlotOverlay(plot: plot, reader: reader).assess(on: maps)
        let decided = try decide(
          .recordAssessment(event), occurredAt: context.now, in: world, by: context)
        drafts += try decided.map { try EventDraft($0) }
        expectations[try StreamName(StreamKey.plot(code).description)] =
          world.version(of: .plot(code))
        report.assessed += 1
      } catch let error as PlotOverlay.Failure {
        report.failed[code.text] = error.description
      }
    }
    guard !drafts.isEmpty else { return }
    _ = try await writer.append(
      CommitRequest(
        key: CommitKey("assess:" + UUID().uuidString.lowercased()), recordedBy: recordedBy,
        expectations: expectations, events: drafts))
  }
}

/// A registered map, opened from the data folder after its bytes were hashed again.
final class OpenMap {
  let registered: DatasetRegistered
  let raster: RasterDataset

  init(_ registered: DatasetRegistered, store: DatasetStore) throws {
    let path = store.path(of: registered.digest)
    guard FileManager.default.fileExists(atPath: path),
      try FileDigest.sha256(path) == registered.digest
    else { throw ApplicationError.datasetMissing(registered.dataset, path: path) }
    self.registered = registered
    raster = try RasterDataset.open(path)
  }
}
