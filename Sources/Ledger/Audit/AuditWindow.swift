import PostgreSQL
import ValueTypes

/// What the database holds beside the events of a range of positions, unjudged.
struct AuditWindow: Sendable {
  struct StoredTile: Sendable {
    let root: [UInt8]
    let hashes: [UInt8]
  }

  struct TileName: Hashable, Sendable {
    let level: Int
    let index: Int64
  }

  struct Note: Sendable {
    let size: Int64
    let root: [UInt8]
    let note: String
  }

  let range: Range<Int64>
  /// The tiles of every level that become full within the range.
  private(set) var tiles: [TileName: StoredTile] = [:]
  /// Checkpoints of sizes above the range's start and up to its end, the largest first.
  private(set) var notes: [Note] = []

  init(range: Range<Int64>) { self.range = range }

  static func load(_ range: Range<Int64>, _ reader: LedgerReader) async throws -> AuditWindow {
    let (from, to, ledger) = (range.lowerBound, range.upperBound, reader.ledger)
    let completed = (0..<8).flatMap { level -> [(Int16, Int64)] in
      let shift = Int64(8 * (level + 1))
      return (from >> shift..<to >> shift).map { (Int16(level), $0) }
    }
    let statements: [SQL] = [
      """
      SELECT t.level, t.index, t.root, t.hashes
      FROM unnest(\(completed.map(\.0)), \(completed.map(\.1))) AS w(level, index)
      JOIN raiz.tiles t ON t.ledger = \(ledger) AND t.level = w.level AND t.index = w.index
      """,
      """
      SELECT size, root, note FROM raiz.checkpoints
      WHERE ledger = \(ledger) AND size > \(from) AND size <= \(to) ORDER BY size DESC
      """,
    ]
    let results = try await reader.pool.repeatable { try await $0.pipeline(statements) }
    var window = AuditWindow(range: range)
    for row in results[0].rows {
      let level: Int16 = try row.decode(0)
      let name = TileName(level: Int(level), index: try row.decode(1))
      window.tiles[name] = StoredTile(root: try row.decode(2), hashes: try row.decode(3))
    }
    for row in results[1].rows {
      window.notes.append(
        Note(size: try row.decode(0), root: try row.decode(1), note: try row.decode(2)))
    }
    return window
  }

  /// The checkpoints of one size, each given once; sizes must be asked for as they rise.
  mutating func takeNote(of size: Int64) -> Note? {
    guard let last = notes.last, last.size == size else { return nil }
    return notes.removeLast()
  }
}
