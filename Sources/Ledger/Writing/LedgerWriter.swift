public import PostgreSQL
import ValueTypes

/// The one path by which events enter a ledger.
///
/// Commits that arrive while the last batch is in flight are the next batch. Several writers, also
/// on other machines, may append to one ledger; its head row puts them in order.
public actor LedgerWriter {
  /// A queued commit's caller.
  typealias Answer = CheckedContinuation<CommitReceipt, any Error>

  let pool: Pool
  let store: WriteStore
  let signer: CheckpointSigner
  let clock: LedgerClock
  let limits: WriterLimits
  let epoch: Int64
  private let waker: Coalescer<Int64>
  private let publisher: Coalescer<String>?

  /// Written by `process` only, after a batch is committed or another server's is seen.
  var tail: TreeTail
  /// Partitions are known to exist for positions below this.
  var partitionsEnd: Int64 = 0
  private var newestNote: String?
  private var queue: CommitQueue
  private var answers: [UInt64: Answer] = [:]
  private var nextID: UInt64 = 0
  private var isDraining = false
  private var isClosed = false
  /// Why this writer stopped for good.
  private var stopped: LedgerError?
  private var drained: [CheckedContinuation<Void, Never>] = []

  /// Opens a ledger for appending, making its row on first use.
  ///
  /// Throws `originMismatch` if the ledger was made for another key name, `rolledBack` or
  /// `inconsistent` if the database does not contain what `published` holds or its hashes do not
  /// fit each other, `file` and `invalidNote` if that checkpoint cannot be read.
  public static func open(
    pool: Pool, ledger: String, signer: CheckpointSigner,
    published: PublishedCheckpointFile? = nil, clock: LedgerClock = .system,
    limits: WriterLimits = WriterLimits()
  ) async throws -> LedgerWriter {
    try Name.check(ledger, what: "ledger name", limit: KeyName.maximumBytes)
    let opening = try await pool.repeatable { session in
      try await WriterOpening.open(session, name: ledger, signer: signer, published: published)
    }
    let writer = LedgerWriter(
      pool: pool, opening: opening, signer: signer, published: published, clock: clock,
      limits: limits)
    if let note = opening.note { await writer.publisher?.submit(note) }
    return writer
  }

  private init(
    pool: Pool, opening: WriterOpening, signer: CheckpointSigner,
    published: PublishedCheckpointFile?, clock: LedgerClock, limits: WriterLimits
  ) {
    self.pool = pool
    self.signer = signer
    self.clock = clock
    self.limits = limits
    store = WriteStore(ledger: opening.head.ledger)
    epoch = opening.head.epoch
    tail = opening.tail
    newestNote = opening.note
    queue = CommitQueue(limits: limits)
    let channel = Follower.channel(ledger: opening.head.ledger)
    waker = Coalescer { size in
      try await pool.withSession { try await $0.notify(channel, payload: String(size)) }
    }
    publisher = published.map { file in Coalescer { note in try file.store(note) } }
  }

  /// Records a commit; returns when it is durable, in order, and under a signed checkpoint.
  ///
  /// Throws `LedgerError`: `conflict`, `keyReused` and the limits are about this commit alone;
  /// `queueFull` asks to come again; `unsettled` to repeat with the same key; `fenced`,
  /// `rolledBack` and `inconsistent` have stopped this writer for good. A cancelled task's commit
  /// is withdrawn if it is not yet under way, and else completed.
  public func append(_ request: CommitRequest) async throws -> CommitReceipt {
    try request.check()
    try Task.checkCancellation()
    if let stopped { throw stopped }
    guard !isClosed else { throw LedgerError.closed }
    nextID += 1
    let commit = QueuedCommit(
      id: nextID, request: request, content: ContentDigest.of(request.events),
      weight: request.weight)
    try queue.add(commit)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { answer in
        answers[commit.id] = answer
        startDraining()
      }
    } onCancel: {
      Task { await self.withdraw(commit.id) }
    }
  }

  /// Takes no more commits, completes those that wait, and stores the newest checkpoint.
  public func close() async {
    isClosed = true
    if isDraining { await withCheckedContinuation { drained.append($0) } }
    try? await waker.flush()
    if let publisher, (try? await publisher.flush()) == nil, let newestNote {
      // One more try: what stays unstored weakens only the check at the next start.
      await publisher.submit(newestNote)
      try? await publisher.flush()
    }
  }

  private func withdraw(_ id: UInt64) {
    guard queue.withdraw(id) else { return }
    answer(id, .failure(CancellationError()))
  }

  private func startDraining() {
    guard !isDraining else { return }
    isDraining = true
    Task { await drain() }
  }

  private func drain() async {
    while !queue.isEmpty {
      let batch = queue.takeBatch()
      do {
        try await checkPublishing()
        try await process(batch)
      } catch {
        for commit in batch { answer(commit.id, .failure(error)) }
        if let fatal = error as? LedgerError, fatal.stopsWriter { stop(fatal) }
      }
    }
    isDraining = false
    for waiter in drained { waiter.resume() }
    drained = []
  }

  /// Nothing more is signed while the last checkpoint could not be stored outside the database.
  private func checkPublishing() async throws {
    guard let publisher, await publisher.failure != nil, let newestNote else { return }
    await publisher.submit(newestNote)
    try await publisher.flush()
  }

  /// Called by `process` when a batch is committed.
  func committed(_ plan: BatchPlan, note: String) async {
    tail = plan.tail
    newestNote = note
    await waker.submit(tail.size)
    await publisher?.submit(note)
  }

  func answer(_ id: UInt64, _ result: Result<CommitReceipt, any Error>) {
    answers.removeValue(forKey: id)?.resume(with: result)
  }

  private func stop(_ error: LedgerError) {
    stopped = error
    for commit in queue.takeAll() { answer(commit.id, .failure(error)) }
  }
}

extension LedgerError {
  /// Whether a writer that met this must not sign again.
  var stopsWriter: Bool {
    switch self {
    case .fenced, .rolledBack, .inconsistent: true
    default: false
    }
  }
}
