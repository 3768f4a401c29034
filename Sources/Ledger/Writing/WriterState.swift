import ValueTypes

/// What a writer knows of its ledger, so that it need not ask: true as long as nobody else has
/// moved the head, which the compare-and-swap of the next append tells.
struct WriterState: Sendable {
  private(set) var head: HeadMark
  private(set) var tail: TreeTail
  private var versions: RecentCache<StreamName, Int64>
  private var keys: RecentCache<CommitKey, RecordedKey>

  static let rememberedStreams = 65_536
  static let rememberedKeys = 65_536

  init(head: HeadMark, tail: TreeTail) {
    self.head = head
    self.tail = tail
    versions = RecentCache(capacity: Self.rememberedStreams)
    keys = RecentCache(capacity: Self.rememberedKeys)
  }

  /// Decides a batch from memory; nil if that takes a look into the database.
  ///
  /// A stream that is not remembered is taken to be at the version its commit expects, and a key
  /// that is not remembered to be new. The append fails as a whole where that is wrong. A batch
  /// with a commit that is not accepted is not decided from memory.
  mutating func plan(_ batch: [QueuedCommit], clock: LedgerClock) -> BatchPlan? {
    var situation = BatchSituation(head: head, tail: tail, versions: [:], keys: [:])
    situation.versions.reserveCapacity(batch.count)
    for commit in batch {
      if let known = keys.value(commit.request.key) { situation.keys[commit.request.key] = known }
      for event in commit.request.events where situation.versions[event.stream] == nil {
        if let version = versions.value(event.stream) {
          situation.versions[event.stream] = version
        } else if let version = commit.request.expectations[event.stream] {
          situation.versions[event.stream] = version
          // That a stream is new, its own row will tell.
          if version > 0 { situation.guessed[event.stream] = version }
        } else {
          return nil
        }
      }
      for stream in commit.request.expectations.keys where situation.versions[stream] == nil {
        guard let version = versions.value(stream) else { return nil }
        situation.versions[stream] = version
      }
    }
    let plan = BatchPlan(batch, in: situation, clock: clock)
    // Only what the append itself proves may come from memory: a refusal writes nothing, and a
    // key that another server has recorded would have had its first answer.
    let isAccepted = plan.verdicts.allSatisfy { verdict in
      if case .accepted = verdict { true } else { false }
    }
    return isAccepted ? plan : nil
  }

  /// Goes on from what a plan will have written.
  mutating func advance(by plan: BatchPlan) {
    tail = plan.tail
    head = HeadMark(
      size: tail.size, root: tail.range.root, epoch: head.epoch, lastRecordedAt: plan.recordedAt)
    for (stream, version) in plan.versions { versions.set(version, for: stream) }
    for (key, record) in plan.newKeys { keys.set(record, for: key) }
  }
}
