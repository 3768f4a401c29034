import PostgreSQL
import Synchronization
import ValueTypes

extension WriterCore {
  /// Looks up, decides, writes and answers a batch while no other server can move the head. Leaves
  /// in `decided` what was decided, whatever becomes of it.
  func completeHolding(
    _ batch: [QueuedCommit], _ attempted: Attempted, _ decided: borrowing Mutex<BatchPlan?>
  ) async throws {
    // Beforehand: making one takes locks that the transaction would be in the way of.
    let events = batch.reduce(0) { $0 + $1.request.events.count }
    try await ensurePartitions(for: confirmed.size + Int64(events))
    let (store, known, end) = (store, confirmed, partitionsEnd)
    let (plan, note) = try await pool.withSession { session in
      try await session.transaction { session -> (BatchPlan, String?) in
        try await store.hold(session)
        let situation = try await store.lookUp(batch, known: known, holding: true, session)
        guard situation.head.epoch == epoch else {
          throw LedgerError.fenced(held: epoch, found: situation.head.epoch)
        }
        let plan = BatchPlan(batch, in: situation, clock: clock)
        decided.withLock { $0 = plan }
        guard !plan.events.isEmpty else { return (plan, nil) }
        guard plan.tail.size < end else { throw HeadMoved() }
        // Signed before the commit, but let out only after it.
        let note = try signer.sign(size: plan.tail.size, root: plan.tail.range.root)
        try await store.put(plan, note: note, session)
        return (plan, note)
      }
    }
    guard let note else {
      confirmed = plan.tail
      return try await answer(batch, plan, [:], attempted)
    }
    adopt(plan, note: note)
    try await answer(batch, plan, [plan.tail.size: note], attempted)
  }
}
