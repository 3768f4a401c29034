public import Traceability

/// A text in both languages that people read Raíz in.
public struct LocalText: Sendable, Hashable, Codable {
  public let es: String
  public let en: String

  public init(es: String, en: String) {
    self.es = es
    self.en = en
  }

  public func text(in language: Language) -> String { language == .spanish ? es : en }
}

/// One thing found wrong with a bundle.
public struct VerificationFailure: Sendable, Hashable, Codable {
  public let code: FailureCode
  /// The event concerned, by its place in the ledger.
  public let position: Int64?
  /// The stream concerned.
  public let stream: String?
  public let detail: LocalText
}

/// What verification did, and found.
public struct VerificationReport: Sendable, Hashable, Codable {
  /// The steps, in the order in which they are done.
  public enum Step: String, Sendable, Hashable, Codable, CaseIterable {
    case file, signature, witnesses
    case leafHashes = "leaf-hashes"
    case tree, envelopes, streams, heads, custody, completeness, policy, geometry, verdict
  }

  public struct Check: Sendable, Hashable, Codable {
    public let name: Step
    /// Whether the step was done and found nothing.
    public let ok: Bool
    public let detail: LocalText
  }

  public let checks: [Check]
  /// At most `BundleVerifier.mostFailures`.
  public let failures: [VerificationFailure]
  /// All that were found.
  public let failureCount: Int
  /// What the file says it is about; nil where it could not be read.
  public let subject: StreamKey?
  public let ledger: String?
  public let treeSize: Int64?
  /// The verdict as derived from the events; nil where it could not be derived.
  public let verdict: Verdict?
  public let judgement: Judgement?
  /// What the verifier's own policy says of the same events, where one was given.
  public let ownJudgement: Judgement?
  /// Those of the verifier's witnesses that cosigned the checkpoint.
  public let cosigners: [Cosigned]

  /// True only if every step was done and none found anything.
  public var isSound: Bool { failureCount == 0 && checks.allSatisfy(\.ok) }

  /// What no bundle can show; part of every report.
  public static let notShown = [
    LocalText(
      es: "que el registro no tenga eventos más nuevos sobre estos hilos: pida un expediente"
        + " nuevo, o compare con un punto de control más reciente",
      en: "that the ledger has no newer events about these streams: ask for a new bundle, or"
        + " compare with a newer checkpoint"),
    LocalText(
      es: "que el registro haya dicho la verdad sobre el estado de sus hilos: lo comprueba quien"
        + " repasa todo el registro («raiz audit»)",
      en: "that the ledger told the truth about where its streams stand: who replays the whole"
        + " ledger (“raiz audit”) checks that"),
    LocalText(
      es: "que una división no diera la misma masa a partes que no están en este expediente",
      en: "that a split did not give the same mass to parts that are not in this bundle"),
    LocalText(
      es: "que lo registrado en el campo sea verdad, ni lo que muestran los mapas: repita la"
        + " evaluación con las capas cuyos SHA-256 constan aquí",
      en: "that what was recorded in the field is true, or what the maps show: repeat the"
        + " assessment with the datasets whose SHA-256 stand here"),
  ]

  /// The whole report for people.
  public func text(in language: Language) -> String {
    let es = language == .spanish
    var lines: [String] = []
    if let subject, let ledger, let treeSize {
      lines.append(
        es
          ? "Expediente de \(subject), registro \(ledger), \(treeSize) eventos"
          : "Bundle of \(subject), ledger \(ledger), \(treeSize) events")
    }
    for check in checks {
      let mark = check.ok ? (es ? "bien" : "ok") : (es ? "MAL" : "FAILED")
      lines.append("\(mark)  \(check.name.rawValue): \(check.detail.text(in: language))")
    }
    for failure in failures { lines.append("  - " + failure.detail.text(in: language)) }
    if failureCount > failures.count {
      let more = failureCount - failures.count
      lines.append(es ? "  - y \(more) más" : "  - and \(more) more")
    }
    for (judgement, own) in [(judgement, false), (ownJudgement, true)] {
      guard let judgement else { continue }
      let policy = "\(judgement.policyName) \(judgement.policyVersion)"
      let verdict = Wording.text(of: judgement.verdict, in: language)
      let whose = own ? (es ? " (política propia)" : " (your own policy)") : ""
      lines.append((es ? "Dictamen según " : "Verdict by ") + policy + whose + ": " + verdict)
      for reason in judgement.reasons {
        lines.append("  - \(reason.subject): \(Wording.text(of: reason, in: language))")
      }
    }
    lines.append(es ? "Lo que un expediente no demuestra:" : "What a bundle does not show:")
    lines += Self.notShown.map { "  - " + $0.text(in: language) }
    return lines.joined(separator: "\n") + "\n"
  }
}
