import Foundation
import Ledger
import ProvenanceGraph
import ReadModels
public import Traceability

/// What another policy, or the loss of a map, would make of a whole ledger. Nothing is recorded.
public struct JudgedAgain: Sendable, Hashable, Codable {
  public struct Change: Sendable, Hashable, Codable {
    /// A lot or a shipment.
    public let subject: String
    public let before: Verdict
    public let after: Verdict
  }

  /// By which verdicts are kept.
  public let policy: String
  /// By which all was judged again.
  public let other: String
  /// Maps whose results were left out.
  public let withoutMaps: [DatasetName]
  /// The number of events that this rests on.
  public let position: Int64
  public let plotsJudged: Int
  public let before: VerdictCounts
  public let after: VerdictCounts
  /// Lots whose verdict changes, by code; then shipments.
  public let changes: [Change]
  /// Of the pass over all lots, links and shipments alone.
  public let sweepSeconds: Double
}

extension Raiz {
  /// How many plots are judged at a time: a plot's stream is some kilobytes.
  private static let plotsAtATime = 2_000

  /// Judges every plot by another policy, or without the results of some maps, and every lot and
  /// shipment by one pass over the graph. What a lot's own custody says hangs on no policy.
  ///
  /// - Throws: `ApplicationError.notFound` for a map that is not in the ledger.
  public func judgeAgain(
    by other: Policy, superseding maps: [DatasetName] = [],
    progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> JudgedAgain {
    let datasets = RegisteredDatasets(pool: pool, loader: loader, ledger: reader.ledger)
    let registered = Set(try await datasets.load(inUse: false).datasets.map(\.dataset))
    if let missing = Set(maps).subtracting(registered).min() {
      throw ApplicationError.notFound(.dataset(missing))
    }
    // Held for a while: what is recorded meanwhile goes into another copy.
    let state = try await provenance.ask { $0 }
    var owns = state.graph.owns
    let plots = (0..<UInt32(state.graph.nodeCount)).filter { state.graph.kind(of: $0) == .plot }
    for start in stride(from: 0, to: plots.count, by: Self.plotsAtATime) {
      try Task.checkCancellation()
      let part = plots[start..<min(start + Self.plotsAtATime, plots.count)]
      for (plot, rank) in try await ranks(of: part, by: other, without: Set(maps), state) {
        owns[Int(plot)] = rank
      }
      progress(start + part.count, plots.count)
    }
    let began = ContinuousClock.now
    let ranks = state.graph.ranks(under: owns)
    let spent = began.duration(to: .now).components
    return JudgedAgain(
      policy: policy.code, other: other.code, withoutMaps: maps.sorted(),
      position: state.mark.position, plotsJudged: plots.count,
      before: state.counts(state.graph.ranks), after: state.counts(ranks),
      changes: state.changes(to: ranks),
      sweepSeconds: Double(spent.seconds) + Double(spent.attoseconds) / 1e18)
  }

  private func ranks(
    of plots: ArraySlice<UInt32>, by policy: Policy, without maps: Set<DatasetName>,
    _ state: ProvenanceState
  ) async throws -> [(UInt32, UInt8)] {
    var world = World()
    var loaded: Set<StreamKey> = []
    let codes = try plots.map { try PlotCode(state.codes.text($0)) }
    let limit = state.mark.position
    try await loader.load(
      Set(codes.map(StreamKey.plot)), into: &world, loaded: &loaded, before: limit)
    let datasets = world.plots.values.flatMap { $0.assessment?.value.results ?? [] }
      .map { StreamKey.dataset($0.dataset) }
    try await loader.load(Set(datasets), into: &world, loaded: &loaded, before: limit)
    let judge = Judge(world: world.leavingOut(maps), policy: policy)
    return zip(plots, codes).map { ($0, judge.judge(plot: $1).verdict.graphRank) }
  }
}

extension ProvenanceState {
  /// How many lots stand at each verdict.
  func counts(_ ranks: [UInt8]) -> VerdictCounts {
    var counts = [0, 0, 0]
    for node in 0..<UInt32(graph.nodeCount) where graph.kind(of: node) == .lot {
      counts[min(2, Int(ranks[Int(node)]))] += 1
    }
    return VerdictCounts(
      deforestationFree: counts[0], insufficientEvidence: counts[1], notCompliant: counts[2])
  }

  func changes(to ranks: [UInt8]) -> [JudgedAgain.Change] {
    var changed: [CustodyGraph.Kind: [UInt32]] = [:]
    for node in 0..<UInt32(graph.nodeCount) where graph.ranks[Int(node)] != ranks[Int(node)] {
      changed[graph.kind(of: node), default: []].append(node)
    }
    let sorted = [CustodyGraph.Kind.lot, .shipment].flatMap {
      (changed[$0] ?? []).sorted(by: precedes)
    }
    return sorted.map { node in
      JudgedAgain.Change(
        subject: name(of: node), before: verdict(of: node),
        after: Verdict(graphRank: ranks[Int(node)]))
    }
  }
}
