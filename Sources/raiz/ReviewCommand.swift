import Application
import ArgumentParser
import Ledger
import Traceability

struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Answer a finding after looking: upheld, or dismissed with evidence.",
    discussion: """
      With --dataset NAME all open doubts that rest on a superseded dataset get the same answer,
      each as an event of its own; --list shows which, and records nothing.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The finding's code; none with --dataset.") var finding: String?
  @Option(help: "Answer all open doubts that rest on this superseded dataset.")
  var dataset: String?
  @Flag(help: "With --dataset: list what would be answered, and record nothing.") var list = false
  @Option(help: "upheld or dismissed.") var outcome: String?
  @Option(help: "Who answers for the review.") var reviewer: String?
  @Option(help: "Why.") var reason: String?
  @Option(help: "For which organisation the reviewer acts; not one that made or holds the goods.")
  var organisation: String?
  @Option(help: "Photographs, reports: files named by their SHA-256; may be repeated.")
  var evidence: [String] = []

  func validate() throws {
    guard (finding == nil) != (dataset == nil) else {
      throw ValidationError("Give a finding's code, or --dataset NAME.")
    }
    guard !list || dataset != nil else { throw ValidationError("--list goes with --dataset.") }
    guard !list else { return }
    for (option, value) in [
      ("--outcome", outcome), ("--reviewer", reviewer), ("--reason", reason),
    ] where value == nil {
      throw ValidationError("Missing expected argument '\(option) <\(option.dropFirst(2))>'")
    }
  }

  func run() async throws {
    try await withRaiz(shared) { raiz in
      if let dataset {
        return try await ReviewOfDataset(raiz: raiz, shared: shared).run(
          try DatasetName(dataset), with: list ? nil : try review(raiz))
      }
      let common = try review(raiz)
      let receipt = try await raiz.review(
        FindingReviewed(
          finding: try Subjects.finding(finding ?? ""), outcome: common.outcome,
          reviewer: common.reviewer,
          reason: common.reason, evidence: common.evidence,
          organisation: try organisation.map { try OrganisationCode($0) }),
        recordedBy: common.reviewer)
      if shared.json { return try Terminal.json(receipt) }
      Terminal.out(
        shared.words(
          "revisión registrada en la posición \(receipt.firstPosition)",
          "review recorded at position \(receipt.firstPosition)"))
    }
  }

  private func review(_ raiz: Raiz) throws -> CommonReview {
    guard let known = ReviewOutcome(rawValue: outcome ?? "") else {
      throw ApplicationError.invalidSetting(
        name: "--outcome", value: outcome ?? "", expected: "upheld, dismissed")
    }
    return CommonReview(
      outcome: known, reviewer: reviewer ?? "", reason: reason ?? "",
      evidence: try evidence.map { try raiz.digest(ofFile: $0) })
  }
}

/// Answers all doubts that rest on a superseded dataset, after listing them.
struct ReviewOfDataset {
  let raiz: Raiz
  let shared: SharedOptions

  /// - Parameter review: nil lists only.
  func run(_ dataset: DatasetName, with review: CommonReview?) async throws {
    let listed = try await raiz.doubts(restingOn: dataset)
    if !shared.json { show(listed, dataset) }
    guard let review else {
      if shared.json { try Terminal.json(listed) }
      return
    }
    let bar = ProgressBar(shared.words("respuestas", "answers"))
    let report = try await raiz.review(listed, with: review, recordedBy: review.reviewer) {
      bar.show($0, of: $1)
    }
    if shared.json { try Terminal.json(report) } else { show(report) }
    if !report.isWhole { throw ExitCode.refused }
  }

  private func show(_ listed: DatasetDoubts, _ dataset: DatasetName) {
    let past = listed.superseded.reason
    Terminal.out(
      shared.words(
        "\(listed.doubts.count) observaciones abiertas se apoyan en \(dataset), que ya no se usa"
          + " (\(past))",
        "\(listed.doubts.count) open doubts rest on \(dataset), which is used no more (\(past))"))
    for doubt in listed.doubts { Terminal.out("  ? " + line(doubt)) }
    guard !listed.waiting.isEmpty else { return }
    Terminal.out(
      shared.words(
        "\(listed.waiting.count) más esperan: su parcela aún no se evaluó sin \(dataset)."
          + " Ejecute «raiz assess» y repita.",
        "\(listed.waiting.count) more wait: their plots are not yet assessed without \(dataset)."
          + " Run “raiz assess” and repeat."))
    for doubt in listed.waiting { Terminal.out("  … " + line(doubt)) }
  }

  private func line(_ doubt: DatasetDoubts.Doubt) -> String {
    let subjects = doubt.subjects.map(\.description).joined(separator: ", ")
    return "\(doubt.finding) [\(subjects)]: " + shared.words(doubt.es, doubt.en)
  }

  private func show(_ report: DatasetReview) {
    for answer in report.answered {
      Terminal.out(
        "  ✓ \(answer.finding) "
          + shared.words("en la posición \(answer.position)", "at position \(answer.position)"))
    }
    for refused in report.refused {
      Terminal.out("  ✗ \(refused.finding): " + shared.words(refused.es, refused.en))
    }
    Terminal.out(
      shared.words(
        "\(report.answered.count) respondidas, \(report.refused.count) rechazadas,"
          + " \(report.listed.waiting.count) en espera",
        "\(report.answered.count) answered, \(report.refused.count) refused,"
          + " \(report.listed.waiting.count) waiting"))
  }
}
