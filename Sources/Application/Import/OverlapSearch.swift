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
    let overlap: PlotOverlap
  }

  private static let chunk = 500

  /// Adds findings to the plan (check G10), and refuses a plot whose very outline or point
  /// another producer has.
  func look(
    at geometries: [PlotCode: PlotGeometry], in plan: inout FilePlan, context: DecisionContext,
    loader: WorldLoader
  ) async throws {
    let new = plan.rowsOfNewPlots.keys.sorted {
      (plan.rowsOfNewPlots[$0] ?? 0, $0) < (plan.rowsOfNewPlots[$1] ?? 0, $1)
    }.filter { geometries[$0] != nil }
    guard !new.isEmpty else { return }
    try await projector.catchUp()
    let all = Set(new)
    var pairs = try within(new, geometries)
    for start in stride(from: 0, to: new.count, by: Self.chunk) {
      let part = Array(new[start..<min(start + Self.chunk, new.count)])
      pairs += try await outlines(
        against: part.filter { geometries[$0]?.isPoint == false }, geometries)
      pairs += try await points(
        against: part.filter { geometries[$0]?.isPoint == true }, geometries)
    }
    let others = Set(pairs.map { StreamKey.plot($0.other) })
    try await loader.load(others, into: &plan.world, loaded: &plan.loaded)
    for pair in pairs.sorted(by: { ($0.plot, $0.other) < ($1.plot, $1.other) }) {
      // One that a pair before had dropped has no neighbours any more.
      let left = plan.rowsOfNewPlots
      if left[pair.plot] == nil || all.contains(pair.other) && left[pair.other] == nil { continue }
      try raise(pair, in: &plan, context)
    }
  }

  private func within(
    _ plots: [PlotCode], _ geometries: [PlotCode: PlotGeometry]
  ) throws -> [Pair] {
    let shapes = plots.compactMap { geometries[$0] }
    let found = try Overlaps.all(in: shapes) + Overlaps.repeatedPoints(in: shapes)
    return found.filter { $0.weight != .noise }.map {
      Pair(plot: plots[$0.second], other: plots[$0.first], overlap: $0)
    }
  }

  private func outlines(
    against plots: [PlotCode], _ geometries: [PlotCode: PlotGeometry]
  ) async throws -> [Pair] {
    if plots.isEmpty { return [] }
    let outlines = plots.map { String(decoding: geometries[$0]?.geoJSON() ?? [], as: UTF8.self) }
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        WITH new AS MATERIALIZED (
          SELECT n.code, ST_SetSRID(ST_GeomFromGeoJSON(n.outline), 4326) AS geometry
          FROM unnest(\(plots.map(\.text)), \(outlines)) AS n(code, outline))
        SELECT new.code, p.code AS other,
          ST_Area(ST_Intersection(new.geometry, p.geometry))
            / least(ST_Area(new.geometry), ST_Area(p.geometry)) AS share,
          ST_Area(new.geometry) <= ST_Area(p.geometry) AS smaller,
          p.square_metres AS area,
          new.geometry ~= p.geometry AND ST_Equals(new.geometry, p.geometry) AS same
        FROM new JOIN raiz_read.plots p
          ON p.ledger = \(projector.ledger) AND p.form = 'polygon'
          AND ST_Intersects(p.geometry, new.geometry) AND p.code <> new.code
        """)
    }
    return try rows.compactMap { row in
      let plot = try PlotCode(row.decode("code"))
      let share: Double = try row.decode("share")
      let area: Double =
        try row.decode("smaller")
        ? geometries[plot]?.areaSquareMetres ?? 0 : row.decode("area")
      let overlap = PlotOverlap(
        squareMetres: share * area, shareOfSmaller: share, isSame: try row.decode("same"))
      guard overlap.weight != .noise else { return nil }
      return Pair(plot: plot, other: try PlotCode(row.decode("other")), overlap: overlap)
    }
  }

  /// A point's text is short, so equal points have equal hashes.
  private func points(
    against plots: [PlotCode], _ geometries: [PlotCode: PlotGeometry]
  ) async throws -> [Pair] {
    if plots.isEmpty { return [] }
    let hashes = plots.map { geometries[$0]?.digest.description ?? "" }
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT n.code, p.code AS other
        FROM unnest(\(plots.map(\.text)), \(hashes)) AS n(code, hash)
        JOIN raiz_read.plots p
          ON p.ledger = \(projector.ledger) AND p.geometry_sha256 = n.hash AND p.code <> n.code
        """)
    }
    return try rows.map { row in
      Pair(
        plot: try PlotCode(row.decode("code")), other: try PlotCode(row.decode("other")),
        overlap: PlotOverlap(squareMetres: 0, shareOfSmaller: 1, isSame: true))
    }
  }

  private func raise(
    _ pair: Pair, in plan: inout FilePlan, _ context: DecisionContext
  ) throws {
    guard let state = plan.world.plots[pair.plot], let otherState = plan.world.plots[pair.other]
    else { return }
    let (plot, other) = (state.registered, otherState.registered)
    // Points are often taken at one gate or scale: a doubt. A whole outline is not.
    if pair.overlap.weight == .same, plot.producer != other.producer,
      plot.geometry.form == .polygon
    {
      plan.refuse(claimedTwice(plot, other, in: plan))
      plan.drop(pair.plot)
      return
    }
    let percent = Traceability.Wording.decimal(pair.overlap.shareOfSmaller * 100, places: 1)
    let finding = FindingRaised(
      finding: try Self.code(state, otherState), kind: .plotOverlap,
      severity: pair.overlap.problem.severity == .critical ? .doubt : .notice,
      subjects: [.plot(pair.plot), .plot(pair.other)],
      restsOn: [state.outlineReference, otherState.outlineReference],
      figures: ["plot": pair.plot.text, "other": pair.other.text, "percent": percent])
    plan.take(
      try decide(
        .raiseFinding(finding), occurredAt: context.now, in: plan.world, by: context))
    let row = plan.rowsOfNewPlots[pair.plot] ?? 0
    plan.remark(
      RowProblem(pair.overlap.finding(with: pair.other.text), file: plan.file, row: row))
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
