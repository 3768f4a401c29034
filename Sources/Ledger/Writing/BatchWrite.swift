import PostgreSQL
import ValueTypes

/// Another server wrote, or ended the epoch, between looking and writing: look again.
struct HeadMoved: Error {}

extension WriteStore {
  private static let headMoved = "RZ001"
  private static let epochOver = "RZ002"

  /// Writes a decided batch in one transaction; everything or nothing.
  ///
  /// Throws `HeadMoved`, or what the database reports. After `connectionLost` the outcome is
  /// unknown.
  func write(_ plan: BatchPlan, note: String, _ session: Session) async throws {
    do {
      if plan.fitsArrays {
        try await put(plan, note: note, session)
      } else {
        try await session.transaction { try await put(plan, note: note, $0) }
      }
    } catch let error as PostgresError where Self.tellsOfAnother(error) {
      // Which of the two it is, and the new epoch, the next look shows.
      throw HeadMoved()
    }
  }

  /// Whether another server wrote, or ended the epoch, since the batch was decided.
  static func tellsOfAnother(_ error: PostgresError) -> Bool {
    error.sqlState == headMoved || error.sqlState == epochOver
  }

  /// Everything of a batch between its head, which `advance` moves, and its checkpoint.
  func body(_ plan: BatchPlan) -> [SQL] { guesses(plan) + [events(plan)] + rest(plan) }

  func checkpoint(_ plan: BatchPlan, note: String) -> SQL {
    """
    INSERT INTO raiz.checkpoints (ledger, size, root, note)
    VALUES (\(ledger), \(plan.tail.size), \(plan.tail.range.root.bytes), \(note))
    """
  }

  /// Writes the batch in one round trip, which is a transaction of its own, or by COPY in the
  /// transaction that the session is in.
  func put(_ plan: BatchPlan, note: String, _ session: Session) async throws {
    if plan.fitsArrays {
      _ = try await session.pipeline([advance(plan)] + body(plan) + [checkpoint(plan, note: note)])
      return
    }
    _ = try await session.pipeline([advance(plan)] + guesses(plan))
    _ = try await session.copyIn(
      """
      COPY raiz.events (ledger, position, stream, version, bytes, leaf_hash)
      FROM STDIN (FORMAT binary)
      """
    ) { writer in
      for (offset, event) in plan.events.enumerated() {
        try await writer.row {
          $0.append(ledger)
          $0.append(plan.firstPosition + Int64(offset))
          $0.append(event.stream.text)
          $0.append(event.version)
          $0.append(event.bytes)
          $0.append(event.leafHash)
        }
      }
    }
    _ = try await session.pipeline(rest(plan) + [checkpoint(plan, note: note)])
  }

  /// Moves the head, which goes first, because its row keeps other servers waiting. By
  /// compare-and-swap: of the root too, since another server may have written just as many events.
  /// Acknowledged means on disk, so a server that does not wait for its disk is told to.
  func advance(_ plan: BatchPlan) -> SQL {
    let recordedAt = PostgresTimestamp(microseconds: plan.recordedAt.microseconds)
    let (head, range) = (plan.head, plan.tail.range)
    return """
      UPDATE raiz.ledgers SET size = CASE\(literal: plan.fitsArrays ? "" : " /* COPY follows */")
          WHEN size <> \(head.size) OR root <> \(head.root) OR epoch <> \(head.epoch)
            THEN raiz.refuse_append(ledger, size, epoch, \(head.epoch))
          WHEN current_setting('synchronous_commit') <> 'off'
            OR set_config('synchronous_commit', 'on', true) = 'on' THEN \(range.size)
          END,
        root = \(range.root.bytes), frontier = \(range.bytes), last_recorded_at = \(recordedAt)
      WHERE ledger = \(ledger)
      """
  }

  /// Streams must be at the versions that were taken for granted.
  private func guesses(_ plan: BatchPlan) -> [SQL] {
    guard !plan.guessed.isEmpty else { return [] }
    let guessed = plan.guessed.sorted { $0.key < $1.key }
    return [
      """
      SELECT raiz.require_versions(
        \(ledger), \(guessed.map(\.key.text)), \(guessed.map(\.value)))
      """
    ]
  }

  private func events(_ plan: BatchPlan) -> SQL {
    let (events, first) = (plan.events, plan.firstPosition)
    // The same as below, for less than half of its price.
    if events.count == 1, let event = events.first {
      return """
        INSERT INTO raiz.events (ledger, position, stream, version, bytes, leaf_hash)
        VALUES (\(ledger), \(first), \(event.stream.text), \(event.version), \(event.bytes),
          \(event.leafHash.bytes))
        """
    }
    return """
      INSERT INTO raiz.events (ledger, position, stream, version, bytes, leaf_hash)
      SELECT \(ledger), \(first) + n - 1, stream, version, bytes, leaf_hash
      FROM unnest(\(events.map(\.stream.text)), \(events.map(\.version)), \(events.map(\.bytes)),
          \(events.map(\.leafHash)))
        WITH ORDINALITY AS e(stream, version, bytes, leaf_hash, n)
      """
  }

  private func keys(_ plan: BatchPlan) -> SQL {
    let (keys, size) = (plan.newKeys, plan.tail.size)
    if keys.count == 1, let (key, record) = keys.first {
      return """
        INSERT INTO raiz.event_keys (ledger, key, first_position, count, content, checkpoint_size)
        VALUES (\(ledger), \(key.text), \(record.firstPosition), \(Int64(record.count)),
          \(record.content.bytes), \(size))
        """
    }
    return """
      INSERT INTO raiz.event_keys (ledger, key, first_position, count, content, checkpoint_size)
      SELECT \(ledger), *, \(size) FROM unnest(\(keys.map(\.key.text)),
        \(keys.map(\.record.firstPosition)), \(keys.map { Int64($0.record.count) }),
        \(keys.map(\.record.content)))
      """
  }

  /// Everything but head, events and checkpoint.
  private func rest(_ plan: BatchPlan) -> [SQL] {
    var statements = [keys(plan)]
    if !plan.newStreams.isEmpty { statements.append(insertStreams(plan.newStreams)) }
    if !plan.tiles.isEmpty { statements.append(insertTiles(plan.tiles)) }
    for attachment in plan.attachments.values.sorted(by: { $0.digest < $1.digest }) {
      statements.append(
        """
        INSERT INTO raiz.attachments (ledger, digest, media_type, bytes)
        VALUES (\(ledger), \(attachment.digest.bytes), \(attachment.mediaType),
          \(attachment.bytes))
        ON CONFLICT (ledger, digest) DO NOTHING
        """)
    }
    return statements
  }

  private func insertStreams(_ streams: [(name: StreamName, position: Int64)]) -> SQL {
    """
    INSERT INTO raiz.streams (ledger, stream, first_position)
    SELECT \(ledger), * FROM unnest(\(streams.map(\.name.text)), \(streams.map(\.position)))
    """
  }

  private func insertTiles(_ tiles: [FullTile]) -> SQL {
    """
    INSERT INTO raiz.tiles (ledger, level, index, root, hashes)
    SELECT \(ledger), * FROM unnest(\(tiles.map { Int16($0.level) }), \(tiles.map(\.index)),
      \(tiles.map(\.root)), \(tiles.map { $0.hashes.flatMap(\.bytes) }))
    """
  }
}

extension BatchPlan {
  /// Whether the batch goes as arrays; else events go by COPY, attachments one by one.
  var fitsArrays: Bool { events.count < WriteStore.copyThreshold && attachments.isEmpty }
}
