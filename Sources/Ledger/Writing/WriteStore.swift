import PostgreSQL
import ValueTypes

/// The statements of appending.
struct WriteStore: Sendable {
  let ledger: Int64

  /// From this many events on, COPY; below, arrays in the one round trip.
  static let copyThreshold = 512

  /// Head, keys and stream heads for a batch, in one round trip.
  ///
  /// All three in one snapshot: an answer that writes nothing (a conflict, a used key) is not held
  /// against the head again, and must not mix what was there before and after another's commit.
  ///
  /// - Parameter holding: whether the session is in a transaction that holds the head already.
  func lookUp(
    _ batch: [QueuedCommit], known: TreeTail, holding: Bool = false, _ session: Session
  ) async throws -> BatchSituation {
    var streams: Set<StreamName> = []
    for commit in batch {
      streams.formUnion(commit.request.expectations.keys)
      for event in commit.request.events { streams.insert(event.stream) }
    }
    let questions: [SQL] = [
      LedgerHead.query(ledger: ledger),
      """
      SELECT key, first_position, count, content, checkpoint_size FROM raiz.event_keys
      WHERE ledger = \(ledger) AND key = ANY(\(batch.map(\.request.key.text)))
      """,
      """
      SELECT stream, version FROM raiz.stream_versions(\(ledger), \(streams.map(\.text)))
      """,
    ]
    let begin: [SQL] = holding ? [] : ["BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"]
    let end: [SQL] = holding ? [] : ["COMMIT"]
    let rows = try await session.pipeline(begin + questions + end)
      .dropFirst(begin.count).map(\.rows)
    guard let headRow = rows[0].first else {
      throw LedgerError.notFound(what: "ledger \(ledger)")
    }
    let head = try LedgerHead(headRow)
    return BatchSituation(
      head: head.mark, tail: try await catchUp(known, to: head, session),
      versions: try Self.versions(rows[2]), keys: try Self.keys(rows[1]))
  }

  private static func keys(_ rows: [Row]) throws -> [CommitKey: RecordedKey] {
    var keys: [CommitKey: RecordedKey] = [:]
    for row in rows {
      guard let content = SHA256Digest(try row.decode("content", as: [UInt8].self)) else {
        continue  // the table allows 32 bytes only
      }
      let count: Int64 = try row.decode("count")
      keys[try CommitKey(try row.decode("key"))] = RecordedKey(
        firstPosition: try row.decode("first_position"), count: Int(count), content: content,
        checkpointSize: try row.decode("checkpoint_size"))
    }
    return keys
  }

  static func versions(_ rows: [Row]) throws -> [StreamName: Int64] {
    var versions: [StreamName: Int64] = [:]
    for row in rows {
      versions[try StreamName(try row.decode("stream"))] = try row.decode("version", as: Int64.self)
    }
    return versions
  }

  /// The tail at the head, from the one this server remembers if it is a tail of the same tree.
  ///
  /// Throws `rolledBack` if the database has fewer events than this server has written or seen, and
  /// `inconsistent` if it has others.
  func catchUp(
    _ known: TreeTail, to head: LedgerHead, _ session: Session
  ) async throws -> TreeTail {
    guard head.size >= known.size else {
      throw LedgerError.rolledBack(published: known.size, found: head.size)
    }
    if head.size == known.size {
      guard head.root == known.range.root else {
        throw LedgerError.inconsistent(
          size: head.size, reason: "the head's root is not the one this server has signed")
      }
      return known
    }
    let store = TreeStore(ledger: ledger)
    if head.size - known.size > Self.catchUpLimit {
      return try await store.tail(at: head, session)
    }
    var tail = known
    var ignored: [FullTile] = []
    while tail.size < head.size {
      let hashes = try await store.row(level: 0, from: tail.size, session)
      guard !hashes.isEmpty else { break }
      for hash in hashes.prefix(Int(head.size - tail.size)) { tail.append(hash, full: &ignored) }
    }
    guard tail.size == head.size, tail.range.root == head.root else {
      throw LedgerError.inconsistent(
        size: head.size, reason: "the events do not lead from \(known.size) to the head's root")
    }
    return tail
  }

  /// Another server's events are read one by one up to this many; the tail is loaded anew beyond.
  private static let catchUpLimit: Int64 = 4_096

  /// The stored leaf hashes of events.
  func leafHashes(
    at positions: [Int64], _ session: Session
  ) async throws -> [Int64: SHA256Digest] {
    let rows = try await session.query(
      """
      SELECT position, leaf_hash FROM raiz.events
      WHERE ledger = \(ledger) AND position = ANY(\(positions))
      """)
    var hashes: [Int64: SHA256Digest] = [:]
    for row in rows {
      hashes[try row.decode(0)] = SHA256Digest(try row.decode(1, as: [UInt8].self))
    }
    return hashes
  }

  /// Keeps every server from moving the head until the transaction ends, and waits until no other
  /// does.
  func hold(_ session: Session) async throws {
    try await session.execute(
      "SELECT FROM raiz.ledgers WHERE ledger = \(ledger) FOR NO KEY UPDATE")
  }

  /// How many events there are.
  func size(_ session: Session) async throws -> Int64 {
    let rows = try await session.query("SELECT size FROM raiz.ledgers WHERE ledger = \(ledger)")
    guard let row = rows.first else { throw LedgerError.notFound(what: "ledger \(ledger)") }
    return try row.decode(0)
  }

  /// The notes of checkpoints, for answering what was recorded before.
  func notes(_ sizes: [Int64], _ session: Session) async throws -> [Int64: String] {
    var notes: [Int64: String] = [:]
    let rows = try await session.query(
      """
      SELECT size, note FROM raiz.checkpoints WHERE ledger = \(ledger) AND size = ANY(\(sizes))
      """)
    for row in rows { notes[try row.decode("size")] = try row.decode("note", as: String.self) }
    return notes
  }

  /// Makes partitions up to a position; returns nothing, does nothing if they are there.
  func ensurePartitions(upTo position: Int64, _ session: Session) async throws {
    try await session.execute("SELECT raiz.ensure_partitions(\(position))")
  }
}
