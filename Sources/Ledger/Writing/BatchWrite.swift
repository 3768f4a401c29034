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
      if plan.fitsOneStatement {
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

  /// The whole batch as one statement, which is a transaction of its own.
  func append(_ plan: BatchPlan, note: String) -> SQL {
    let range = plan.tail.range
    let recordedAt = PostgresTimestamp(microseconds: plan.recordedAt.microseconds)
    let (events, keys, tiles) = (plan.events, plan.newKeys, plan.tiles)
    let (streams, guessed) = (plan.newStreams, plan.guessed)
    return """
      SELECT raiz.append(\(ledger), \(plan.head.size), \(plan.head.root.bytes),
        \(plan.head.epoch), \(range.size), \(range.root.bytes), \(range.bytes), \(recordedAt),
        \(note),
        \(events.map(\.stream.text)), \(events.map(\.version)), \(events.map(\.bytes)),
        \(events.map(\.leafHash.bytes)), \(streams.map(\.name.text)),
        \(streams.map(\.position)), \(guessed.map(\.key.text)), \(guessed.map(\.value)),
        \(keys.map(\.key.text)), \(keys.map(\.record.firstPosition)),
        \(keys.map { Int64($0.record.count) }), \(keys.map(\.record.content.bytes)),
        \(tiles.map { Int16($0.level) }), \(tiles.map(\.index)), \(tiles.map(\.root.bytes)),
        \(tiles.map { $0.hashes.flatMap(\.bytes) }))
      """
  }

  /// Writes the batch as one statement, or by COPY in the transaction that the session is in.
  func put(_ plan: BatchPlan, note: String, _ session: Session) async throws {
    if plan.fitsOneStatement {
      _ = try await session.query(append(plan, note: note))
      return
    }
    _ = try await session.pipeline([advance(plan)])
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
          $0.append(event.leafHash.bytes)
        }
      }
    }
    _ = try await session.pipeline(rest(plan, note: note))
  }

  private func advance(_ plan: BatchPlan) -> SQL {
    let recordedAt = PostgresTimestamp(microseconds: plan.recordedAt.microseconds)
    let range = plan.tail.range
    return """
      SELECT raiz.advance_head(\(ledger), \(plan.head.size), \(plan.head.root.bytes),
        \(plan.head.epoch), \(range.size), \(range.root.bytes), \(range.bytes), \(recordedAt))
      """
  }

  /// Everything but head and events.
  private func rest(_ plan: BatchPlan, note: String) -> [SQL] {
    let (streams, keys) = (plan.newStreams, plan.newKeys)
    var statements: [SQL] = [
      """
      INSERT INTO raiz.streams (ledger, stream, first_position)
      SELECT \(ledger), * FROM unnest(\(streams.map(\.name.text)), \(streams.map(\.position)))
      """,
      """
      INSERT INTO raiz.event_keys (ledger, key, first_position, count, content, checkpoint_size)
      SELECT \(ledger), *, \(plan.tail.size) FROM unnest(\(keys.map(\.key.text)),
        \(keys.map(\.record.firstPosition)), \(keys.map { Int64($0.record.count) }),
        \(keys.map(\.record.content.bytes)))
      """,
      """
      INSERT INTO raiz.checkpoints (ledger, size, root, note)
      VALUES (\(ledger), \(plan.tail.size), \(plan.tail.range.root.bytes), \(note))
      """,
    ]
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

  private func insertTiles(_ tiles: [FullTile]) -> SQL {
    """
    INSERT INTO raiz.tiles (ledger, level, index, root, hashes)
    SELECT \(ledger), * FROM unnest(\(tiles.map { Int16($0.level) }), \(tiles.map(\.index)),
      \(tiles.map(\.root.bytes)), \(tiles.map { $0.hashes.flatMap(\.bytes) }))
    """
  }
}

extension BatchPlan {
  /// Whether the batch goes as arrays; else events go by COPY, attachments one by one.
  var fitsOneStatement: Bool { events.count < WriteStore.copyThreshold && attachments.isEmpty }
}
