import PostgreSQL
import Synchronization
import ValueTypes

/// Takes commits out of the intake and writes them: from memory in `drive` as long as nothing is in
/// the way, and in `process`, which looks everything up and tries again, where something is.
actor WriterCore {
  nonisolated let intake: Intake
  let pool: Pool
  let store: WriteStore
  let signer: CheckpointSigner
  let clock: LedgerClock
  let limits: WriterLimits
  let epoch: Int64
  private let aftermath: Aftermath

  /// The tail after the last batch known to be committed.
  var confirmed: TreeTail
  /// Partitions are known to exist for positions below this.
  var partitionsEnd: Int64 = 0
  /// Nil while the next batch must look things up.
  private var state: WriterState?

  init(
    intake: Intake, pool: Pool, opening: WriterOpening, signer: CheckpointSigner,
    aftermath: Aftermath, clock: LedgerClock, limits: WriterLimits
  ) {
    self.intake = intake
    self.pool = pool
    self.signer = signer
    self.aftermath = aftermath
    self.clock = clock
    self.limits = limits
    store = WriteStore(ledger: opening.head.ledger)
    epoch = opening.head.epoch
    confirmed = opening.tail
    state = WriterState(head: opening.head.mark, tail: opening.tail)
  }

  /// Writes until the intake is closed and empty.
  func run() async {
    while await intake.waitForWork() {
      if let lone = intake.takeLone() {
        await settle(lone)
        continue
      }
      if let state, partitionsSuffice(for: state.head.size),
        let session = try? await pool.lend()
      {
        let drive = Drive(
          intake: intake, store: store, signer: signer, clock: clock, aftermath: aftermath,
          sizeLimit: partitionsEnd - Self.reserve)
        let outcome = await session.run(drive, from: state)
        await pool.giveBack(session)
        self.state = outcome.state
        if let tail = outcome.confirmed { confirmed = tail }
        for halted in outcome.halted { await settle(halted.batch, after: halted.attempted) }
        continue
      }
      if let batch = intake.takeBatch() { await settle(batch) }
    }
  }

  /// A batch never reaches into a partition that may be missing: it has at most so many events.
  private static let reserve = Int64(CommitRequest.maximumEvents) + 1_000

  private func partitionsSuffice(for size: Int64) -> Bool { size + Self.reserve < partitionsEnd }

  /// Answers a whole batch, whatever happens.
  private func settle(_ batch: [QueuedCommit], after attempted: Attempted = Attempted()) async {
    state = nil
    do {
      try await aftermath.check()
      try await process(batch, after: attempted)
    } catch {
      for commit in batch { commit.answer(.failure(error)) }
      if let fatal = error as? LedgerError, fatal.stopsWriter { intake.stop(fatal) }
    }
  }

  /// How often a lone commit is made anew because another server was faster.
  private static let loneAttempts = 100

  /// Makes a commit for the size that the ledger has, and again where another server was faster.
  private func settle(_ lone: LoneCommit) async {
    for _ in 0..<Self.loneAttempts {
      do {
        let size = try await pool.repeatable { [store] in try await store.size($0) }
        var request = try await lone.make(size)
        try request.check()
        request.position = size
        let outcome = Mutex<Result<CommitReceipt, any Error>>(.failure(LedgerError.closed))
        await settle([
          QueuedCommit(
            id: 0, request: request, content: ContentDigest.of(request.events),
            weight: request.weight
          ) { result in outcome.withLock { $0 = result } }
        ])
        let result = outcome.withLock { $0 }
        if case .failure(LedgerError.moved) = result { continue }
        return lone.answer(result)
      } catch LedgerError.moved {
        continue
      } catch {
        return lone.answer(.failure(error))
      }
    }
    lone.answer(.failure(LedgerError.contended(attempts: Self.loneAttempts)))
  }

  /// Called by `process` when a batch is committed: what follows needs no look.
  func adopt(_ plan: BatchPlan, note: String) {
    confirmed = plan.tail
    var next = WriterState(head: plan.head, tail: plan.tail)
    next.advance(by: plan)
    state = next
    aftermath.committed(size: plan.tail.size, note: note)
  }
}
