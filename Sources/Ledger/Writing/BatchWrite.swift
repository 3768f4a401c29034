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
  func write(
    _ plan: BatchPlan, over head: LedgerHead, note: String, _ session: Session
  ) async throws {
    do {
      if plan.events.count < Self.copyThreshold {
        try await writeInOneTrip(plan, over: head, note: note, session)
      } else {
        try await writeByCopy(plan, over: head, note: note, session)
      }
    } catch let error as PostgresError
      where error.sqlState == Self.headMoved || error.sqlState == Self.epochOver
    {
      // Which of the two it is, and the new epoch, the next look shows.
      throw HeadMoved()
    }
  }

  private func writeInOneTrip(
    _ plan: BatchPlan, over head: LedgerHead, note: String, _ session: Session
  ) async throws {
    let statements: [SQL] =
      ["BEGIN", advance(plan, over: head), insertEvents(plan)]
      + rest(plan, note: note) + ["COMMIT"]
    do {
      _ = try await session.pipeline(statements)
    } catch {
      // The failed block is ended so that the session can be used again; if even that fails, the
      // pool closes it.
      _ = try? await session.execute("ROLLBACK")
      throw error
    }
  }

  private func writeByCopy(
    _ plan: BatchPlan, over head: LedgerHead, note: String, _ session: Session
  ) async throws {
    try await session.transaction { session in
      _ = try await session.pipeline([advance(plan, over: head)])
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
  }

  private func advance(_ plan: BatchPlan, over head: LedgerHead) -> SQL {
    let recordedAt = PostgresTimestamp(microseconds: plan.recordedAt.microseconds)
    let range = plan.tail.range
    return """
      SELECT raiz.advance_head(\(ledger), \(head.size), \(head.epoch), \(range.size),
        \(range.root.bytes), \(range.bytes), \(recordedAt))
      """
  }

  private func insertEvents(_ plan: BatchPlan) -> SQL {
    let events = plan.events
    return """
      INSERT INTO raiz.events (ledger, position, stream, version, bytes, leaf_hash)
      SELECT \(ledger), \(plan.firstPosition) + n - 1, stream, version, bytes, leaf_hash
      FROM unnest(\(events.map(\.stream.text)), \(events.map(\.version)),
        \(events.map(\.bytes)), \(events.map(\.leafHash.bytes)))
        WITH ORDINALITY AS e(stream, version, bytes, leaf_hash, n)
      """
  }

  /// Everything but head and events.
  private func rest(_ plan: BatchPlan, note: String) -> [SQL] {
    let heads = plan.heads.sorted { $0.key < $1.key }
    let keys = plan.newKeys
    var statements: [SQL] = [
      """
      INSERT INTO raiz.streams (ledger, stream, version, last_position)
      SELECT \(ledger), * FROM unnest(\(heads.map(\.key.text)), \(heads.map(\.value.version)),
        \(heads.map(\.value.lastPosition)))
      ON CONFLICT (ledger, stream)
      DO UPDATE SET version = EXCLUDED.version, last_position = EXCLUDED.last_position
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
