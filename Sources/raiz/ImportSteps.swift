import Application
import Foundation
import Traceability

/// Takes files one after the other, telling how it goes.
struct ImportSteps {
  let raiz: Raiz
  let shared: SharedOptions

  static var user: String {
    let name = ProcessInfo.processInfo.environment["USER"] ?? "cli"
    return "cli:" + (name.isEmpty ? "cli" : name)
  }

  func take(
    _ paths: [String], options: ImportOptions, quiet: Bool = false
  ) async throws -> [FileReport] {
    let importer = raiz.importer
    var reports: [FileReport] = []
    for path in paths {
      let bar = ProgressBar(URL(fileURLWithPath: path).lastPathComponent)
      let report = try await Interruptible.run(
        shared,
        ended: shared.words(
          "interrumpido: \(path) quedó registrado entero o nada de él, los archivos anteriores"
            + " quedan; repita la orden: lo que ya está no cambia",
          "interrupted: \(path) is recorded whole or not at all, the files before it are; give the"
            + " command again: what is there does not change")
      ) {
        try await importer.take(path, options: options) { done, total in
          bar.show(done, of: total)
        }
      }
      reports.append(report)
      if !shared.json, !quiet {
        for line in ImportText(language: shared.language).lines(report) { Terminal.out(line) }
      }
    }
    return reports
  }

  func assess(quiet: Bool = false) async throws -> Assessor.Report {
    let bar = ProgressBar(shared.words("evaluación", "assessment"))
    let assessor = raiz.assessor
    let report = try await Interruptible.run(
      shared,
      ended: shared.words(
        "interrumpido: lo evaluado queda registrado; «raiz assess» sigue donde quedó",
        "interrupted: what is assessed stays recorded; «raiz assess» goes on where it stood")
    ) {
      try await assessor.assessAll(recordedBy: Self.user) { done, total in
        bar.show(done, of: total)
      }
    }
    if !shared.json, !quiet, report.assessed > 0 || !report.failed.isEmpty {
      Terminal.out(
        shared.words(
          "evaluadas \(report.assessed) parcelas con \(report.datasets.joined(separator: ", "))",
          "assessed \(report.assessed) plots by \(report.datasets.joined(separator: ", "))"))
      if report.again > 0 {
        Terminal.out(
          shared.words(
            "  \(report.again) de nuevo; lo que alcanza: raiz affected --since \(report.from)",
            "  \(report.again) of them again; what that reaches: raiz affected --since"
              + " \(report.from)"))
      }
      for (plot, reason) in report.failed.sorted(by: { $0.key < $1.key }).prefix(100) {
        Terminal.out("  ✗ \(plot): \(reason)")
      }
    }
    return report
  }
}

/// Import reports in words.
struct ImportText {
  let language: Language
  private static let listed = 100

  func lines(_ report: FileReport) -> [String] {
    let es = language == .spanish
    let name = URL(fileURLWithPath: report.file).lastPathComponent
    let outcome =
      switch report.outcome {
      case .taken: es ? "registrado" : "taken"
      case .takenInPart: es ? "registrado en parte" : "taken in part"
      case .unchanged: es ? "ya estaba, nada cambia" : "unchanged"
      case .refused: es ? "rechazado, nada se registró" : "refused, nothing recorded"
      }
    let rate = Int(Double(report.rows) / max(report.seconds, 0.001))
    let seconds = Wording.decimal(report.seconds, places: 2)
    var lines = [
      "\(name): \(outcome) — \(report.rows) \(es ? "filas" : "rows"), "
        + "\(report.events) \(es ? "eventos" : "events"), \(report.unchanged) "
        + "\(es ? "sin cambio" : "unchanged"), \(seconds) s, \(rate) \(es ? "filas" : "rows")/s"
    ]
    for problem in report.problems.prefix(Self.listed) {
      lines.append("  ✗ " + (es ? problem.es : problem.en) + " [\(problem.code)]")
    }
    let more = report.problems.count + report.unlistedProblems - Self.listed
    if more > 0 {
      lines.append(
        es ? "  … y \(more) más (--json los lista)" : "  … and \(more) more (see --json)")
    }
    for notice in report.notices.prefix(Self.listed) {
      let severity = notice.severity.map { ", \(Self.severity($0, es))" } ?? ""
      lines.append("  ! " + (es ? notice.es : notice.en) + " [\(notice.code)\(severity)]")
    }
    lines += seasons(report)
    if let rejects = report.rejects {
      lines.append(
        es ? "  filas por corregir: \(rejects)" : "  rows to correct: \(rejects)")
    }
    return lines
  }

  /// Plots whose season is used up or nearly so; those with room are not told one by one.
  private func seasons(_ report: FileReport) -> [String] {
    guard let seasons = report.seasons, seasons.aboveUsual > 0 else { return [] }
    let es = language == .spanish
    let head =
      es
      ? "  \(seasons.aboveUsual) de \(seasons.plots) parcelas pasan de lo usual en la campaña:"
      : "  \(seasons.aboveUsual) of \(seasons.plots) plots are above what is usual in a season:"
    return [head]
      + seasons.fullest.filter { $0.balance.standing != .usual }
      .map { "    " + $0.text(in: language) }
  }

  private static func severity(_ name: String, _ es: Bool) -> String {
    guard es else { return name }
    return switch name {
    case "critical": "crítico"
    case "warning": "advertencia"
    case "mended": "corregido"
    case "notice": "aviso"
    default: name
    }
  }

  func summary(_ reports: [FileReport]) -> String {
    let es = language == .spanish
    let rows = reports.reduce(0) { $0 + $1.rows }
    let events = reports.reduce(0) { $0 + $1.events }
    let seconds = reports.reduce(0) { $0 + $1.seconds }
    let bad = reports.filter { $0.outcome == .refused || $0.outcome == .takenInPart }.count
    let rate = Int(Double(rows) / max(seconds, 0.001))
    let time = Wording.decimal(seconds, places: 1)
    return es
      ? "\(reports.count) archivos, \(rows) filas, \(events) eventos en \(time) s "
        + "(\(rate) filas/s); \(bad) con problemas"
      : "\(reports.count) files, \(rows) rows, \(events) events in \(time) s "
        + "(\(rate) rows/s); \(bad) with problems"
  }
}
