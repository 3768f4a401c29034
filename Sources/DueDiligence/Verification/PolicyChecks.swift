import Ledger
import Traceability

/// The policy's text, and the verdict derived by it.
extension Verification {
  var policyText: LocalText {
    let name = "\(bundle.policyName) \(bundle.policyVersion)"
    return isPublished
      ? LocalText(
        es: "\(name), comparada con la que trae este programa",
        en: "\(name), compared with the one that this program ships")
      : LocalText(
        es: "\(name); este programa no la trae: lea su texto en el expediente",
        en: "\(name); this program does not ship it: read its text in the bundle")
  }

  private var isPublished: Bool { publishedText != nil }

  /// The text of the policy as this program ships it.
  private var publishedText: [UInt8]? {
    try? Policy.shippedText(name: bundle.policyName, version: bundle.policyVersion)
  }

  mutating func checkPolicy(_ world: World) -> Policy? {
    let code = bundle.policyName + "-" + bundle.policyVersion
    let stream = StreamKey(kind: .policy, code: code).description
    guard let registered = world.policies[code] else {
      fail(Fault(.policyMissing, ["policy": code]), stream: stream)
      return nil
    }
    let text = Array(registered.text.utf8)
    if MerkleTree.digest(text) != registered.digest { fail(Fault(.policyDigest), stream: stream) }
    let policy: Policy
    do {
      policy = try Policy(json: text)
    } catch {
      fail(Fault(.policyText, ["reason": "\(error)"]), stream: stream)
      return nil
    }
    if policy.name != bundle.policyName || policy.version != bundle.policyVersion
      || registered.name != policy.name || registered.version != policy.version
    {
      fail(Fault(.policyMissing, ["policy": code]), stream: stream)
    }
    // A lax policy under a known name would prove anything.
    if let publishedText, text != publishedText {
      fail(Fault(.policyDiffers, ["policy": code]), stream: stream)
    }
    return policy
  }

  mutating func checkVerdict(_ world: World, _ policy: Policy?, _ override: Policy?) {
    guard let policy,
      let derived = Judge(world: world, policy: policy).judgement(of: bundle.subject),
      world.version(of: bundle.subject) > 0
    else {
      fail(Fault(.subjectUnknown), stream: bundle.subject.description)
      return
    }
    judgement = derived
    if let override {
      ownJudgement = Judge(world: world, policy: override).judgement(of: bundle.subject)
    }
    // No act that the ledger accepts leaves these behind.
    // But for what was poured into a tank and told late; a window too short is found where it is
    // declared.
    for reason in derived.reasons
    where reason.code == .massDoesNotClose
      || (reason.code == .chainBroken && reason.figures["required"] == nil)
    {
      let code: FailureCode = reason.code == .chainBroken ? .chain : .mass
      fail(
        Fault(code, ["reason": Wording.text(of: reason, in: .english)]),
        stream: reason.subject.description)
    }
    if derived.canonicalJSON != bundle.judgement.canonicalJSON {
      let difference = [
        "derived": Self.summary(derived), "stated": Self.summary(bundle.judgement),
      ]
      fail(Fault(.verdict, difference), stream: bundle.subject.description)
    }
  }

  private static func summary(_ judgement: Judgement) -> String {
    let reasons = judgement.reasons.map { "\($0.subject) \($0.code.rawValue)" }
    return judgement.verdict.rawValue
      + (reasons.isEmpty ? "" : " (" + reasons.joined(separator: ", ") + ")")
  }
}
