import Foundation
import Land
import Ledger
import PostgreSQL
import ReadModels
import Traceability
import ValueTypes

/// Lays plots over the registered datasets and records what they show.
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
    /// Of these, plots that had been assessed before: by other datasets or another outline.
    public internal(set) var again = 0
    /// Plots that could not be assessed, with the reason.
    public internal(set) var failed: [String: String] = [:]
    public internal(set) var datasets: [String] = []
    /// Where the ledger stood before: what changed since is listed by `affected(since:)`.
    public internal(set) var from: Int64 = 0
    public internal(set) var seconds = 0.0
  }

  /// Plots of one commit: what an interruption costs, and what memory holds.
  private static let chunk = 2_000

  /// Assesses every plot whose newest assessment is not of the outline that counts now by exactly
  /// the datasets that are in use, some thousands a commit: what is recorded is not done twice.
  ///
  /// - Throws: `ApplicationError.datasetMissing` where a registered dataset is not in the data
  ///   folder or has other bytes than registered: nothing is assessed by half of the maps.
  public func assessAll(
    recordedBy: String, progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Report {
    let clock = ContinuousClock()
    let began = clock.now
    var report = Report()
    report.from = try await projector.catchUp()
    let datasets = try await datasetsInUse()
    report.datasets = datasets.map(\.dataset.text)
    guard !datasets.isEmpty else { return report }
    let plots = try await PlotsInOrder(pool: pool, ledger: projector.ledger).stale(datasets)
    guard !plots.isEmpty else { return report }
    let maps = try EvidenceMaps(datasets) { store.path(of: $0.digest) }
    for start in stride(from: 0, to: plots.count, by: Self.chunk) {
      try Task.checkCancellation()
      let part = Array(plots[start..<min(start + Self.chunk, plots.count)])
      // The rows of what is recorded by now are written meanwhile.
      async let level = projector.catchUp()
      try await assess(part, maps, recordedBy, &report)
      _ = try await level
      progress(min(start + Self.chunk, plots.count), plots.count)
    }
    try await projector.catchUp()
    let elapsed = began.duration(to: clock.now).components
    report.seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    return report
  }

  /// By name. Districts say where a plot lies and nothing of its land.
  private func datasetsInUse() async throws -> [DatasetRegistered] {
    try await RegisteredDatasets(pool: pool, loader: loader, ledger: projector.ledger)
      .load(inUse: true).datasets.filter { $0.kind != .district }
  }

  private func assess(
    _ plots: [PlotCode], _ maps: EvidenceMaps, _ recordedBy: String, _ report: inout Report
  ) async throws {
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load(
      Set(plots.map(StreamKey.plot) + maps.datasets.map { .dataset($0.dataset) }),
      into: &world, loaded: &loaded)
    let registered = plots.compactMap { world.plots[$0]?.registered }
    var subjects: [EvidenceMaps.Subject] = []
    for (plot, land) in zip(
      registered, try await PlotGeometries(reader: reader).subjects(registered))
    {
      switch land {
      case .success(let subject): subjects.append(subject)
      case .failure(let failure): report.failed[plot.plot.text] = failure.description
      }
    }
    var events: [NewEvent] = []
    var expectations: [StreamName: Int64] = [:]
    for (subject, outcome) in zip(subjects, maps.assess(subjects)) {
      let code = subject.plot.plot
      switch outcome {
      case .failure(let failure): report.failed[code.text] = failure.description
      case .success(let event):
        do {
          let decided = try decide(
            .recordAssessment(event), occurredAt: context.now, in: world, by: context)
          events += decided
          expectations[try StreamName(StreamKey.plot(code).description)] =
            world.version(of: .plot(code))
          report.assessed += 1
          if world.plots[code]?.assessment != nil { report.again += 1 }
        } catch let refusal as Refusal {
          report.failed[code.text] = refusal.description
        }
      }
    }
    guard !events.isEmpty else { return }
    let drafts = try await CoreSlices.map(events) { try EventDraft($0) }
    _ = try await writer.append(
      CommitRequest(
        key: CommitKey("assess:" + UUID().uuidString.lowercased()), recordedBy: recordedBy,
        expectations: expectations, events: drafts))
  }
}
