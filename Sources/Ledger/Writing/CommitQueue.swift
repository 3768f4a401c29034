import ValueTypes

/// Bounds of a writer. Passing one is `queueFull` or a longer wait, never a loss.
public struct WriterLimits: Sendable {
  /// Commits that may wait.
  public var queuedCommits = 10_000
  /// Bytes of events and attachments that may wait; one commit may always wait.
  public var queuedBytes = 1_000_000_000
  /// Events of one transaction, unless a single commit has more.
  public var batchEvents = 1_000
  /// Bytes of one transaction, unless a single commit has more (4 MiB).
  public var batchBytes = 4_194_304
  /// How often a batch is tried again because other servers moved the head.
  public var headMoves = 1_000
  /// How often a batch is tried again because the database was out of reach.
  public var lostConnections = 10

  public init() {}
}

/// A commit that waits, its place in the line, and its caller.
struct QueuedCommit: Sendable {
  let id: UInt64
  let request: CommitRequest
  let content: SHA256Digest
  let weight: Int
  /// Called once.
  let answer: @Sendable (Result<CommitReceipt, any Error>) -> Void
}

/// Commits in the order they came. A pure state machine; the writer acts.
struct CommitQueue: Sendable {
  let limits: WriterLimits
  private var waiting: [QueuedCommit] = []
  private var weight = 0

  init(limits: WriterLimits) { self.limits = limits }

  var isEmpty: Bool { waiting.isEmpty }
  var count: Int { waiting.count }

  mutating func add(_ commit: QueuedCommit) throws(LedgerError) {
    guard waiting.count < limits.queuedCommits else {
      throw .queueFull(limit: limits.queuedCommits)
    }
    guard waiting.isEmpty || weight + commit.weight <= limits.queuedBytes else {
      throw .queueFull(limit: limits.queuedCommits)
    }
    waiting.append(commit)
    weight += commit.weight
  }

  /// What has gathered, up to a batch; a commit larger than a batch goes alone.
  mutating func takeBatch() -> [QueuedCommit] {
    var events = 0
    var bytes = 0
    var count = 0
    for commit in waiting {
      events += commit.request.events.count
      bytes += commit.weight
      if count > 0, events > limits.batchEvents || bytes > limits.batchBytes { break }
      count += 1
    }
    if count == waiting.count { return takeAll() }
    let batch = Array(waiting.prefix(count))
    waiting.removeFirst(count)
    weight -= batch.reduce(0) { $0 + $1.weight }
    return batch
  }

  /// Takes back a commit that still waits; nil if it is under way or done.
  mutating func withdraw(_ id: UInt64) -> QueuedCommit? {
    guard let index = waiting.firstIndex(where: { $0.id == id }) else { return nil }
    let commit = waiting.remove(at: index)
    weight -= commit.weight
    return commit
  }

  mutating func takeAll() -> [QueuedCommit] {
    defer {
      waiting = []
      weight = 0
    }
    return waiting
  }
}
