public import PostgreSQL
public import ValueTypes

/// Reads one ledger. Everything read is committed, and positions have no gaps.
public struct LedgerReader: Sendable {
  public let name: String
  public let ledger: Int64
  let pool: Pool

  /// Throws `notFound` if there is no ledger of this name.
  public init(pool: Pool, ledger name: String) async throws {
    let rows = try await pool.repeatable { session in
      try await session.query("SELECT ledger FROM raiz.ledgers WHERE name = \(name)")
    }
    guard let row = rows.first else { throw LedgerError.notFound(what: "ledger \(name)") }
    self.name = name
    ledger = try row.decode(0)
    self.pool = pool
  }

  /// Up to `limit` events from a position on, in order. Throws `invalidEnvelope` for bytes that
  /// are no event.
  public func events(from position: Int64, limit: Int) async throws -> [RecordedEvent] {
    let rows = try await query(
      """
      SELECT position, bytes FROM raiz.events
      WHERE ledger = \(ledger) AND position >= \(position) ORDER BY position LIMIT \(limit)
      """)
    return try rows.map(Self.event)
  }

  /// All events of some streams, by position; made for thousands of names.
  public func events(ofStreams streams: [StreamName]) async throws -> [RecordedEvent] {
    guard !streams.isEmpty else { return [] }
    let rows = try await query(
      """
      SELECT position, bytes FROM raiz.events
      WHERE ledger = \(ledger) AND stream = ANY(\(streams.map(\.text))) ORDER BY position
      """)
    return try rows.map(Self.event)
  }

  /// The version of each stream; a stream that does not exist is left out.
  public func heads(of streams: [StreamName]) async throws -> [StreamName: Int64] {
    let rows = try await query(
      """
      SELECT stream, version FROM raiz.stream_versions(\(ledger), \(streams.map(\.text)))
      """)
    return try WriteStore.versions(rows)
  }

  /// Where the commit with this key begins; nil if none was recorded.
  public func position(of key: CommitKey) async throws -> Int64? {
    let rows = try await query(
      """
      SELECT first_position FROM raiz.event_keys
      WHERE ledger = \(ledger) AND key = \(key.text)
      """)
    return try rows.first?.decode(0)
  }

  /// How many events there are.
  public func size() async throws -> Int64 {
    let rows = try await query("SELECT size FROM raiz.ledgers WHERE ledger = \(ledger)")
    guard let row = rows.first else { throw LedgerError.notFound(what: "ledger \(name)") }
    return try row.decode(0)
  }

  /// An attachment, its bytes checked against its name; nil if there is none, or no longer.
  public func attachment(_ digest: SHA256Digest) async throws -> Attachment? {
    let rows = try await query(
      """
      SELECT media_type, bytes FROM raiz.attachments
      WHERE ledger = \(ledger) AND digest = \(digest.bytes)
      """)
    guard let row = rows.first else { return nil }
    let attachment = Attachment(
      mediaType: try row.decode("media_type"), bytes: try row.decode("bytes"))
    guard attachment.digest == digest else {
      throw LedgerError.inconsistent(
        size: 0, reason: "attachment \(digest) holds bytes with digest \(attachment.digest)")
    }
    return attachment
  }

  /// Hands over the events `from..<to` in order, a batch at a time, two of them in memory.
  /// Throws `gap` where a position is missing, and what `body` throws.
  public func forEachBatch(
    from: Int64, to: Int64, _ body: ([RecordedEvent]) async throws -> Void
  ) async throws {
    var next = from
    var loading = load(from: next, to: to)
    defer { loading?.cancel() }
    while let page = try await loading?.value {
      try Task.checkCancellation()
      guard page.rows > 0 else { throw LedgerError.gap(expected: next, found: to) }
      // The next page is read while this one is decoded and used. There are no gaps, or else
      // `follow` throws.
      let start = next
      next += Int64(page.rows)
      loading = load(from: next, to: to)
      let batch = try Self.events(page)
      _ = try Self.follow(start, batch)
      try await body(batch)
    }
  }

  private func load(from next: Int64, to end: Int64) -> Task<CopyPage, any Error>? {
    guard next < end else { return nil }
    let statement: SQL = """
      COPY (
        SELECT position, bytes FROM raiz.events
        WHERE ledger = \(number: ledger) AND position >= \(number: next)
          AND position < \(number: end)
        ORDER BY position LIMIT \(number: Self.batchSize)
      ) TO STDOUT (FORMAT binary)
      """
    return Task {
      try await pool.repeatable { session in try await session.copyPage(statement) }
    }
  }

  private static func events(_ page: CopyPage) throws -> [RecordedEvent] {
    let bytes = page.bytes.span
    var events: [RecordedEvent] = []
    events.reserveCapacity(page.rows)
    var cursor = CopyCursor()
    while try cursor.row(of: 2, in: bytes) {
      guard let position = try cursor.int64(in: bytes), let range = try cursor.column(in: bytes)
      else { throw PostgresError(.decodingFailed, "an event has no position or no bytes") }
      events.append(try RecordedEvent(position: position, bytes: Array(page.bytes[range])))
    }
    return events
  }

  private static let batchSize: Int64 = 2_000

  /// The position after a batch; throws `gap` unless the batch goes on exactly at `next`.
  static func follow(_ next: Int64, _ batch: [RecordedEvent]) throws(LedgerError) -> Int64 {
    var next = next
    for event in batch {
      guard event.position == next else {
        throw .gap(expected: next, found: event.position)
      }
      next += 1
    }
    return next
  }

  func query(_ sql: SQL) async throws -> [Row] {
    try await pool.repeatable { session in try await session.query(sql) }
  }

  private static func event(_ row: Row) throws -> RecordedEvent {
    try RecordedEvent(position: try row.decode(0), bytes: try row.decode(1))
  }
}
