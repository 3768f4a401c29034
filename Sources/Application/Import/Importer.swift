import Foundation
import Land
import Ledger
import ReadModels
import Tabular
import Traceability
import ValueTypes

/// Takes a cooperative's files: each whole or not at all, or with `skipBad` its good rows.
public struct Importer: Sendable {
  let context: DecisionContext
  let writer: LedgerWriter
  let loader: WorldLoader
  let vault: PersonVault
  let overlaps: OverlapSearch
  let datasets: DatasetStore
  let places: PlotPlaces.Source

  /// Reads and records one file.
  ///
  /// - Throws: only what stops the import as a whole (the ledger or the database failing); what
  ///   is wrong with the file is in the report.
  public func take(
    _ path: String, options: ImportOptions, progress: @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> FileReport {
    let clock = ContinuousClock()
    let began = clock.now
    var parsed = ParsedFile.read(
      path, options: options, catalogue: context.catalogue, datasets: datasets)
    var report = FileReport(file: path, kind: parsed.kind, outcome: .refused)
    report.rows = parsed.rowCount
    if parsed.problems.isEmpty || (options.skipBad && parsed.canSkip) {
      try await record(&parsed, &report, options, progress)
    }
    report.list(parsed.problems)
    if options.skipBad, !parsed.problems.isEmpty, parsed.canSkip {
      report.rejects = try RejectsFile(parsed, options: options).write()
    }
    report.outcome = Self.outcome(report, hasProblems: !parsed.problems.isEmpty)
    let elapsed = began.duration(to: clock.now).components
    report.seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    return report
  }

  private static func outcome(_ report: FileReport, hasProblems: Bool) -> FileReport.Outcome {
    if hasProblems { return report.events > 0 ? .takenInPart : .refused }
    return report.events > 0 ? .taken : .unchanged
  }

  private func record(
    _ parsed: inout ParsedFile, _ report: inout FileReport, _ options: ImportOptions,
    _ progress: @Sendable (Int, Int) -> Void
  ) async throws {
    let problemsBefore = parsed.problems
    let isOfPlots = parsed.kind == .plots || parsed.kind == .plotPoints
    let places = isOfPlots ? try await self.places.open(parsed, on: options.now.localDate) : nil
    for attempt in 1... {
      parsed.problems = problemsBefore
      var plan = try await FilePlan.make(
        parsed.acts, loader: loader, context: context, file: parsed.name, progress: progress,
        vault: vault, options: options, places: places)
      if isOfPlots {
        try await overlaps.look(at: parsed.geometries, in: &plan, context: context, loader: loader)
      }
      plan.remark(parsed.remarks)
      parsed.problems += plan.problems
      if !plan.problems.isEmpty, !(options.skipBad && parsed.canSkip) { return }
      report.acts = plan.decided
      report.notices = plan.notices
      report.unchanged = plan.unchanged
      guard !plan.events.isEmpty else { return }
      try vault.keys.keep(plan.personKeys)
      do {
        let receipt = try await writer.append(
          try plan.request(recordedBy: options.recordedBy))
        report.events = plan.events.count
        report.checkpointSize = receipt.checkpointSize
        report.seasons = try await plan.seasons(
          loader: loader, catalogue: context.catalogue)
        return
      } catch let error as LedgerError where error.isConflict && attempt < ImportLimits.attempts {
        // Somebody wrote to one of the streams meanwhile: decide again on what is there now.
        continue
      }
    }
  }
}
