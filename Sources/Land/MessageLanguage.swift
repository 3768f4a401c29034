/// The languages that findings and errors speak.
public enum MessageLanguage: String, Sendable, Hashable, CaseIterable {
  case spanish = "es"
  case english = "en"
}

/// Texts with places for figures: `{limit}` becomes the figure of that name.
enum MessageTemplate {
  static func fill(_ template: String, _ figures: [String: String]) -> String {
    var out = ""
    var name: String?
    for character in template {
      switch (character, name) {
      case ("{", nil): name = ""
      case ("}", .some(let key)):
        out += figures[key] ?? "?"
        name = nil
      case (_, .some(let key)): name = key + String(character)
      case (_, nil): out.append(character)
      }
    }
    return out
  }
}
