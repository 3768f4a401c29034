/// Finds out what stands between the cells, by trying each separator on the first rows.
struct SeparatorProbe {
  let bytes: [UInt8]
  let limits: TableLimits

  /// How much of the file is looked at.
  static let sampleRows = 50
  static let sampleBytes = 64 * 1_024

  /// What `sep=;` in the first line says (Excel writes and reads that), and where the line ends.
  func declared(at start: Int) -> (separator: Separator?, end: Int)? {
    let line = bytes[start...].prefix(6)
    guard line.count >= 5,
      line.prefix(4).elementsEqual("sep=".utf8, by: { $0 | 0x20 == $1 | 0x20 })
    else { return nil }
    var end = start + 5
    if end < bytes.count, bytes[end] == Byte.carriageReturn { end += 1 }
    if end < bytes.count, bytes[end] == Byte.lineFeed { end += 1 }
    guard end > start + 5 || end == bytes.count else { return nil }
    return (Separator(rawValue: bytes[start + 4]), end)
  }

  /// The separator under which most of the first rows have as many cells as the first, and of
  /// equals the one that makes more cells. One under which the quotes do not close is taken last,
  /// and one under which the heading is that of a file of rejects first. A file of a single column
  /// counts as comma separated.
  func detected(from start: Int) -> Separator {
    var best: (separator: Separator, score: Score)?
    for separator in Separator.allCases {
      guard let score = score(separator, from: start) else { continue }
      if let held = best, !held.score.isWorse(than: score) { continue }
      best = (separator, score)
    }
    return best?.separator ?? .comma
  }

  private struct Score {
    var columns: Int
    var hasRejectColumns: Bool
    var agreeing = 1
    var rows = 1
    var isBroken = false

    func isWorse(than other: Score) -> Bool {
      if hasRejectColumns != other.hasRejectColumns { return other.hasRejectColumns }
      if isBroken != other.isBroken { return isBroken }
      let mine = agreeing * other.rows
      let theirs = other.agreeing * rows
      return mine == theirs ? columns < other.columns : mine < theirs
    }
  }

  private func score(_ separator: Separator, from start: Int) -> Score? {
    var scanner = RecordScanner(
      bytes, from: start, separator: separator.rawValue, limits: limits, file: "")
    var score: Score?
    while scanner.offset - start < Self.sampleBytes, (score?.rows ?? 0) < Self.sampleRows {
      let record: RecordExtent?
      do {
        record = try scanner.next()
      } catch {
        // Whatever separator is chosen, the real reading meets its fault again and tells it.
        score?.isBroken = true
        break
      }
      guard let record else { break }
      guard !record.isBlank else { continue }
      let count = scanner.cells.count
      if let columns = score?.columns {
        score?.rows += 1
        score?.agreeing += count == columns ? 1 : 0
      } else {
        guard count > 1 else { return nil }
        score = Score(columns: count, hasRejectColumns: isRejects(scanner.cells))
      }
    }
    return score
  }

  private func isRejects(_ heading: [CellExtent]) -> Bool {
    heading.suffix(2).map { TextEncoding.utf8.decode(bytes[$0.range]) } == RejectsWriter.columns
  }
}
