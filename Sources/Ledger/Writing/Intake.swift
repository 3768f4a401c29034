import PostgreSQL
import Synchronization
import ValueTypes

/// A commit that is made when everything before it is written, for the size the ledger then has.
struct LoneCommit: Sendable {
  let make: @Sendable (Int64) async throws -> CommitRequest
  /// Called once.
  let answer: @Sendable (Result<CommitReceipt, any Error>) -> Void
}

/// The waiting room: callers put commits in from any thread, the writer takes them out in batches.
final class Intake: Sendable {
  private struct State {
    var queue: CommitQueue
    /// Goes before the queue, which waits meanwhile.
    var lone: [LoneCommit] = []
    var nextID: UInt64 = 0
    var isClosed = false
    /// Why the writer stopped for good.
    var stopped: LedgerError?
    var sleeper: CheckedContinuation<Bool, Never>?
    /// How many waiting commits are worth a signal; nil is none.
    var wanted: Int?
    var isRaised = false
  }

  private let state: Mutex<State>
  /// Raised when as many commits wait as `takeBatch` last asked for in vain: for a writer that
  /// waits for the database.
  let signal = SignalPipe()

  init(limits: WriterLimits) { state = Mutex(State(queue: CommitQueue(limits: limits))) }

  /// The id under which a commit will wait.
  func reserve() throws(LedgerError) -> UInt64 {
    try state.withLock { state throws(LedgerError) in
      try Self.check(state)
      state.nextID += 1
      return state.nextID
    }
  }

  private static func check(_ state: borrowing State) throws(LedgerError) {
    if let stopped = state.stopped { throw stopped }
    guard !state.isClosed else { throw .closed }
  }

  /// Puts a commit into the line, or answers it at once why not.
  func add(_ commit: QueuedCommit) {
    let outcome = state.withLock {
      state -> Result<CheckedContinuation<Bool, Never>?, LedgerError> in
      do throws(LedgerError) {
        try Self.check(state)
        try state.queue.add(commit)
        if let wanted = state.wanted, state.queue.count >= wanted {
          state.wanted = nil
          state.isRaised = true
          signal.raise()
        }
        defer { state.sleeper = nil }
        return .success(state.sleeper)
      } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let sleeper): sleeper?.resume(returning: true)
    case .failure(let error): commit.answer(.failure(error))
    }
  }

  /// Lets a commit be made with nothing beside it, or answers at once why not.
  func add(_ lone: LoneCommit) {
    let outcome = state.withLock {
      state -> Result<CheckedContinuation<Bool, Never>?, LedgerError> in
      do throws(LedgerError) {
        try Self.check(state)
      } catch {
        return .failure(error)
      }
      state.lone.append(lone)
      defer { state.sleeper = nil }
      return .success(state.sleeper)
    }
    switch outcome {
    case .success(let sleeper): sleeper?.resume(returning: true)
    case .failure(let error): lone.answer(.failure(error))
    }
  }

  /// Whether the writer must finish what is under way for a lone commit.
  var hasLone: Bool { state.withLock { !$0.lone.isEmpty } }

  func takeLone() -> LoneCommit? {
    state.withLock { $0.lone.isEmpty ? nil : $0.lone.removeFirst() }
  }

  /// Takes back a commit that is not under way; its caller is told that it was cancelled.
  func withdraw(_ id: UInt64) {
    let commit = state.withLock { $0.queue.withdraw(id) }
    commit?.answer(.failure(CancellationError()))
  }

  /// What has gathered, up to a batch; nil if fewer than `least` commits wait.
  func takeBatch(least: Int = 1) -> [QueuedCommit]? {
    state.withLock { state in
      if state.isRaised { signal.lower() }
      state.isRaised = false
      let least = max(1, least)
      guard state.lone.isEmpty, state.queue.count >= least else {
        state.wanted = least
        return nil
      }
      state.wanted = nil
      return state.queue.takeBatch()
    }
  }

  /// Returns true when a commit waits, and false when the intake is closed and empty.
  nonisolated(nonsending) func waitForWork() async -> Bool {
    await withCheckedContinuation { sleeper in
      let answer: Bool? = state.withLock { state in
        if !state.queue.isEmpty || !state.lone.isEmpty { return true }
        if state.isClosed { return false }
        state.sleeper = sleeper
        return nil
      }
      if let answer { sleeper.resume(returning: answer) }
    }
  }

  func close() {
    let sleeper = state.withLock { state in
      state.isClosed = true
      defer { state.sleeper = nil }
      return state.sleeper
    }
    sleeper?.resume(returning: false)
  }

  /// Refuses what waits and whatever comes.
  func stop(_ error: LedgerError) {
    let (waiting, lone) = state.withLock { state in
      state.stopped = error
      defer { state.lone = [] }
      return (state.queue.takeAll(), state.lone)
    }
    for commit in waiting { commit.answer(.failure(error)) }
    for commit in lone { commit.answer(.failure(error)) }
  }
}
