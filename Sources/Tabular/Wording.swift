/// The two languages a clerk may read a problem in.
public enum Language: String, Sendable, Hashable, CaseIterable, Codable {
  case spanish = "es"
  case english = "en"
}

/// One sentence in Spanish and in English.
public struct Wording: Sendable, Hashable, Codable {
  public let es: String
  public let en: String

  public init(es: String, en: String) {
    self.es = es
    self.en = en
  }

  public subscript(language: Language) -> String {
    switch language {
    case .spanish: es
    case .english: en
    }
  }
}

/// Something worth telling about a file that stops nothing.
public struct TableNote: Sendable, Hashable, Codable {
  /// Stable, for programs: `column.unknown`.
  public let code: String
  public let text: Wording

  public init(code: String, text: Wording) {
    self.code = code
    self.text = text
  }
}

/// How much of a cell's text a message repeats, in Unicode scalars.
public let clippedScalars = 80

extension StringProtocol {
  /// The text on one line, cut to `clippedScalars`, so that a hostile cell cannot flood a message.
  func clipped() -> String {
    var out = String.UnicodeScalarView()
    for (index, scalar) in unicodeScalars.enumerated() {
      guard index < clippedScalars else {
        out.append("…")
        break
      }
      let isControl = scalar.properties.generalCategory == .control
      out.append(isControl ? " " : scalar)
    }
    return String(out)
  }
}
