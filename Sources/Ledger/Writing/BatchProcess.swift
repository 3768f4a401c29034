import PostgreSQL
import Synchronization
import ValueTypes

/// What earlier rounds of the same batch tried: where its commits are if they were recorded.
struct Attempted {
  struct Place: Sendable {
    let record: RecordedKey
    /// Of the commit's first event: its id is random, so nobody else's event has it.
    let leafHash: SHA256Digest
  }

  private(set) var places: [UInt64: Place] = [:]
  /// Whether a transaction ended without saying how.
  private(set) var isOpen = false

  mutating func note(_ plan: BatchPlan, _ batch: [QueuedCommit], isOpen: Bool) {
    if isOpen { self.isOpen = true }
    for (commit, verdict) in zip(batch, plan.verdicts) {
      guard case .accepted = verdict, let record = plan.record(of: commit.request.key) else {
        continue
      }
      let offset = Int(record.firstPosition - plan.firstPosition)
      places[commit.id] = Place(record: record, leafHash: plan.events[offset].leafHash)
    }
  }
}

extension WriterCore {
  /// How far ahead of the head partitions are made (a quarter of one).
  private static let partitionMargin: Int64 = 4_194_304
  private static let partitionStep: Int64 = 16_777_216
  /// Pause before the database is tried again; doubled each time up to the limit.
  private static let firstPause = Duration.milliseconds(20)
  private static let longestPause = Duration.seconds(2)
  /// Of so many attempts at a head that moves, the last holds it.
  private static let heldTurn = 4

  /// Looks everything up, decides and writes a batch, and answers every commit of it. Throws what
  /// concerns the whole batch; then none was answered.
  ///
  /// A connection lost while writing is settled by asking for the keys: the loop looks them up
  /// again, and writes again only what is not there. If the lost transaction still runs, the
  /// compare-and-swap on the head lets only one of the two through. `earlier` is what was tried
  /// before without coming here.
  ///
  /// Other servers may be faster every time, the more so where the batch is large: every
  /// fourth attempt holds the head.
  func process(_ batch: [QueuedCommit], after earlier: Attempted = Attempted()) async throws {
    var attempted = earlier
    var moves = 0
    var losses = 0
    while true {
      let decided = Mutex<BatchPlan?>(nil)
      do {
        if moves % Self.heldTurn < Self.heldTurn - 1 {
          let situation = try await lookUp(batch)
          let plan = BatchPlan(batch, in: situation, clock: clock)
          decided.withLock { $0 = plan }
          try await complete(batch, plan, attempted)
        } else {
          try await completeHolding(batch, attempted, decided)
        }
        return
      } catch is HeadMoved {
        moves += 1
        guard moves < limits.headMoves else { throw LedgerError.contended(attempts: moves) }
      } catch let error as PostgresError {
        if let plan = decided.withLock({ $0 }) {
          attempted.note(plan, batch, isOpen: error.leavesOutcomeOpen)
        }
        losses += 1
        guard error.mayPass, losses < limits.lostConnections else {
          try giveUp(batch, attempted, error)
          return
        }
        let pause = Self.firstPause * (1 << min(losses, 10))
        try await Task.sleep(for: min(pause, Self.longestPause))
      }
    }
  }

  private func lookUp(_ batch: [QueuedCommit]) async throws -> BatchSituation {
    let (store, known) = (store, confirmed)
    let situation = try await pool.withSession { session in
      try await store.lookUp(batch, known: known, session)
    }
    guard situation.head.epoch == epoch else {
      throw LedgerError.fenced(held: epoch, found: situation.head.epoch)
    }
    confirmed = situation.tail
    return situation
  }

  private func complete(
    _ batch: [QueuedCommit], _ plan: BatchPlan, _ attempted: Attempted
  ) async throws {
    var notes: [Int64: String] = [:]
    if !plan.events.isEmpty {
      try await ensurePartitions(for: plan.tail.size)
      // Signed before the commit, but let out only after it.
      let note = try signer.sign(size: plan.tail.size, root: plan.tail.range.root)
      let store = store
      try await pool.withSession { session in
        try await store.write(plan, note: note, session)
      }
      notes[plan.tail.size] = note
      adopt(plan, note: note)
    }
    try await answer(batch, plan, notes, attempted)
  }

  /// Answers a batch that is committed, or writes nothing.
  func answer(
    _ batch: [QueuedCommit], _ plan: BatchPlan, _ own: [Int64: String], _ attempted: Attempted
  ) async throws {
    var notes = own
    let missing = zip(batch, plan.verdicts).compactMap { commit, verdict -> Int64? in
      guard case .duplicate = verdict, let record = plan.record(of: commit.request.key),
        notes[record.checkpointSize] == nil
      else { return nil }
      return record.checkpointSize
    }
    if !missing.isEmpty {
      let store = store
      let older = try await pool.repeatable { try await store.notes(missing, $0) }
      notes.merge(older) { new, _ in new }
    }
    let own = try await ownCommits(batch, plan, attempted)
    for (commit, verdict) in zip(batch, plan.verdicts) {
      commit.answer(Self.result(commit, verdict, plan, notes, own))
    }
  }

  /// The commits that stand in the ledger because of an earlier round of this very batch, whose
  /// outcome was not told. Another server may have recorded the same key with the same content at
  /// the same position, so the event itself must be the one that was written here.
  private func ownCommits(
    _ batch: [QueuedCommit], _ plan: BatchPlan, _ attempted: Attempted
  ) async throws -> Set<UInt64> {
    var claims: [UInt64: Attempted.Place] = [:]
    for (commit, verdict) in zip(batch, plan.verdicts) {
      guard case .duplicate = verdict, let place = attempted.places[commit.id],
        place.record == plan.record(of: commit.request.key)
      else { continue }
      claims[commit.id] = place
    }
    guard !claims.isEmpty else { return [] }
    let (store, positions) = (store, claims.values.map(\.record.firstPosition))
    let leaves = try await pool.repeatable { try await store.leafHashes(at: positions, $0) }
    return Set(
      claims.filter { leaves[$0.value.record.firstPosition] == $0.value.leafHash }.map(\.key))
  }

  static func result(
    _ commit: QueuedCommit, _ verdict: BatchPlan.Verdict, _ plan: BatchPlan,
    _ notes: [Int64: String], _ own: Set<UInt64> = []
  ) -> Result<CommitReceipt, any Error> {
    let key = commit.request.key
    if case .refused(let error) = verdict { return .failure(error) }
    guard let record = plan.record(of: key), let note = notes[record.checkpointSize] else {
      return .failure(LedgerError.notFound(what: "checkpoint over \(key)"))
    }
    var duplicate = false
    // Recorded by this very call, before the connection was lost, is no repetition.
    if case .duplicate = verdict { duplicate = !own.contains(commit.id) }
    return .success(
      CommitReceipt(
        key: key, firstPosition: record.firstPosition, count: record.count,
        duplicate: duplicate, checkpointSize: record.checkpointSize, checkpoint: note))
  }

  func ensurePartitions(for size: Int64) async throws {
    guard size + Self.partitionMargin > partitionsEnd else { return }
    let last = size + Self.partitionMargin
    let store = store
    try await pool.withSession { try await store.ensurePartitions(upTo: last, $0) }
    partitionsEnd = (last / Self.partitionStep + 1) * Self.partitionStep
  }

  /// Answers each commit for itself: those whose outcome nobody knows are told so.
  private func giveUp(
    _ batch: [QueuedCommit], _ attempted: Attempted, _ error: PostgresError
  ) throws {
    guard attempted.isOpen else { throw error }
    for commit in batch {
      let open = attempted.places[commit.id] != nil
      commit.answer(.failure(open ? LedgerError.unsettled(key: commit.request.key) : error))
    }
  }
}

extension PostgresError {
  /// Whether a transaction that ended so may have been committed all the same.
  var leavesOutcomeOpen: Bool {
    switch code {
    case .connectionLost, .deadlineExceeded, .cancelled, .protocolViolation: true
    default: isConnectionLoss
    }
  }

  /// Whether trying again may help.
  var mayPass: Bool {
    switch code {
    case .connectionFailed, .connectionLost, .deadlineExceeded, .poolExhausted: true
    default: isConnectionLoss || isSerializationFailure
    }
  }
}
