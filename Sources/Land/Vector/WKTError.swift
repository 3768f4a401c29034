/// Why a text was not read as a geometry in Well-Known Text, and where.
public struct WKTError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable names; a user interface may key its own words by them.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case unexpected = "wkt-unexpected"
    case unknownType = "wkt-unknown-type"
    case notWGS84 = "wkt-not-wgs84"
    case tooDeep = "wkt-too-deep"
    case tooManyPositions = "wkt-too-many-positions"
  }

  public let code: Code
  /// The character concerned, counted from 1.
  public let character: Int
  /// What the messages fill in, as `["limit": "64"]`.
  public let figures: [String: String]

  public var description: String {
    "\(code.rawValue) at character \(character): \(message(in: .english))"
  }

  /// What was wrong.
  public func message(in language: MessageLanguage) -> String {
    var all = figures
    all["character"] = String(character)
    if language == .spanish, let expected = figures["expected"] {
      all["expected"] = Self.spanish[expected] ?? expected
    }
    return MessageTemplate.fill(language == .spanish ? texts.es : texts.en, all)
  }

  /// What to do about it.
  public func remedy(in language: MessageLanguage) -> String {
    language == .spanish
      ? "Escríbalo como POLYGON ((longitud latitud, …)), en grados de WGS 84."
      : "Write it as POLYGON ((longitude latitude, …)), in degrees of WGS 84."
  }

  private static let spanish = [
    "a number": "un número", "a type": "un tipo de geometría", "the end": "el final",
    "two to four numbers": "de dos a cuatro números",
  ]

  private var texts: (es: String, en: String) {
    switch code {
    case .unexpected:
      (
        "No es WKT: en el carácter {character} se esperaba {expected}.",
        "It is not WKT: at character {character} {expected} was expected."
      )
    case .unknownType:
      ("No se conoce el tipo «{found}».", "The type “{found}” is not known.")
    case .notWGS84:
      ("Está en {found} y no en WGS 84.", "It is in {found} and not in WGS 84.")
    case .tooDeep:
      (
        "Hay más de {limit} colecciones una dentro de otra.",
        "More than {limit} collections are inside one another."
      )
    case .tooManyPositions:
      ("Hay más de {limit} vértices.", "There are more than {limit} positions.")
    }
  }
}
