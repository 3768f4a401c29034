public import DueDiligence
public import Ledger
import ValueTypes

/// What a witness was last told to be, so that each change is told once.
struct WitnessState {
  private var kind: String?

  /// The line for the operator; nil where nothing changed.
  mutating func change(to report: WitnessReport, name: String) -> String? {
    guard report.kind != kind else { return nil }
    kind = report.kind
    return "raiz: witness \(name): \(report.text.en)"
  }
}

/// An outcome for people.
public struct WitnessReport: Sendable, Hashable, Encodable {
  /// Stable: `cosigned`, `ahead`, `contradicted`, `refused-STATUS`, `unreachable`, `not-stored`.
  public let kind: String
  public let text: LocalText

  public var isCosigned: Bool { kind == "cosigned" }

  /// The witness answered, and its cosignature could not be kept, or nothing could be asked.
  init(notStored error: any Error) {
    kind = "not-stored"
    text = LocalText(es: "no se pudo guardar: \(error)", en: "could not be stored: \(error)")
  }

  public init(_ outcome: WitnessOutcome) {
    switch outcome {
    case .cosigned(let cosignature):
      kind = "cosigned"
      let time = cosignature.moment?.description ?? "\(cosignature.time)"
      text = LocalText(es: "firmó el \(time)", en: "cosigned at \(time)")
    case .ahead(let known):
      kind = "ahead"
      text = LocalText(
        es: "ya firmó \(known) eventos, más de los que tiene este registro: otro servidor escribió,"
          + " o esta base de datos fue atrasada; si sigue así, no continúe",
        en: "it cosigned \(known) events, more than this ledger has: another server wrote, or this"
          + " database was set back; if it stays so, do not go on")
    case .contradicted(let reason):
      kind = "contradicted"
      text = LocalText(
        es: "VIO OTRO REGISTRO CON ESTE NOMBRE (\(reason)); ejecute raiz audit y averigüe por qué",
        en: "IT SAW ANOTHER LEDGER UNDER THIS NAME (\(reason)); run raiz audit, find out why")
    case .refused(let status, let reason):
      kind = "refused-\(status)"
      text = LocalText(
        es: "se negó con \(status): \(reason)", en: "refused with \(status): \(reason)")
    case .unreachable(let reason):
      kind = "unreachable"
      text = LocalText(es: "no responde (\(reason))", en: "unreachable (\(reason))")
    }
  }
}
