public import ValueTypes

extension CellReader where Value == CivilDate {
  /// A day: `2026-05-04`, or with the day first as in Peru, `04/05/2026`, `4-5-2026`, `4.5.2026`.
  public static var date: CellReader {
    CellReader { cell throws(CellProblem) in try DateText.date(cell.text, in: cell) }
  }
}

extension CellReader where Value == Timestamp {
  /// A moment: RFC 3339 with its zone, or a day as `date` has it and a time of the local zone,
  /// `04/05/2026 14:30`, `2026-05-04T14:30:05`, `4/5/2026 2:30 p. m.`.
  ///
  /// - Parameter offsetMinutes: local time minus UTC where the text names no zone; −300 in Peru.
  public static func dateTime(offsetMinutes: Int) -> CellReader {
    CellReader { cell throws(CellProblem) in
      if let moment = Timestamp(cell.text) { return moment }
      let text = cell.text
      guard let gap = text.firstIndex(where: { $0 == " " || $0 == "T" || $0 == "t" }) else {
        throw DateText.missingTime(cell)
      }
      let date = try DateText.date(String(text[..<gap]), in: cell)
      let time = String(text[text.index(after: gap)...])
      guard let seconds = TimeText.seconds(time),
        let midnight = Timestamp(date, offsetMinutes: offsetMinutes),
        let moment = Timestamp(
          microseconds: midnight.microseconds + Int64(seconds) * 1_000_000,
          offsetMinutes: offsetMinutes)
      else { throw DateText.malformedTime(cell) }
      return moment
    }
  }
}

private enum DateText {
  static func date(_ text: String, in cell: Cell) throws(CellProblem) -> CivilDate {
    let bytes = Array(text.utf8)
    let marks = bytes.filter { !isDigit($0) }
    let parts = bytes.split(omittingEmptySubsequences: false) { !isDigit($0) }
    guard marks.count == 2, marks[0] == marks[1], "-/.".utf8.contains(marks[0]),
      parts.allSatisfy({ (1...4).contains($0.count) })
    else { throw malformed(cell, isSerial: marks.isEmpty && bytes.count == 5) }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    let isYearFirst = parts[0].count == 4
    let isYearLast = parts[2].count == 4
    guard isYearFirst != isYearLast, parts[1].count <= 2 else {
      throw parts.allSatisfy({ $0.count <= 2 }) ? twoDigitYear(cell) : malformed(cell)
    }
    guard parts[isYearFirst ? 2 : 0].count <= 2 else { throw malformed(cell) }
    let (year, day) = isYearFirst ? (numbers[0], numbers[2]) : (numbers[2], numbers[0])
    guard let date = CivilDate(year: year, month: numbers[1], day: day) else {
      throw impossible(cell, day: day, month: numbers[1], year: year)
    }
    return date
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func malformed(_ cell: Cell, isSerial: Bool = false) -> CellProblem {
    let reason =
      isSerial
      ? Wording(
        es: "Es el número interno con que la hoja de cálculo guarda una fecha.",
        en: "It is the number by which the spreadsheet keeps a date inside.")
      : Wording(es: "No es una fecha.", en: "It is not a date.")
    return cell.problem("date.malformed", reason, remedy)
  }

  private static func twoDigitYear(_ cell: Cell) -> CellProblem {
    cell.problem(
      "date.two-digit-year",
      Wording(es: "El año lleva solo dos cifras.", en: "The year has two digits only."),
      Wording(
        es: "Escriba el año con cuatro cifras: 04/05/2026.",
        en: "Write the year with four digits: 04/05/2026."))
  }

  private static func impossible(_ cell: Cell, day: Int, month: Int, year: Int) -> CellProblem {
    let reason =
      (1...12).contains(month)
      ? Wording(
        es: "El día \(day) no existe en el mes \(month) de \(year).",
        en: "Day \(day) does not exist in month \(month) of \(year).")
      : Wording(
        es: "El mes \(month) no existe; el día va primero.",
        en: "Month \(month) does not exist; the day comes first.")
    return cell.problem("date.impossible", reason, remedy)
  }

  static func missingTime(_ cell: Cell) -> CellProblem {
    cell.problem(
      "time.missing",
      Wording(es: "Falta la hora.", en: "The time is missing."), timeRemedy)
  }

  static func malformedTime(_ cell: Cell) -> CellProblem {
    cell.problem(
      "time.malformed",
      Wording(es: "No es una hora del día.", en: "It is not a time of day."), timeRemedy)
  }

  private static let remedy = Wording(
    es: "Escríbala como 2026-05-04 o 04/05/2026 (día/mes/año).",
    en: "Write it as 2026-05-04 or 04/05/2026 (day/month/year).")
  private static let timeRemedy = Wording(
    es: "Escriba fecha y hora como 04/05/2026 14:30.",
    en: "Write date and time as 04/05/2026 14:30.")
}

private enum TimeText {
  /// Seconds since midnight of `H:MM`, `HH:MM:SS` or `H:MM[:SS] a. m.`; nil for no such time.
  static func seconds(_ text: String) -> Int? {
    let (clock, half) = withoutHalf(text.lowercased())
    let parts = clock.utf8.split(separator: 0x3A, omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, (1...2).contains(parts[0].count),
      parts.dropFirst().allSatisfy({ $0.count == 2 }),
      parts.joined().allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    guard numbers[1] < 60, numbers.count < 3 || numbers[2] < 60 else { return nil }
    var hour = numbers[0]
    if let half {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half
    }
    guard hour < 24 else { return nil }
    return hour * 3_600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
  }

  /// The clock without `a. m.` or `p. m.`, and the hours to add for it.
  private static func withoutHalf(_ text: String) -> (clock: String, half: Int?) {
    let letters = String(text.filter { $0 == "a" || $0 == "p" || $0 == "m" })
    guard letters == "am" || letters == "pm",
      let first = text.firstIndex(where: { $0.isLetter }),
      text[first...].allSatisfy({ $0.isLetter || $0.isWhitespace || $0 == "." })
    else { return (text, nil) }
    return (text[..<first].trimmed(), letters == "pm" ? 12 : 0)
  }
}
