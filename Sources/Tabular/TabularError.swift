/// Why a whole file cannot be read. Nothing of it is used.
public struct TabularError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable codes, for programs and for documentation.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case fileTooLarge = "file.too-large"
    case utf16 = "file.utf-16"
    case notText = "file.not-text"
    case nulByte = "file.nul-byte"
    case undefinedByte = "file.undefined-byte"
    case invalidUTF8 = "file.invalid-utf-8"
    case unsupportedSeparator = "file.unsupported-separator"
    case empty = "file.empty"
    case tooManyRows = "file.too-many-rows"
    case rowTooLong = "row.too-long"
    case tooManyColumns = "row.too-many-columns"
    case cellTooLong = "cell.too-long"
    case unterminatedQuote = "quote.unterminated"
    case textAfterQuote = "quote.text-after"
    case missingColumn = "column.missing"
    case duplicatedColumn = "column.duplicated"
  }

  /// Where in the file; what is not known is nil.
  public struct Place: Sendable, Hashable {
    /// The row as a spreadsheet numbers it, from 1.
    public var row: Int?
    /// The line of text, from 1; it runs ahead of `row` where cells hold line breaks.
    public var line: Int?
    /// Bytes from the start of the file, from 0.
    public var offset: Int?

    public init(row: Int? = nil, line: Int? = nil, offset: Int? = nil) {
      self.row = row
      self.line = line
      self.offset = offset
    }
  }

  public let code: Code
  public let file: String
  public let place: Place
  public let reason: Wording
  public let remedy: Wording

  init(_ code: Code, file: String, place: Place = Place(), reason: Wording, remedy: Wording) {
    self.code = code
    self.file = file
    self.place = place
    self.reason = reason
    self.remedy = remedy
  }

  /// One line for a person: the file, where, what was wrong, what to do.
  public func text(_ language: Language) -> String {
    var parts = [file.clipped()]
    let spanish = language == .spanish
    if let row = place.row { parts.append(spanish ? "fila \(row)" : "row \(row)") }
    if let line = place.line, line != place.row {
      parts.append(spanish ? "línea \(line)" : "line \(line)")
    }
    if let offset = place.offset { parts.append("byte \(offset)") }
    return parts.joined(separator: ", ") + ": " + reason[language] + " " + remedy[language]
  }

  public var description: String { text(.english) + " [\(code.rawValue)]" }
}
