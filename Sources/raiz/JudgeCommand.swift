import Application
import ArgumentParser
import Foundation
import Traceability

struct JudgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "What another policy, or the loss of a map, would change in the whole ledger.",
    discussion: """
      Every plot is judged again from the log, then every lot and shipment in one pass. Nothing is
      recorded, and the verdicts that are kept stay.
      """)

  @OptionGroup var shared: SharedOptions
  @Option(help: "A policy's file, or its code or name: eudr-1, rspo (default: the one in force).")
  var policy: String?
  @Option(help: "A map's name: judge as if it had been superseded, without its results.")
  var superseding: [String] = []
  @Option(help: "How many changes are listed; --json lists all.") var show = 50

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let rules = try await Self.rules(policy, raiz)
      let bar = ProgressBar(shared.words("parcelas", "plots"))
      let judged = try await raiz.judgeAgain(
        by: rules, superseding: try superseding.map { try DatasetName($0) }
      ) { bar.show($0, of: $1) }
      if shared.json { return try Terminal.json(judged) }
      list(judged)
    }
  }

  private static func rules(_ text: String?, _ raiz: Raiz) async throws -> Policy {
    guard let text else { return raiz.policy }
    guard FileManager.default.fileExists(atPath: text) else {
      return try await raiz.policy(named: text)
    }
    return try raiz.policy(file: text)
  }

  private func list(_ judged: JudgedAgain) {
    let text = VerdictText(language: shared.language)
    Terminal.out("\(judged.policy): \(text.counts(judged.before))")
    let without = judged.withoutMaps.map(\.text).joined(separator: ", ")
    let name = without.isEmpty ? judged.other : "\(judged.other) − \(without)"
    Terminal.out("\(name): \(text.counts(judged.after))")
    Terminal.out(shared.words("cambian", "changed") + ": \(judged.changes.count)")
    for change in judged.changes.prefix(show) {
      Terminal.out(
        "  \(change.subject)\t\(Wording.text(of: change.before, in: shared.language)) → "
          + Wording.text(of: change.after, in: shared.language))
    }
    let hidden = judged.changes.count - min(show, judged.changes.count)
    if hidden > 0 { Terminal.out(shared.words("  y \(hidden) más", "  and \(hidden) more")) }
  }
}
