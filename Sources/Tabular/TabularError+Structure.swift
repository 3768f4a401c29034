extension TabularError {
  /// A fault in the shape of the file, worded from its code and the limit it broke.
  init(_ code: Code, file: String, place: Place = Place(), limits: TableLimits) {
    let (reason, remedy) = Self.wording(code, limits)
    self.init(code, file: file, place: place, reason: reason, remedy: remedy)
  }

  private static func wording(_ code: Code, _ limits: TableLimits) -> (Wording, Wording) {
    switch code {
    case .fileTooLarge, .tooManyRows, .rowTooLong, .tooManyColumns, .cellTooLong:
      return (tooMuch(code, limits), smaller(code))
    case .nulByte:
      return (
        Wording(
          es: "Hay un byte nulo: no es texto CSV (¿UTF-16, un libro de Excel, un archivo dañado?).",
          en: "There is a NUL byte: this is no CSV text (UTF-16, a workbook, a damaged file?)."),
        TextProbe.saveAsCSV
      )
    case .unterminatedQuote:
      return (
        Wording(
          es: "Aquí se abre una comilla (\") que nunca se cierra.",
          en: "A quote (\") opens here and never closes."),
        Wording(
          es: "Ciérrela, o bórrela si sobra.", en: "Close it, or delete it if it is not meant.")
      )
    case .textAfterQuote:
      return (
        Wording(
          es: "Hay texto después de la comilla que cierra la celda.",
          en: "Text follows the quote that closes the cell."),
        Wording(
          es: "Dentro de una celda entre comillas, escriba cada comilla dos veces (\"\").",
          en: "Inside a quoted cell, write each quote twice (\"\").")
      )
    case .unsupportedSeparator:
      return (
        Wording(
          es: "La línea «sep=» pide un separador que no se admite.",
          en: "The “sep=” line asks for a separator that is not supported."),
        Wording(
          es: "Separe las columnas con coma, punto y coma o tabulador.",
          en: "Separate columns with comma, semicolon or tab.")
      )
    default:
      return (
        Wording(
          es: "El archivo no tiene ninguna fila.", en: "The file has no row at all."),
        Wording(
          es: "La primera fila debe llevar los nombres de las columnas.",
          en: "The first row must hold the names of the columns.")
      )
    }
  }

  private static func tooMuch(_ code: Code, _ limits: TableLimits) -> Wording {
    switch code {
    case .fileTooLarge:
      Wording(
        es: "El archivo pasa de \(limits.fileBytes) bytes.",
        en: "The file is over \(limits.fileBytes) bytes.")
    case .tooManyRows:
      Wording(
        es: "El archivo pasa de \(limits.rows) filas.", en: "The file has over \(limits.rows) rows."
      )
    case .rowTooLong:
      Wording(
        es: "La fila pasa de \(limits.rowBytes) bytes.",
        en: "The row is over \(limits.rowBytes) bytes.")
    case .tooManyColumns:
      Wording(
        es: "La fila pasa de \(limits.columns) columnas.",
        en: "The row has over \(limits.columns) columns.")
    default:
      Wording(
        es: "Una celda pasa de \(limits.cellBytes) bytes.",
        en: "A cell is over \(limits.cellBytes) bytes.")
    }
  }

  private static func smaller(_ code: Code) -> Wording {
    switch code {
    case .fileTooLarge, .tooManyRows:
      Wording(
        es: "Divídalo en varios archivos, cada uno con la fila de encabezados.",
        en: "Divide it into several files, each with the heading row.")
    default:
      Wording(
        es: "Revise si falta cerrar una comilla o si los saltos de línea se perdieron.",
        en: "See whether a quote was left open or the line breaks were lost.")
    }
  }
}
