import PostgreSQL

/// What follows a commit and delays none: readers are woken, the checkpoint is stored outside the
/// database.
struct Aftermath: Sendable {
  private let waker: Coalescer<Int64>
  private let publisher: Coalescer<String>?

  /// Between two wake-ups. Each is a transaction of its own, which would compete with the appends.
  static let wakePause = Duration.milliseconds(10)
  /// Between two checkpoints stored, each of which flushes file and folder.
  static let publishPause = Duration.milliseconds(250)

  init(pool: Pool, ledger: Int64, published: PublishedCheckpointFile?) {
    let channel = Follower.channel(ledger: ledger)
    waker = Coalescer(pause: Self.wakePause) { size in
      try await pool.withSession { session in
        // Losing a wake-up in a crash costs nothing, so its commit waits for no disk.
        _ = try await session.pipeline([
          "BEGIN", "SET LOCAL synchronous_commit = off",
          "SELECT pg_notify(\(channel), \(String(size)))", "COMMIT",
        ])
      }
    }
    publisher = published.map { file in
      Coalescer(pause: Self.publishPause) { note in try file.store(note) }
    }
  }

  func committed(size: Int64, note: String) {
    waker.submit(size)
    publisher?.submit(note)
  }

  /// The checkpoint that the ledger was opened with.
  func opened(note: String) { publisher?.submit(note) }

  /// Whether the newest checkpoint could not be stored.
  var isBlocked: Bool { publisher?.failure != nil }

  /// Nothing more is signed while a checkpoint could not be stored outside the database: stores it,
  /// or throws why not.
  func check() async throws {
    guard let publisher, isBlocked else { return }
    publisher.again()
    try await publisher.flush()
  }

  /// Completes what is under way.
  func close() async {
    try? await waker.flush()
    guard let publisher, (try? await publisher.flush()) == nil else { return }
    // One more try: what stays unstored weakens only the check at the next start.
    publisher.again()
    try? await publisher.flush()
  }
}
