import Foundation

extension CellReader where Value == String {
  /// Text on one line, trimmed.
  ///
  /// - Parameters:
  ///   - maxScalars: the most Unicode scalars it may have.
  ///   - normalizes: brings it to Unicode Normalization Form C (UAX #15), so that `ñ` is one
  ///     character however it was typed.
  ///   - allowsLines: line breaks and tabs are kept; else they are refused with the other controls.
  public static func text(
    maxScalars: Int = 200, normalizes: Bool = true, allowsLines: Bool = false
  ) -> CellReader {
    CellReader { cell throws(CellProblem) in
      let text = normalizes ? cell.text.precomposedStringWithCanonicalMapping : cell.text
      let count = text.unicodeScalars.count
      guard count <= maxScalars else {
        throw cell.problem(
          "text.too-long",
          Wording(
            es: "Tiene \(count) caracteres; el máximo es \(maxScalars).",
            en: "It has \(count) characters; \(maxScalars) is the most."),
          Wording(es: "Acórtelo.", en: "Shorten it."))
      }
      let isClean = text.unicodeScalars.allSatisfy { scalar in
        guard scalar.properties.generalCategory == .control else { return true }
        return allowsLines && (scalar == "\n" || scalar == "\r" || scalar == "\t")
      }
      guard isClean else {
        throw cell.problem(
          "text.control-character",
          Wording(
            es: "Lleva un salto de línea, un tabulador u otro carácter invisible.",
            en: "It holds a line break, a tab or another invisible character."),
          Wording(
            es: "Escríbalo de nuevo en una sola línea.", en: "Type it again on one line."))
      }
      return text
    }
  }
}

extension CellReader where Value == Bool {
  /// Sí or no: `sí`, `si`, `s`, `yes`, `y`, `true`, `verdadero`, `1`, and their opposites.
  public static var boolean: CellReader {
    oneOf([
      (true, ["sí", "s", "yes", "y", "true", "verdadero", "1"]),
      (false, ["no", "n", "false", "falso", "0"]),
    ])
  }
}

extension CellReader {
  /// One of the values listed, by any of its names, compared as `HeadingName`s. The first name of
  /// each is the one messages recommend.
  public static func oneOf(_ choices: [(value: Value, names: [String])]) -> CellReader {
    var values: [HeadingName: Value] = [:]
    for choice in choices {
      for name in choice.names where values[HeadingName(name)] == nil {
        values[HeadingName(name)] = choice.value
      }
    }
    let known = values
    let accepted = choices.compactMap { $0.names.first }.joined(separator: ", ")
    return CellReader { cell throws(CellProblem) in
      if let value = known[HeadingName(cell.text)] { return value }
      throw cell.problem(
        "choice.unknown",
        Wording(
          es: "No es ninguno de los valores admitidos.", en: "It is none of the accepted values."),
        Wording(es: "Escriba uno de: \(accepted).", en: "Write one of: \(accepted)."))
    }
  }
}
