public import PostgreSQL
import ValueTypes

/// The one path by which events enter a ledger.
///
/// Commits that arrive while the last batch is in flight are the next batch. Several writers, also
/// on other machines, may append to one ledger; its head row puts them in order.
public final class LedgerWriter: Sendable {
  private let intake: Intake
  private let aftermath: Aftermath
  private let work: Task<Void, Never>

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
    return LedgerWriter(
      pool: pool, opening: opening, signer: signer, published: published, clock: clock,
      limits: limits)
  }

  private init(
    pool: Pool, opening: WriterOpening, signer: CheckpointSigner,
    published: PublishedCheckpointFile?, clock: LedgerClock, limits: WriterLimits
  ) {
    intake = Intake(limits: limits)
    aftermath = Aftermath(pool: pool, ledger: opening.head.ledger, published: published)
    if let note = opening.note { aftermath.opened(note: note) }
    let core = WriterCore(
      intake: intake, pool: pool, opening: opening, signer: signer, aftermath: aftermath,
      clock: clock, limits: limits)
    work = Task { await core.run() }
  }

  deinit { intake.close() }

  /// Records a commit; returns when it is durable, in order, and under a signed checkpoint.
  ///
  /// Throws `LedgerError`: `conflict`, `keyReused` and the limits are about this commit alone;
  /// `queueFull` asks to come again; `unsettled` to repeat with the same key; `fenced`,
  /// `rolledBack` and `inconsistent` have stopped this writer for good. A cancelled task's commit
  /// is withdrawn if it is not yet under way, and else completed.
  public func append(_ request: CommitRequest) async throws -> CommitReceipt {
    try request.check()
    try Task.checkCancellation()
    let id = try intake.reserve()
    let content = ContentDigest.of(request.events)
    let weight = request.weight
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { caller in
        intake.add(
          QueuedCommit(id: id, request: request, content: content, weight: weight) { result in
            caller.resume(with: result)
          })
      }
    } onCancel: {
      intake.withdraw(id)
    }
  }

  /// Records a commit that speaks of everything before it: `make` is given the ledger's size when
  /// nothing is under way, and the commit's first event stands at that position, alone under its
  /// checkpoint. Others wait meanwhile, so `make` should have little to do; it is called again
  /// where another server wrote in between. Throws as `append` does, and what `make` throws.
  func appendAlone(
    _ make: @escaping @Sendable (Int64) async throws -> CommitRequest
  ) async throws -> CommitReceipt {
    try await withCheckedThrowingContinuation { caller in
      intake.add(LoneCommit(make: make) { caller.resume(with: $0) })
    }
  }

  /// Takes no more commits, completes those that wait, and stores the newest checkpoint.
  public func close() async {
    intake.close()
    await work.value
    await aftermath.close()
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
