public import Ledger
import ValueTypes

/// What a witness was last told to be, so that each change is told once.
struct WitnessState {
  private var kind: String?

  /// The line for the operator; nil where nothing changed.
  mutating func change(to report: WitnessReport, name: String) -> String? {
    guard report.kind != kind else { return nil }
    kind = report.kind
    return "raiz: witness \(name): \(report.text)"
  }
}

/// An outcome for people.
public struct WitnessReport: Sendable, Hashable, Encodable {
  /// Stable: `cosigned`, `ahead`, `contradicted`, `refused-STATUS`, `unreachable`.
  public let kind: String
  public let text: String

  public var isCosigned: Bool { kind == "cosigned" }

  init(kind: String, text: String) {
    self.kind = kind
    self.text = text
  }

  public init(_ outcome: WitnessOutcome) {
    switch outcome {
    case .cosigned(let cosignature):
      kind = "cosigned"
      text = "cosigned at \(cosignature.moment?.description ?? "\(cosignature.time)")"
    case .ahead(let known):
      kind = "ahead"
      text =
        "it cosigned \(known) events, more than this ledger has: another server wrote, or this"
        + " database was set back; if it stays so, do not go on"
    case .contradicted(let reason):
      kind = "contradicted"
      text = "IT SAW ANOTHER LEDGER UNDER THIS NAME (\(reason)); run raiz audit, find out why"
    case .refused(let status, let reason):
      kind = "refused-\(status)"
      text = "refused with \(status): \(reason)"
    case .unreachable(let reason):
      kind = "unreachable"
      text = "unreachable (\(reason)); it is asked again"
    }
  }
}
