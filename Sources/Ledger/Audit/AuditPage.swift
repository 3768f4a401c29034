import PostgreSQL
import ValueTypes

/// What the database holds about a range of positions, unjudged.
struct AuditPage: Sendable {
  struct Event: Sendable {
    let stream: String
    let version: Int64
    let bytes: [UInt8]
    let leafHash: [UInt8]
  }

  struct StoredTile: Sendable {
    let root: [UInt8]
    let hashes: [UInt8]
  }

  struct TileName: Hashable, Sendable {
    let level: Int
    let index: Int64
  }

  struct Note: Sendable {
    let root: [UInt8]
    let note: String
  }

  let range: Range<Int64>
  private(set) var events: [Int64: Event] = [:]
  private(set) var tiles: [TileName: StoredTile] = [:]
  /// Checkpoints by size, of sizes above the range's start and up to its end.
  private(set) var notes: [Int64: Note] = [:]

  init(range: Range<Int64>) { self.range = range }

  static func load(_ range: Range<Int64>, _ reader: LedgerReader) async throws -> AuditPage {
    let (from, to, ledger) = (range.lowerBound, range.upperBound, reader.ledger)
    // The tiles of each level that become full within the range.
    let completed = (0..<8).flatMap { level -> [(Int16, Int64)] in
      let shift = Int64(8 * (level + 1))
      return (from >> shift..<to >> shift).map { (Int16(level), $0) }
    }
    let statements: [SQL] = [
      """
      SELECT position, stream, version, bytes, leaf_hash FROM raiz.events
      WHERE ledger = \(ledger) AND position >= \(from) AND position < \(to)
      """,
      """
      SELECT t.level, t.index, t.root, t.hashes
      FROM unnest(\(completed.map(\.0)), \(completed.map(\.1))) AS w(level, index)
      JOIN raiz.tiles t ON t.ledger = \(ledger) AND t.level = w.level AND t.index = w.index
      """,
      """
      SELECT size, root, note FROM raiz.checkpoints
      WHERE ledger = \(ledger) AND size > \(from) AND size <= \(to)
      """,
    ]
    let results = try await reader.pool.repeatable { try await $0.pipeline(statements) }
    var page = AuditPage(range: range)
    for row in results[0].rows {
      page.events[try row.decode(0)] = Event(
        stream: try row.decode(1), version: try row.decode(2), bytes: try row.decode(3),
        leafHash: try row.decode(4))
    }
    for row in results[1].rows {
      let level: Int16 = try row.decode(0)
      let name = TileName(level: Int(level), index: try row.decode(1))
      page.tiles[name] = StoredTile(root: try row.decode(2), hashes: try row.decode(3))
    }
    for row in results[2].rows {
      page.notes[try row.decode(0)] = Note(root: try row.decode(1), note: try row.decode(2))
    }
    return page
  }
}
