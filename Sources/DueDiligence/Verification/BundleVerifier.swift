public import Ledger
public import Traceability

/// Judges a bundle without its server: signature, tree, streams, custody, land, policy, verdict.
public enum BundleVerifier {
  /// The most failures that a report lists.
  public static let mostFailures = 1_000

  /// Verifies a file's bytes, whatever they are.
  ///
  /// - Parameters:
  ///   - verifierKeys: the keys that the caller trusts, `name+hex+base64`; a key named in the
  ///     file is never trusted.
  ///   - policyOverride: judges by this policy as well; the file's verdict is still derived by
  ///     the policy that its events hold.
  ///   - witnesses: who must have cosigned the checkpoint; nil asks for none.
  public static func verify(
    _ file: [UInt8], verifierKeys: [String], policyOverride: Policy? = nil,
    witnesses: WitnessPolicy? = nil, limits: BundleLimits = BundleLimits()
  ) -> VerificationReport {
    do {
      let bundle = try Bundle.decode(file, limits: limits)
      return verify(
        bundle, verifierKeys: verifierKeys, policyOverride: policyOverride,
        witnesses: witnesses)
    } catch {
      var position: Int64?
      if case .damaged(_, let found, _) = error { position = found }
      let failure = Fault(.fileDamaged, ["reason": "\(error)"]).failure(at: position)
      return VerificationReport(
        checks: [
          .init(
            name: .file, ok: false,
            detail: LocalText(es: "no se pudo leer", en: "could not be read"))
        ],
        failures: [failure], failureCount: 1, subject: nil, ledger: nil, treeSize: nil,
        verdict: nil, judgement: nil, ownJudgement: nil, cosigners: [])
    }
  }

  /// Verifies what a file says, once read.
  public static func verify(
    _ bundle: Bundle, verifierKeys: [String], policyOverride: Policy? = nil,
    witnesses: WitnessPolicy? = nil
  ) -> VerificationReport {
    var verification = Verification(bundle: bundle)
    verification.checkIntegrity(verifierKeys, witnesses)
    verification.checkMeaning(policyOverride)
    return verification.report
  }
}

/// One verification under way. Each step is done only where those it rests on found nothing to
/// make it meaningless; a step not done counts as failed.
struct Verification {
  typealias Step = VerificationReport.Step

  let bundle: Bundle
  private(set) var failures: [VerificationFailure] = []
  private(set) var failureCount = 0
  private var checks: [VerificationReport.Check] = []
  var judgement: Judgement?
  var ownJudgement: Judgement?
  var cosigners: [Cosigned] = []

  init(bundle: Bundle) {
    self.bundle = bundle
    checks.append(
      .init(
        name: .file, ok: true,
        detail: LocalText(
          es: "\(bundle.events.count) eventos, \(bundle.attachments.count) adjuntos",
          en: "\(bundle.events.count) events, \(bundle.attachments.count) attachments")))
  }

  mutating func fail(_ fault: Fault, at position: Int64? = nil, stream: String? = nil) {
    failureCount += 1
    guard failures.count < BundleVerifier.mostFailures else { return }
    failures.append(fault.failure(at: position, stream: stream))
  }

  func isDone(_ step: Step) -> Bool { checks.contains { $0.name == step && $0.ok } }

  /// Does a step, if those before it allow, and notes how it went.
  mutating func run(
    _ step: Step, after needed: [Step] = [], _ body: (inout Verification) -> LocalText
  ) {
    if let failed = needed.first(where: { !isDone($0) }) {
      let detail = LocalText(
        es: "no se hizo, porque falló «\(failed.rawValue)»",
        en: "not done, because «\(failed.rawValue)» failed")
      checks.append(.init(name: step, ok: false, detail: detail))
      return
    }
    let before = failureCount
    let detail = body(&self)
    checks.append(.init(name: step, ok: failureCount == before, detail: detail))
  }

  var report: VerificationReport {
    VerificationReport(
      checks: checks, failures: failures, failureCount: failureCount, subject: bundle.subject,
      ledger: bundle.ledger, treeSize: bundle.treeSize, verdict: judgement?.verdict,
      judgement: judgement, ownJudgement: ownJudgement, cosigners: cosigners)
  }
}
