import Application
import ArgumentParser
import Traceability

struct VerdictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verdict",
    abstract: "The verdict of a lot, plot:CODE or shipment:CODE with its reasons, or of all lots.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "A lot's code, plot:CODE or shipment:CODE; none lists all lots.")
  var subject: String?
  @Option(help: "By which policy: eudr-1, rspo, pur-eligibility, or one that was registered.")
  var policy: String?

  func run() async throws {
    try await withRaiz(shared) { raiz in
      try await raiz.catchUp()
      guard let subject else {
        if let policy {
          throw ApplicationError.invalidSetting(
            name: "--policy", value: policy, expected: "a subject to judge by it")
        }
        return try await table(raiz)
      }
      let rules = if let policy { try await raiz.policy(named: policy) } else { raiz.policy }
      let judgement = try await raiz.judgement(of: try Subjects.read(subject), by: rules)
      if shared.json { return try Terminal.json(judgement) }
      for line in VerdictText(language: shared.language).lines(judgement) { Terminal.out(line) }
    }
  }

  private func table(_ raiz: Raiz) async throws {
    var lots: [LotSummary] = []
    var filter = LotFilter(limit: LotFilter.limitMaximum)
    repeat {
      let page = try await raiz.lots(filter)
      if shared.json { lots += page.lots } else { show(page.lots) }
      filter.after = page.next
    } while filter.after != nil
    let counts = try await raiz.verdictCounts()
    guard shared.json else {
      return Terminal.out(VerdictText(language: shared.language).counts(counts))
    }
    struct Document: Encodable {
      let counts: VerdictCounts
      let lots: [LotSummary]
    }
    try Terminal.json(Document(counts: counts, lots: lots))
  }

  private func show(_ lots: [LotSummary]) {
    for lot in lots {
      let verdict = Wording.text(of: lot.verdict, in: shared.language)
      Terminal.out(
        "\(lot.code)\t\(lot.product)\t\(Grams.kilograms(lot.grams)) kg\t\(lot.holder)\t\(verdict)")
    }
  }
}

/// Verdicts in words.
struct VerdictText {
  let language: Language

  func lines(_ judgement: Judgement) -> [String] {
    let es = language == .spanish
    var lines = [
      "\(judgement.subject): \(Wording.text(of: judgement.verdict, in: language)) "
        + "(\(es ? "política" : "policy") \(judgement.policyName) \(judgement.policyVersion))"
    ]
    for reason in judgement.reasons {
      let events = reason.restsOn.map(\.description).joined(separator: ", ")
      lines.append(
        "  – \(reason.subject): \(Wording.text(of: reason, in: language)) [\(events)]")
    }
    return lines
  }

  func counts(_ counts: VerdictCounts) -> String {
    let es = language == .spanish
    let pairs: [(Verdict, Int)] = [
      (.deforestationFree, counts.deforestationFree),
      (.insufficientEvidence, counts.insufficientEvidence), (.notCompliant, counts.notCompliant),
    ]
    let parts = pairs.map { "\($0.1) \(Wording.text(of: $0.0, in: language))" }
    return "\(counts.total) \(es ? "lotes" : "lots"): " + parts.joined(separator: ", ")
  }
}
