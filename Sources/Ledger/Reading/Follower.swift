import PostgreSQL

/// Hands over every event of a ledger in order, those there are and those to come.
///
/// It listens for the writer's wake-up and polls besides, so that a lost wake-up costs a moment and
/// never an event.
public struct Follower: Sendable {
  let reader: LedgerReader
  private let poll: Duration
  private static let pauseBeforeListeningAgain = Duration.seconds(1)

  public init(reader: LedgerReader, poll: Duration = .seconds(1)) {
    self.reader = reader
    self.poll = poll
  }

  /// The channel on which a ledger's writers call.
  static func channel(ledger: Int64) -> String { "raiz_ledger_\(ledger)" }

  /// Runs until the task is cancelled or something is wrong.
  ///
  /// Events come from position `from` on, at most `batch` at a time; the next batch is read when
  /// `handle` has returned. Throws `gap` as soon as a position does not follow the one before, what
  /// reading or `handle` throws, and `CancellationError`.
  public func run(
    from: Int64, batch: Int = 5_000, _ handle: ([RecordedEvent]) async throws -> Void
  ) async throws {
    var next = from
    try await whileAwake {
      let events = try await reader.events(from: next, limit: batch)
      guard !events.isEmpty else { return false }
      next = try LedgerReader.follow(next, events)
      try await handle(events)
      return true
    }
  }

  /// Does a step again and again; after one that found nothing to do, only when called or when it
  /// is time to look anyway. Runs until the task is cancelled or a step throws.
  func whileAwake(_ step: () async throws -> Bool) async throws {
    let (wakeUps, waker) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await listen(waker) }
      group.addTask { await tick(waker) }
      defer {
        group.cancelAll()
        waker.finish()
      }
      var calls = wakeUps.makeAsyncIterator()
      while true {
        try Task.checkCancellation()
        if try await !step() { _ = await calls.next() }
      }
    }
  }

  private func tick(_ waker: AsyncStream<Void>.Continuation) async {
    while (try? await Task.sleep(for: poll)) != nil { waker.yield() }
  }

  /// Listens on a session of its own; if it is lost, polling goes on and it is made again.
  private func listen(_ waker: AsyncStream<Void>.Continuation) async {
    let channel = Self.channel(ledger: reader.ledger)
    repeat {
      try? await reader.pool.withSession { session in
        for await _ in try await session.listen(channel) { waker.yield() }
        // The session goes back to the pool deaf; one that cannot say so is closed there.
        try await session.execute("UNLISTEN *")
      }
    } while (try? await Task.sleep(for: Self.pauseBeforeListeningAgain)) != nil
  }
}
