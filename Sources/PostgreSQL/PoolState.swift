/// Bounds of a pool.
public struct PoolLimits: Sendable, Hashable {
  /// Sessions open at once.
  public var sessions = 8
  /// Borrowers that may wait.
  public var waiters = 1_024
  /// The longest wait for a session.
  public var wait: Duration = .seconds(10)
  /// The longest that opening a session may take.
  public var connect: Duration = .seconds(10)
  /// The longest a statement may take; nil sets no bound.
  public var statementTimeout: Duration?

  public init(
    sessions: Int = 8, waiters: Int = 1_024, wait: Duration = .seconds(10),
    statementTimeout: Duration? = nil
  ) {
    self.sessions = max(1, sessions)
    self.waiters = waiters
    self.wait = wait
    self.statementTimeout = statementTimeout
  }
}

/// What a pool knows, as a pure state machine: it answers what to do, and does nothing itself.
struct PoolState<Lent, Waiter: Hashable> {
  enum Borrowing {
    case lend(Lent)
    case open
    case wait
    case refuse(PostgresError)
  }

  enum Returning {
    /// Hand it to this waiter.
    case hand(Waiter)
    /// The session is gone: open another for this waiter.
    case open(Waiter)
    case keep
    case close
    case nothing
  }

  private let limits: PoolLimits
  private var idle: [Lent] = []
  private var waiting: [Waiter] = []
  private(set) var open = 0
  private(set) var isClosed = false

  init(limits: PoolLimits) { self.limits = limits }

  mutating func borrow(_ waiter: Waiter) -> Borrowing {
    if isClosed { return .refuse(PostgresError(.poolClosed, "the pool is closed")) }
    if let session = idle.popLast() { return .lend(session) }
    if open < limits.sessions {
      open += 1
      return .open
    }
    guard waiting.count < limits.waiters else {
      return .refuse(
        PostgresError(
          .poolExhausted,
          "all \(limits.sessions) sessions are lent and \(limits.waiters) borrowers wait"))
    }
    waiting.append(waiter)
    return .wait
  }

  /// A session comes back, reusable or not.
  mutating func giveBack(_ session: Lent, isReusable: Bool) -> Returning {
    if isClosed {
      open -= 1
      return .close
    }
    guard isReusable else { return lost() }
    if waiting.isEmpty {
      idle.append(session)
      return .keep
    }
    return .hand(waiting.removeFirst())
  }

  /// A session was lost, or could not be opened.
  mutating func lost() -> Returning {
    open -= 1
    guard !isClosed, !waiting.isEmpty else { return .nothing }
    open += 1
    return .open(waiting.removeFirst())
  }

  /// True where the borrower was still waiting.
  mutating func giveUp(_ waiter: Waiter) -> Bool {
    guard let index = waiting.firstIndex(of: waiter) else { return false }
    waiting.remove(at: index)
    return true
  }

  /// Closes: answers what stands idle and who waits.
  mutating func close() -> (idle: [Lent], waiting: [Waiter]) {
    isClosed = true
    open -= idle.count
    defer { (idle, waiting) = ([], []) }
    return (idle, waiting)
  }
}
