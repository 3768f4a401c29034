import PostgreSQL
import ValueTypes

/// What the database holds of one ledger's map of heads.
struct HeadsMapRow: Sendable, Equatable {
  var size: Int64
  var streams: Int64
  var bucketBits: Int
  var root: SHA256Digest

  static let empty = HeadsMapRow(size: 0, streams: 0, bucketBits: 8, root: HeadsMap.emptyRoot)

  /// Leading bits that the leaves of one bucket share, so that it has some dozens of them.
  static func bits(for streams: Int64) -> Int {
    if streams < 1 << 14 { return 8 }
    return streams < 1 << 22 ? 16 : 24
  }
}

/// The statements of the map.
struct HeadsStore: Sendable {
  let ledger: Int64
  /// Events whose heads are stored at a time, so that memory stays flat.
  var eventsAtOnce: Int64 = 20_000

  private static let bucketsAtOnce = 1_000

  func map(_ session: Session, locked: Bool) async throws -> HeadsMapRow? {
    let columns: SQL
    if locked {
      columns = """
        SELECT size, streams, bucket_bits, root FROM raiz.head_maps
        WHERE ledger = \(ledger) FOR UPDATE
        """
    } else {
      columns = """
        SELECT size, streams, bucket_bits, root FROM raiz.head_maps WHERE ledger = \(ledger)
        """
    }
    guard let row = try await session.query(columns).first else { return nil }
    let bits: Int16 = try row.decode("bucket_bits")
    guard let root = SHA256Digest(try row.decode("root", as: [UInt8].self)) else { return nil }
    return HeadsMapRow(
      size: try row.decode("size"), streams: try row.decode("streams"), bucketBits: Int(bits),
      root: root)
  }

  func makeMap(_ session: Session) async throws {
    let empty = HeadsMapRow.empty
    try await session.execute(
      """
      INSERT INTO raiz.head_maps (ledger, size, streams, bucket_bits, root)
      VALUES (\(ledger), 0, 0, \(Int16(empty.bucketBits)), \(empty.root.bytes))
      ON CONFLICT DO NOTHING
      """)
  }

  func store(_ map: HeadsMapRow, _ session: Session) async throws {
    try await session.execute(
      """
      UPDATE raiz.head_maps SET size = \(map.size), streams = \(map.streams),
        bucket_bits = \(Int16(map.bucketBits)), root = \(map.root.bytes)
      WHERE ledger = \(ledger)
      """)
  }

  /// The heads that the events of a range give to their streams.
  func heads(in range: Range<Int64>, _ session: Session) async throws -> [StreamHead] {
    let rows = try await session.query(
      """
      SELECT stream, max(version), max(position) FROM raiz.events
      WHERE ledger = \(ledger) AND position >= \(range.lowerBound)
        AND position < \(range.upperBound)
      GROUP BY stream
      """)
    return try rows.map { row in
      StreamHead(
        stream: try StreamName(try row.decode(0)), version: try row.decode(1),
        lastPosition: try row.decode(2))
    }
  }

  /// Records heads; returns how many streams are new.
  func store(_ heads: [StreamHead], _ session: Session) async throws -> Int64 {
    let rows = try await session.query(
      """
      WITH stored AS (
        INSERT INTO raiz.head_leaves (ledger, key, version, last_position)
        SELECT \(ledger), * FROM unnest(\(heads.map(\.key.bytes)), \(heads.map(\.version)),
          \(heads.map(\.lastPosition)))
        ON CONFLICT (ledger, key)
        DO UPDATE SET version = EXCLUDED.version, last_position = EXCLUDED.last_position
        RETURNING xmax = 0 AS made
      )
      SELECT count(*) FILTER (WHERE made) FROM stored
      """)
    return try rows[0].decode(0)
  }

  /// The leaves of some buckets, in the order of keys; an empty bucket is left out.
  func buckets(
    _ prefixes: [Int64], bits: Int, _ session: Session
  ) async throws -> [Int64: [StreamHead]] {
    var found: [Int64: [StreamHead]] = [:]
    for start in stride(from: 0, to: prefixes.count, by: Self.bucketsAtOnce) {
      let part = prefixes[start..<min(start + Self.bucketsAtOnce, prefixes.count)]
      let rows = try await session.query(
        """
        SELECT l.key, l.version, l.last_position
        FROM unnest(\(part.map { Self.bound($0, bits: bits, filler: 0) }),
          \(part.map { Self.bound($0, bits: bits, filler: 255) })) AS b(low, high)
        CROSS JOIN LATERAL (
          SELECT key, version, last_position FROM raiz.head_leaves
          WHERE ledger = \(ledger) AND key >= b.low AND key <= b.high OFFSET 0
        ) AS l
        ORDER BY l.key
        """)
      for row in rows {
        let head = try Self.head(row)
        found[head.key.prefix(bits: bits), default: []].append(head)
      }
    }
    return found
  }

  private static func bound(_ prefix: Int64, bits: Int, filler: UInt8) -> [UInt8] {
    let count = bits / 8
    let lead = (0..<count).map { UInt8(truncatingIfNeeded: prefix >> Int64(8 * (count - 1 - $0))) }
    return lead + [UInt8](repeating: filler, count: 32 - count)
  }

  /// Leaves read at a time.
  private static let leavesAtOnce = 8_192

  /// The next leaves in the order of keys.
  func leaves(after key: SHA256Digest?, _ session: Session) async throws -> [StreamHead] {
    let rows = try await session.query(
      """
      SELECT key, version, last_position FROM raiz.head_leaves
      WHERE ledger = \(ledger) AND key > \(key?.bytes ?? []) ORDER BY key
      LIMIT \(Self.leavesAtOnce)
      """)
    return try rows.map(Self.head)
  }

  private static func head(_ row: Row) throws -> StreamHead {
    guard let key = SHA256Digest(try row.decode(0, as: [UInt8].self)) else {
      throw LedgerError.inconsistent(size: 0, reason: "a key in the map of heads is no hash")
    }
    return StreamHead(key: key, version: try row.decode(1), lastPosition: try row.decode(2))
  }

  func pages(
    _ names: [HeadsPageName], _ session: Session
  ) async throws -> [HeadsPageName: HeadsPage] {
    let rows = try await session.query(
      """
      SELECT p.depth, p.prefix, p.hashes
      FROM unnest(\(names.map { Int16($0.depth) }), \(names.map(\.prefix))) AS w(depth, prefix)
      JOIN raiz.head_pages p
        ON p.ledger = \(ledger) AND p.depth = w.depth AND p.prefix = w.prefix
      """)
    var found: [HeadsPageName: HeadsPage] = [:]
    for row in rows {
      let depth: Int16 = try row.decode(0)
      let name = HeadsPageName(depth: Int(depth), prefix: try row.decode(1))
      found[name] = HeadsPage(depth: name.depth, bytes: try row.decode(2))
    }
    return found
  }

  func store(_ pages: [HeadsPageName: HeadsPage], _ session: Session) async throws {
    let sorted = pages.sorted { ($0.key.depth, $0.key.prefix) < ($1.key.depth, $1.key.prefix) }
    try await session.execute(
      """
      INSERT INTO raiz.head_pages (ledger, depth, prefix, hashes)
      SELECT \(ledger), * FROM unnest(\(sorted.map { Int16($0.key.depth) }),
        \(sorted.map(\.key.prefix)), \(sorted.map(\.value.bytes)))
      ON CONFLICT (ledger, depth, prefix) DO UPDATE SET hashes = EXCLUDED.hashes
      """)
  }

  func removePages(_ session: Session) async throws {
    try await session.execute("DELETE FROM raiz.head_pages WHERE ledger = \(ledger)")
  }
}
