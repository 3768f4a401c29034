extension CellReader where Value == Int64 {
  /// A mass in kilograms with at most three decimals → grams, exactly. `12.5`, `12,5 kg`.
  public static func grams(decimal: DecimalSign) -> CellReader {
    number(NumberKind(scale: 3, allowsNegative: false, unit: "kg"), decimal)
  }

  /// An area in hectares with at most four decimals → square metres, exactly. `1.5`, `1,5 ha`.
  public static func squareMetres(decimal: DecimalSign) -> CellReader {
    number(NumberKind(scale: 4, allowsNegative: false, unit: "ha"), decimal)
  }

  /// An amount of money → minor units (céntimos with two decimals), exactly; never negative.
  public static func minorUnits(decimals: Int = 2, decimal: DecimalSign) -> CellReader {
    number(NumberKind(scale: decimals, allowsNegative: false), decimal)
  }

  /// A whole number of either sign; `1.234` and `1,234` are ambiguous here too.
  public static func integer(decimal: DecimalSign = .auto) -> CellReader {
    number(NumberKind(scale: 0, allowsNegative: true), decimal)
  }

  /// Any decimal number of either sign, times ten to the power of `scale`.
  public static func decimal(scale: Int, decimal: DecimalSign) -> CellReader {
    number(NumberKind(scale: scale, allowsNegative: true), decimal)
  }

  private static func number(_ kind: NumberKind, _ decimal: DecimalSign) -> CellReader {
    CellReader { cell throws(CellProblem) in try kind.read(cell, decimal) }
  }
}

/// What a column of numbers may hold.
private struct NumberKind: Sendable {
  let scale: Int
  let allowsNegative: Bool
  var unit: String?

  /// A longer text is no number that anybody wrote.
  static let maxScalars = 40

  func read(_ cell: Cell, _ decimal: DecimalSign) throws(CellProblem) -> Int64 {
    let text = withoutUnit(cell.text)
    guard text.unicodeScalars.count <= Self.maxScalars, let number = DecimalText(text) else {
      throw isScientific(text) ? scientific(cell) : malformed(cell)
    }
    guard allowsNegative || !number.isNegative else { throw negative(cell) }
    do {
      return try number.scaled(by: scale, decimal: decimal)
    } catch {
      switch error {
      case .ambiguous: throw ambiguous(cell, number)
      case .tooManyDecimals: throw tooManyDecimals(cell)
      case .tooLarge: throw tooLarge(cell)
      }
    }
  }

  private func withoutUnit(_ text: String) -> String {
    guard let unit, text.lowercased().hasSuffix(unit) else { return text }
    return text.dropLast(unit.count).trimmed()
  }

  /// `1.2E+03`: what a spreadsheet shows of a number in a narrow column.
  private func isScientific(_ text: String) -> Bool {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { DecimalText($0) != nil }
  }
}

extension NumberKind {
  private func malformed(_ cell: Cell) -> CellProblem {
    let example = scale == 0 ? "1234" : "1234.5"
    return cell.problem(
      "number.malformed",
      Wording(es: "No es un número.", en: "It is not a number."),
      Wording(
        es: "Escriba solo cifras, por ejemplo \(example).",
        en: "Write digits only, such as \(example)."))
  }

  private func scientific(_ cell: Cell) -> CellProblem {
    cell.problem(
      "number.scientific",
      Wording(
        es: "Está en notación científica: la hoja de cálculo perdió cifras.",
        en: "It is in scientific notation: the spreadsheet dropped digits."),
      Wording(
        es: "Dé formato de número a la columna y guarde otra vez.",
        en: "Format the column as a number and save again."))
  }

  private func negative(_ cell: Cell) -> CellProblem {
    cell.problem(
      "number.negative",
      Wording(es: "La cantidad es negativa.", en: "The quantity is negative."),
      Wording(es: "Escriba una cantidad sin signo.", en: "Write a quantity without a sign."))
  }

  private func ambiguous(_ cell: Cell, _ number: DecimalText) -> CellProblem {
    guard case .ambiguous(_, let before, let after) = number.form else { return malformed(cell) }
    let (whole, decimals) = (digits(before), digits(after))
    let small =
      scale >= after.count
      ? Wording(
        es: "o \(whole).\(decimals)0 si son decimales", en: "or \(whole).\(decimals)0 for decimals")
      : Wording(
        es: "o redondee a \(scale) decimales", en: "or round to \(scale) decimals")
    return cell.problem(
      "number.ambiguous",
      Wording(
        es: "Puede ser \(whole)\(decimals), o \(whole) y \(decimals) milésimas; nada en el archivo "
          + "lo aclara.",
        en:
          "It may be \(whole)\(decimals), or \(whole) and \(decimals) thousandths; nothing in the "
          + "file tells."),
      Wording(
        es: "Escriba \(whole)\(decimals) si son miles, \(small.es); o indique el signo decimal al "
          + "importar.",
        en: "Write \(whole)\(decimals) for thousands, \(small.en); or name the decimal sign when "
          + "importing."))
  }

  private func digits(_ run: [UInt8]) -> String {
    String(decoding: run.map { $0 + 0x30 }, as: UTF8.self)
  }

  private func tooManyDecimals(_ cell: Cell) -> CellProblem {
    let reason =
      scale == 0
      ? Wording(es: "Debe ser un número entero.", en: "It must be a whole number.")
      : Wording(
        es: "Tiene más de \(scale) decimales.", en: "It has more than \(scale) decimals.")
    return cell.problem(
      "number.too-many-decimals", reason,
      Wording(
        es: "Escriba el valor con \(scale) decimales como máximo.",
        en: "Write the value with \(scale) decimals at most."))
  }

  private func tooLarge(_ cell: Cell) -> CellProblem {
    cell.problem(
      "number.too-large",
      Wording(es: "El número es demasiado grande.", en: "The number is too large."),
      Wording(es: "Revise la unidad y las cifras.", en: "Check the unit and the digits."))
  }
}
