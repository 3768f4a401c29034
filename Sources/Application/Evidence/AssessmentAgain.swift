import Foundation
import Land
import Ledger
import PostgreSQL
import ReadModels
public import Traceability
import ValueTypes

/// Makes assessments again from the registered datasets, or from a stranger's own copies of them,
/// and compares every figure bit by bit. Writes nothing.
public struct AssessmentAgain: Sendable {
  let pool: Pool
  let reader: LedgerReader
  let loader: WorldLoader
  let store: DatasetStore

  public struct Difference: Sendable, Hashable, Codable {
    public let plot: PlotCode
    /// The event that does not come out again.
    public let event: EventReference
    /// What differs: a dataset's name, `method`, or why the overlay failed.
    public let place: String
    public let recorded: String
    public let found: String
  }

  public struct Report: Sendable, Codable {
    public internal(set) var position: Int64 = 0
    public internal(set) var checked = 0
    public internal(set) var same = 0
    public internal(set) var differences: [Difference] = []
    public internal(set) var datasets: [String] = []

    public var isSame: Bool { differences.isEmpty }
  }

  private static let chunk = 2_000

  /// - Parameters:
  ///   - plots: which; nil checks the newest assessment of every plot.
  ///   - position: as the ledger stood before this position; nil is now.
  ///   - folder: where a stranger keeps his own copies, which are known by their hash alone; nil
  ///     takes the data folder's.
  /// - Throws: `ApplicationError.datasetMissing` where a dataset that an assessment names is not
  ///   there, `ApplicationError.notFound` for a plot that is not.
  public func run(
    plots: [PlotCode]?, at position: Int64?, maps folder: String?,
    progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> Report {
    var report = Report()
    let size = try await reader.newestCheckpoint()?.size ?? 0
    report.position = min(position ?? size, size)
    let codes: [PlotCode]
    if let plots {
      codes = plots
    } else {
      codes = try await PlotsInOrder(pool: pool, ledger: reader.ledger).all()
    }
    let copies = try folder.map { try DatasetCopies(folder: $0) }
    var opened: [[DatasetName]: EvidenceMaps] = [:]
    for start in stride(from: 0, to: codes.count, by: Self.chunk) {
      try Task.checkCancellation()
      let part = Array(codes[start..<min(start + Self.chunk, codes.count)])
      try await check(part, asked: plots != nil, copies, &opened, &report)
      progress(min(start + Self.chunk, codes.count), codes.count)
    }
    return report
  }

  private func check(
    _ codes: [PlotCode], asked: Bool, _ copies: DatasetCopies?,
    _ opened: inout [[DatasetName]: EvidenceMaps], _ report: inout Report
  ) async throws {
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load(
      Set(codes.map(StreamKey.plot)), into: &world, loaded: &loaded, before: report.position)
    var groups: [[DatasetName]: [PlotState]] = [:]
    for code in codes {
      guard let plot = world.plots[code] else {
        // Of all plots those that came later are no fault.
        if asked { throw ApplicationError.notFound(.plot(code)) }
        continue
      }
      guard let assessed = plot.assessment?.value else { continue }
      groups[assessed.results.map(\.dataset), default: []].append(plot)
    }
    for (names, plots) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if opened[names] == nil {
        try await loader.load(Set(names.map(StreamKey.dataset)), into: &world, loaded: &loaded)
        let datasets = names.compactMap { world.datasets[$0] }
        opened[names] = try EvidenceMaps(datasets) { dataset in
          copies?.path(of: dataset.digest) ?? store.path(of: dataset.digest)
        }
        report.datasets = Set(report.datasets + names.map(\.text)).sorted()
      }
      if let maps = opened[names] { try await check(plots, maps, &report) }
    }
  }

  private func check(
    _ plots: [PlotState], _ maps: EvidenceMaps, _ report: inout Report
  ) async throws {
    var outlines: [(state: PlotState, then: PlotRegistered)] = []
    for plot in plots {
      guard let assessed = plot.assessment?.value else { continue }
      report.checked += 1
      guard let then = plot.outline(assessed.geometryDigest) else {
        report.differ(plot, "geometry", "\(assessed.geometryDigest)", "—")
        continue
      }
      outlines.append((plot, then))
    }
    let lands = try await PlotGeometries(reader: reader).subjects(outlines.map(\.then))
    var subjects: [EvidenceMaps.Subject] = []
    var states: [PlotState] = []
    for ((plot, then), land) in zip(outlines, lands) {
      switch land {
      case .success(let subject):
        subjects.append(subject)
        states.append(plot)
      case .failure(let failure):
        report.differ(plot, "geometry", "\(then.geometry.digest)", failure.description)
      }
    }
    for (plot, outcome) in zip(states, maps.assess(subjects)) {
      switch outcome {
      case .success(let found): compare(plot, found, &report)
      case .failure(let failure): report.differ(plot, "overlay", "", failure.description)
      }
    }
  }

  private func compare(_ plot: PlotState, _ found: PlotAssessed, _ report: inout Report) {
    guard let recorded = plot.assessment?.value, recorded != found else {
      report.same += 1
      return
    }
    if recorded.method != found.method {
      return report.differ(plot, "method", recorded.method, found.method)
    }
    for (old, new) in zip(recorded.results, found.results) where old != new {
      report.differ(plot, old.dataset.text, Self.words(old), Self.words(new))
    }
    if recorded.form != found.form || recorded.results.count != found.results.count {
      report.differ(plot, "form", recorded.form.rawValue, found.form.rawValue)
    }
  }

  /// All digits: two figures that differ in the last bit must not read the same.
  private static func words(_ result: DatasetResult) -> String {
    var parts = result.classes.map { "\($0.value): \($0.squareMetres) m², \($0.cells)" }
    parts.append("outside: \(result.outsideSquareMetres) m²")
    parts.append("no data: \(result.noDataSquareMetres) m²")
    parts.append("all: \(result.squareMetres) m²")
    if let features = result.features { parts.append(features.joined(separator: "/")) }
    return parts.joined(separator: "; ") + " [\(result.datasetDigest)]"
  }
}

extension AssessmentAgain.Report {
  fileprivate mutating func differ(
    _ plot: PlotState, _ place: String, _ recorded: String, _ found: String
  ) {
    differences.append(
      AssessmentAgain.Difference(
        plot: plot.registered.plot,
        event: EventReference(stream: plot.stream, version: plot.assessment?.version ?? 0),
        place: place, recorded: recorded, found: found))
  }
}

/// A folder of somebody's own copies of datasets, by what their bytes hash to.
private struct DatasetCopies {
  private var paths: [SHA256Digest: String] = [:]

  init(folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    for name in names {
      let path = folder + "/" + name
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
      paths[try FileDigest.sha256(path)] = path
      if name.lowercased().hasSuffix(".vrt"), let digest = try? RasterSource(path: path).digest() {
        paths[digest] = path
      }
    }
  }

  func path(of digest: SHA256Digest) -> String? { paths[digest] }
}
