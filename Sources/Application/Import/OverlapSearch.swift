import Foundation
import Land
import Ledger
import PostgreSQL
import ReadModels
import Tabular
import Traceability
import ValueTypes

/// Looks for land that new plots share with each other or with plots registered before.
public struct OverlapSearch: Sendable {
  let pool: Pool
  let projector: Projector

  private struct Pair {
    /// The plot that came later, and the one that was there before it.
    let plot: PlotCode
    let other: PlotCode
    /// Of the smaller plot, 0…1.
    let share: Double
  }

  private static let chunk = 500
  /// Under this it is noise of satellite positions (check G10).
  private static let noiseShare = 0.02
  private static let doubtShare = 0.10

  /// Adds findings to the plan, and refuses a plot whose very outline another producer has.
  func look(
    at geometries: [PlotCode: PlotGeometry], in plan: inout FilePlan, context: DecisionContext,
    loader: WorldLoader
  ) async throws {
    let new = plan.rowsOfNewPlots.keys.sorted {
      (plan.rowsOfNewPlots[$0] ?? 0, $0) < (plan.rowsOfNewPlots[$1] ?? 0, $1)
    }.filter { geometries[$0]?.isPoint == false }
    guard !new.isEmpty else { return }
    try await projector.catchUp()
    var pairs = try within(new, geometries)
    for start in stride(from: 0, to: new.count, by: Self.chunk) {
      let part = Array(new[start..<min(start + Self.chunk, new.count)])
      pairs += try await against(part, geometries)
    }
    let others = Set(pairs.map { StreamKey.plot($0.other) })
    try await loader.load(others, into: &plan.world, loaded: &plan.loaded)
    for pair in pairs.sorted(by: { ($0.plot, $0.other) < ($1.plot, $1.other) }) {
      try raise(pair, in: &plan, context)
    }
  }

  private func within(
    _ plots: [PlotCode], _ geometries: [PlotCode: PlotGeometry]
  ) throws -> [Pair] {
    let shapes = plots.compactMap { geometries[$0] }
    return try Overlaps.all(in: shapes).filter { $0.shareOfSmaller >= Self.noiseShare }.map {
      let (earlier, later) = (min($0.first, $0.second), max($0.first, $0.second))
      return Pair(plot: plots[later], other: plots[earlier], share: $0.shareOfSmaller)
    }
  }

  private func against(
    _ plots: [PlotCode], _ geometries: [PlotCode: PlotGeometry]
  ) async throws -> [Pair] {
    let outlines = plots.map { String(decoding: geometries[$0]?.geoJSON() ?? [], as: UTF8.self) }
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        WITH new AS MATERIALIZED (
          SELECT n.code, ST_SetSRID(ST_GeomFromGeoJSON(n.outline), 4326) AS geometry
          FROM unnest(\(plots.map(\.text)), \(outlines)) AS n(code, outline))
        SELECT new.code, p.code AS other,
          ST_Area(ST_Intersection(new.geometry, p.geometry))
            / least(ST_Area(new.geometry), ST_Area(p.geometry)) AS share
        FROM new JOIN raiz_read.plots p
          ON p.ledger = \(projector.ledger) AND p.form = 'polygon'
          AND ST_Intersects(p.geometry, new.geometry) AND p.code <> new.code
        """)
    }
    return try rows.compactMap { row in
      let share: Double = try row.decode("share")
      guard share >= Self.noiseShare else { return nil }
      return Pair(
        plot: try PlotCode(row.decode("code")), other: try PlotCode(row.decode("other")),
        share: share)
    }
  }

  private func raise(
    _ pair: Pair, in plan: inout FilePlan, _ context: DecisionContext
  ) throws {
    guard let state = plan.world.plots[pair.plot], let otherState = plan.world.plots[pair.other]
    else { return }
    let (plot, other) = (state.registered, otherState.registered)
    if plot.geometry.digest == other.geometry.digest, plot.producer != other.producer {
      plan.refuse(claimedTwice(plot, other, in: plan))
      plan.drop(pair.plot)
      return
    }
    let finding = FindingRaised(
      finding: try Self.code(state, otherState), kind: .plotOverlap,
      severity: pair.share > Self.doubtShare ? .doubt : .notice,
      subjects: [.plot(pair.plot), .plot(pair.other)],
      restsOn: [state.outlineReference, otherState.outlineReference],
      figures: [
        "plot": pair.plot.text, "other": pair.other.text,
        "percent": Traceability.Wording.decimal(pair.share * 100, places: 1),
      ])
    plan.take(
      try decide(
        .raiseFinding(finding), occurredAt: context.now, in: plan.world, by: context))
  }

  /// One for each pair of outlines: a corrected one asks anew.
  private static func code(_ plot: PlotState, _ other: PlotState) throws -> FindingCode {
    let pair = "plot-overlap/\(plot.registered.plot)/\(other.registered.plot)"
    let versions = [plot, other].map(\.outlineReference.version)
    guard versions != [1, 1] else { return try FindingCode(pair) }
    return try FindingCode(pair + "/\(versions[0])-\(versions[1])")
  }

  private func claimedTwice(
    _ plot: PlotRegistered, _ other: PlotRegistered, in plan: FilePlan
  ) -> RowProblem {
    RowProblem(
      Refusal(
        .plotOfAnotherProducer, .plot(plot.plot),
        [
          "plot": other.plot.text, "producer": other.producer?.text ?? "—",
          "claimant": plot.producer?.text ?? "—",
        ]), file: plan.file, row: plan.rowsOfNewPlots[plot.plot] ?? 0)
  }
}
