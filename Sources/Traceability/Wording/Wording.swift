/// The languages that people read Raíz in.
public enum Language: String, Sendable, Hashable, Codable, CaseIterable {
  case spanish = "es"
  case english = "en"
}

/// What people read: every refusal, reason and finding in Spanish and in English.
public enum Wording {
  /// Hectares with four decimals, from m².
  public static func hectares(_ squareMetres: Double) -> String {
    decimal(squareMetres / 10_000, places: 4)
  }

  /// A decimal with a point, rounded half away from zero. `places` up to 9.
  public static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = Int64((abs(value) * scale).rounded(.toNearestOrAwayFromZero))
    let whole = scaled / Int64(scale)
    var fraction = String(scaled % Int64(scale))
    fraction = String(repeating: "0", count: max(0, places - fraction.count)) + fraction
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return places == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
  }

  /// Puts figures into a template: `{lot}` becomes the figure named lot, `—` where it is missing.
  static func fill(_ template: String, _ figures: [String: String]) -> String {
    var out = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      out += shown(figures[String(rest[rest.index(after: open)..<close])] ?? "—")
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }

  /// A party by its code alone: people know it without `organisation:` before it.
  private static func shown(_ figure: String) -> String {
    for kind in ["organisation:", "producer:"] where figure.hasPrefix(kind) {
      return String(figure.dropFirst(kind.count))
    }
    return figure
  }

  public static func text(of verdict: Verdict, in language: Language) -> String {
    switch (verdict, language) {
    case (.deforestationFree, .spanish): "libre de deforestación"
    case (.insufficientEvidence, .spanish): "evidencia insuficiente"
    case (.notCompliant, .spanish): "no conforme"
    case (_, .english): verdict.rawValue
    }
  }

  public static func text(of refusal: Refusal, in language: Language) -> String {
    let pair = RefusalWording.template(refusal.code)
    return fill(language == .spanish ? pair.es : pair.en, refusal.figures)
  }

  public static func text(of reason: Reason, in language: Language) -> String {
    if reason.code == .openFinding || reason.code == .findingUpheld,
      let kind = reason.figures["kind"].flatMap(FindingKind.init(rawValue:))
    {
      let upheld = reason.code == .findingUpheld
      let lead =
        switch (upheld, language) {
        case (true, .spanish): "Observación confirmada: "
        case (false, .spanish): "Observación abierta: "
        case (true, .english): "Finding upheld: "
        case (false, .english): "Open finding: "
        }
      return lead + text(of: kind, reason.figures, in: language)
    }
    if reason.code == .chainBroken, reason.figures["tank"] != nil {
      let pair = TankWording.brokenChain(reason.figures)
      return fill(language == .spanish ? pair.es : pair.en, reason.figures)
    }
    if reason.code == .ruleBroken {
      return fill(reason.figures[language.rawValue] ?? "—", reason.figures)
    }
    let pair = ReasonWording.template(reason.code)
    return fill(language == .spanish ? pair.es : pair.en, reason.figures)
  }

  public static func text(
    of kind: FindingKind, _ figures: [String: String], in language: Language
  ) -> String {
    let pair = FindingWording.template(kind)
    return fill(language == .spanish ? pair.es : pair.en, figures)
  }
}
