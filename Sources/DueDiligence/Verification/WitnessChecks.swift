import Ledger
public import ValueTypes

/// Who cosigned a bundle's checkpoint, as its verifier found it.
public struct Cosigned: Sendable, Hashable, Codable {
  /// The witness's name.
  public let name: String
  /// By the witness's clock; nil after the year 9999.
  public let time: Timestamp?
}

/// That enough witnesses saw this checkpoint continue all they saw before.
extension Verification {
  mutating func checkWitnesses(_ policy: WitnessPolicy?) {
    run(.witnesses, after: policy == nil ? [] : [.signature]) { verification in
      guard let policy else {
        return LocalText(es: "no se pidieron testigos", en: "no witnesses were asked for")
      }
      verification.check(policy)
      return verification.witnessText(policy)
    }
  }

  private mutating func check(_ policy: WitnessPolicy) {
    do {
      let found = try policy.cosignatures(in: bundle.checkpoint)
      cosigners = found.map { Cosigned(name: $0.witness, time: $0.moment) }
    } catch {
      fail(Fault(.cosignature, ["reason": "\(error)"]))
      return
    }
    if cosigners.count < policy.needed {
      fail(
        Fault(
          .cosignaturesTooFew,
          [
            "found": "\(cosigners.count)", "needed": "\(policy.needed)",
            "given": "\(policy.witnesses.count)",
          ]))
    }
  }

  private func witnessText(_ policy: WitnessPolicy) -> LocalText {
    let who = cosigners.map { "\($0.name) \($0.time?.description ?? "—")" }
      .joined(separator: ", ")
    let tail = who.isEmpty ? "" : ": " + who
    let (found, given, needed) = (cosigners.count, policy.witnesses.count, policy.needed)
    return LocalText(
      es: "\(found) de \(given) testigos (se piden \(needed))" + tail,
      en: "\(found) of \(given) witnesses (\(needed) asked for)" + tail)
  }
}
