/// A CSV file, read and checked as a whole, its cells decoded only when asked for.
///
/// Memory: the file's bytes, held once, and 32 bytes a row.
public struct Table: Sendable {
  /// The file's name, as it stands in messages.
  public let name: String
  /// The headings as written, trimmed; without the two columns that `RejectsWriter` adds.
  public let header: [String]
  /// The row in which the headings stand, normally 1.
  public let headerRow: Int
  public let separator: Separator
  public let encoding: TextEncoding
  public let notes: [TableNote]
  /// The rows below the heading, in order, blank ones left out.
  public let rows: Rows
  /// True where the file is one that `RejectsWriter` wrote.
  public let hasRejectColumns: Bool

  let bytes: [UInt8]

  /// Reads a whole file, of which the first row that is not blank holds the headings.
  ///
  /// - Throws: `TabularError`, with the row, the line and the byte. A row with too many cells is
  ///   no such error: it is told by `RowReader`, so that the other rows are read.
  public static func read(
    bytes: [UInt8], name: String, options: TableOptions = TableOptions()
  ) throws(TabularError) -> Table {
    let limits = options.limits
    guard bytes.count <= limits.fileBytes else {
      throw TabularError(.fileTooLarge, file: name, limits: limits)
    }
    let probe = TextProbe(bytes: bytes, file: name)
    try probe.refuseOtherFormats()
    let (separator, start) = try layout(bytes, from: probe.textStart, name: name, options: options)
    var scanner = RecordScanner(
      bytes, from: start, separator: separator.rawValue, limits: limits, file: name)
    var heading: RecordExtent?
    var headingCells: [CellExtent] = []
    var extents: [RecordExtent] = []
    while let record = try scanner.next() {
      guard !record.isBlank else { continue }
      if heading == nil {
        heading = record
        headingCells = scanner.cells
        continue
      }
      guard extents.count < limits.rows else {
        throw TabularError(
          .tooManyRows, file: name, place: .init(row: record.number), limits: limits)
      }
      extents.append(record)
    }
    guard let heading else { throw TabularError(.empty, file: name, limits: limits) }
    // Last, because a file that breaks a limit is given up before all of it has been looked at.
    let encoding = try probe.encoding()
    let blankRows = scanner.row - extents.count - heading.number
    return Table(
      source: RowSource(
        bytes: bytes, encoding: encoding, separator: separator, limits: limits, name: name),
      heading: heading, headingCells: headingCells, extents: extents,
      notes: notes(probe, encoding, blankRows: blankRows))
  }

  private init(
    source: RowSource, heading: RecordExtent, headingCells: [CellExtent],
    extents: [RecordExtent], notes: [TableNote]
  ) {
    var names = headingCells.map { source.text($0).trimmed() }
    // A spreadsheet pads the heading with separators where rows below are wider.
    while let last = names.last, last.isEmpty { names.removeLast() }
    hasRejectColumns = names.suffix(2) == RejectsWriter.columns
    if hasRejectColumns { names.removeLast(2) }
    header = names
    headerRow = heading.number
    name = source.name
    separator = source.separator
    encoding = source.encoding
    bytes = source.bytes
    rows = Rows(source: source, extents: extents)
    self.notes = notes
  }

  /// The separator, and where the first row begins.
  private static func layout(
    _ bytes: [UInt8], from start: Int, name: String, options: TableOptions
  ) throws(TabularError) -> (Separator, Int) {
    let probe = SeparatorProbe(bytes: bytes, limits: options.limits)
    if let declared = probe.declared(at: start) {
      guard let separator = declared.separator else {
        throw TabularError(
          .unsupportedSeparator, file: name, place: .init(line: 1), limits: options.limits)
      }
      return (options.separator ?? separator, declared.end)
    }
    return (options.separator ?? probe.detected(from: start), start)
  }

  private static func notes(
    _ probe: TextProbe, _ encoding: TextEncoding, blankRows: Int
  ) -> [TableNote] {
    var notes: [TableNote] = []
    if encoding == .windows1252, probe.mixesEncodings {
      notes.append(
        TableNote(
          code: "file.mixed-encodings",
          text: Wording(
            es: "El archivo mezcla Windows-1252 y UTF-8; revise tildes y eñes.",
            en: "The file mixes Windows-1252 and UTF-8; look at the accented letters.")))
    }
    if blankRows > 0 {
      notes.append(
        TableNote(
          code: "row.blank",
          text: Wording(
            es: "Se omitieron \(blankRows) filas vacías.",
            en: "\(blankRows) blank rows were left out.")))
    }
    return notes
  }
}
