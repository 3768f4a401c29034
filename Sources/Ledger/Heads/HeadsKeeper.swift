public import PostgreSQL
public import ValueTypes

/// Keeps the map of heads level with the ledger, and the ledger committed to it.
///
/// The map is no part of an append: it follows, some thousand events at a time, and is brought
/// level when the ledger is to commit to it.
public struct HeadsKeeper: Sendable {
  private let pool: Pool
  private let store: HeadsStore
  private let reader: LedgerReader

  public init(pool: Pool, reader: LedgerReader) {
    self.pool = pool
    self.reader = reader
    store = HeadsStore(ledger: reader.ledger)
  }

  /// A commitment, the event that holds it, and the checkpoint whose tree ends with that event.
  public struct Commitment: Sendable {
    public let heads: HeadsCommitted
    public let event: RecordedEvent
    public let checkpoint: StoredCheckpoint
  }

  /// How long whoever needs a commitment waits for another server's turn at the map.
  public static let patience = Duration.seconds(15)
  private static let pause = Duration.milliseconds(100)

  /// Lets the ledger commit to the heads of all its streams, unless it ends with a commitment
  /// already. Throws what appending throws, and `headsBusy` if another server has kept the map for
  /// longer than `patience`.
  public func commit(
    _ writer: LedgerWriter, recordedBy: String, now: Timestamp,
    patience: Duration = Self.patience
  ) async throws -> Commitment {
    let end = ContinuousClock.now + patience
    while true {
      do {
        return try await commitOnce(writer, recordedBy: recordedBy, now: now)
      } catch LedgerError.headsBusy where .now < end {
        try await Task.sleep(for: Self.pause)
      }
    }
  }

  private func commitOnce(_ writer: LedgerWriter, recordedBy: String, now: Timestamp)
    async throws -> Commitment
  {
    if let current = try await current() { return current }
    try await follow()
    let receipt = try await writer.appendAlone { size in
      let map = try await pool.withSession { try await store.update(to: size, $0) }
      guard map.size == size else {
        throw LedgerError.moved(expected: size, found: map.size)
      }
      let heads = HeadsCommitted(size: size, streams: map.streams, root: map.root)
      let event = try EventDraft(
        stream: HeadsCommitted.stream(), type: HeadsCommitted.type,
        schema: HeadsCommitted.schema, occurredAt: now, data: heads.data)
      return CommitRequest(
        key: try CommitKey("heads:\(size):\(map.root)"), recordedBy: recordedBy, events: [event])
    }
    guard let commitment = try await commitment(at: receipt.firstPosition) else {
      throw LedgerError.notFound(what: "commitment at position \(receipt.firstPosition)")
    }
    return commitment
  }

  /// The commitment that the ledger ends with, if the map still is as of it: one whose map has gone
  /// on, or is lost, proves nothing any more.
  private func current() async throws -> Commitment? {
    guard let last = try await last(), try await reader.size() == last.event.position + 1
    else { return nil }
    return last
  }

  /// The last commitment, if the map still is as of it; nil if there is none or it is under way.
  public func last() async throws -> Commitment? {
    let map = try await pool.withSession { try await store.map($0, locked: false) }
    guard let map else { return nil }
    return try await commitment(at: map.size)
  }

  private func commitment(at position: Int64) async throws -> Commitment? {
    guard let event = try await reader.events(from: position, limit: 1).first,
      let heads = try HeadsCommitted(event),
      let checkpoint = try await reader.checkpoint(ofSize: position + 1)
    else { return nil }
    return Commitment(heads: heads, event: event, checkpoint: checkpoint)
  }

  /// Brings the map about level; what comes meanwhile is left.
  public func follow() async throws {
    let size = try await reader.size()
    _ = try await pool.withSession { try await store.update(to: size, $0) }
  }

  /// Proves where streams stand, or that they do not exist, in the map of a commitment. Throws
  /// `moved` if the map has gone on since: commit again.
  public func proof(
    of streams: some Sequence<StreamName>, in commitment: HeadsCommitted
  ) async throws -> HeadsProof {
    let keys = streams.map(HeadsMap.key(of:))
    return try await pool.withSession { session in
      try await session.transaction(.repeatableRead) { session in
        guard let map = try await store.map(session, locked: false), map.size == commitment.size
        else { throw LedgerError.moved(expected: commitment.size, found: -1) }
        guard map.root == commitment.root else {
          throw LedgerError.inconsistent(
            size: commitment.size, reason: "the map of heads is not the one committed to")
        }
        return try await HeadsProving.proof(of: keys, map: map, store: store, session)
      }
    }
  }
}
