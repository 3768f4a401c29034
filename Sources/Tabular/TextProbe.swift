/// Looks at a file's bytes as bytes: is it text at all, and in which encoding?
struct TextProbe {
  let bytes: [UInt8]
  let file: String

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Where the text begins: after a UTF-8 byte order mark, where there is one.
  var textStart: Int { bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0 }

  /// Refuses, by their first bytes, the things that people send in place of CSV.
  func refuseOtherFormats() throws(TabularError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw TabularError(
        .utf16, file: file, place: .init(offset: 0),
        reason: Wording(
          es: "El archivo está en UTF-16 («Texto Unicode»), no en CSV UTF-8.",
          en: "The file is UTF-16 (“Unicode text”), not CSV in UTF-8."),
        remedy: Self.saveAsCSV)
    }
    let formats: [(signature: [UInt8], name: String)] = [
      ([0x50, 0x4B, 0x03, 0x04], "XLSX/ODS/ZIP"), ([0xD0, 0xCF, 0x11, 0xE0], "XLS"),
      ([0x25, 0x50, 0x44, 0x46], "PDF"), ([0x1F, 0x8B], "GZIP"),
    ]
    for format in formats where bytes.starts(with: format.signature) {
      throw TabularError(
        .notText, file: file, place: .init(offset: 0),
        reason: Wording(
          es: "El archivo es \(format.name), no un CSV.", en: "The file is \(format.name), not CSV."
        ),
        remedy: Self.saveAsCSV)
    }
  }

  /// UTF-8 where the whole file is valid UTF-8, else Windows-1252 where every byte is defined.
  ///
  /// - Throws: `file.invalid-utf-8` (marked as UTF-8, yet not), `file.undefined-byte`.
  func encoding() throws(TabularError) -> TextEncoding {
    let invalid: Int
    do {
      _ = try UTF8Span(validating: bytes.span)
      return .utf8
    } catch {
      invalid = error.byteOffsets.lowerBound
    }
    if textStart > 0 {
      throw TabularError(
        .invalidUTF8, file: file, place: place(at: invalid),
        reason: Wording(
          es: "El archivo dice ser UTF-8 pero aquí deja de serlo.",
          en: "The file is marked as UTF-8 but stops being so here."),
        remedy: Self.saveAsCSV)
    }
    guard let undefined = bytes.firstIndex(where: Windows1252.isUndefined) else {
      return .windows1252
    }
    let byte = "0x" + String(bytes[undefined], radix: 16, uppercase: true)
    throw TabularError(
      .undefinedByte, file: file, place: place(at: undefined),
      reason: Wording(
        es: "El byte \(byte) no es ninguna letra en Windows-1252, y el archivo tampoco es UTF-8 "
          + "(deja de serlo en el byte \(invalid)).",
        en: "Byte \(byte) is no character in Windows-1252, and the file is not UTF-8 either "
          + "(it stops being so at byte \(invalid))."),
      remedy: Self.saveAsCSV)
  }

  /// True where a file read as Windows-1252 also holds letters spelt in UTF-8 (0xC3 and a
  /// continuation byte): two programs wrote to it.
  var mixesEncodings: Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      if previous == 0xC3, (0x80...0xBF).contains(byte) { return true }
      previous = byte
    }
    return false
  }

  private func place(at offset: Int) -> TabularError.Place {
    let line = 1 + bytes[..<offset].count { $0 == Byte.lineFeed }
    return .init(line: line, offset: offset)
  }

  static let saveAsCSV = Wording(
    es: "Ábralo en la hoja de cálculo y guárdelo como «CSV UTF-8 (delimitado por comas)».",
    en: "Open it in the spreadsheet and save it as “CSV UTF-8 (comma delimited)”.")
}
