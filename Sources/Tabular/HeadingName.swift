/// A heading or a word as it is compared: without case, accents, blanks or punctuation, so that
/// `Peso (kg)`, `PESO_KG` and `peso-kg` are one name.
public struct HeadingName: Sendable, Hashable {
  public let folded: String

  public init(_ text: some StringProtocol) {
    var out = ""
    for character in text.lowercased() {
      if let plain = Self.plain[character] {
        out.append(plain)
      } else if character.isLetter || character.isNumber || Self.kept.contains(character) {
        out.append(character)
      }
    }
    folded = out
  }

  /// Symbols that tell one column from another.
  private static let kept: Set<Character> = ["%", "/", "#"]

  /// Characters compare by canonical equivalence, so a letter with a combining accent is found too.
  private static let plain: [Character: Character] = {
    let families: [(Character, String)] = [
      ("a", "áàâäãåā"), ("e", "éèêëē"), ("i", "íìîïī"), ("o", "óòôöõōø"), ("u", "úùûüū"),
      ("n", "ñń"), ("c", "çć"), ("y", "ýÿ"), ("s", "šś"), ("z", "žźż"), ("o", "º"), ("a", "ª"),
    ]
    var map: [Character: Character] = [:]
    for (letter, accented) in families {
      for character in accented { map[character] = letter }
    }
    return map
  }()
}

extension StringProtocol {
  /// Without white space, or a byte order mark, at either end.
  func trimmed() -> String {
    let scalars = unicodeScalars
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar == "\u{FEFF}"
    }
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}
