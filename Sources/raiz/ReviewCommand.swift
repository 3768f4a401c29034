import Application
import ArgumentParser
import Ledger
import Traceability

struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Answer a finding after looking: upheld, or dismissed with evidence.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The finding's code.") var finding: String
  @Option(help: "upheld or dismissed.") var outcome: String
  @Option(help: "Who answers for the review.") var reviewer: String
  @Option(help: "Why.") var reason: String
  @Option(help: "For which organisation the reviewer acts; not one that made or holds the goods.")
  var organisation: String?
  @Option(help: "Photographs, reports: files named by their SHA-256; may be repeated.")
  var evidence: [String] = []

  func run() async throws {
    try await withRaiz(shared) { raiz in
      guard let known = ReviewOutcome(rawValue: outcome) else {
        throw ApplicationError.invalidSetting(
          name: "--outcome", value: outcome, expected: "upheld, dismissed")
      }
      let code = finding.hasPrefix("finding:") ? String(finding.dropFirst(8)) : finding
      let review = FindingReviewed(
        finding: try FindingCode(code), outcome: known, reviewer: reviewer, reason: reason,
        evidence: try evidence.map { try raiz.digest(ofFile: $0) },
        organisation: try organisation.map { try OrganisationCode($0) })
      let receipt = try await raiz.review(review, recordedBy: reviewer)
      if shared.json { return try Terminal.json(receipt) }
      Terminal.out(
        shared.words(
          "revisión registrada en la posición \(receipt.firstPosition)",
          "review recorded at position \(receipt.firstPosition)"))
    }
  }
}
