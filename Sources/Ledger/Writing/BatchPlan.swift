import ValueTypes

/// A key that the ledger has recorded, or that a batch is about to.
struct RecordedKey: Sendable, Equatable {
  let firstPosition: Int64
  let count: Int
  let content: SHA256Digest
  var checkpointSize: Int64
}

/// What the database said about a batch before it is decided.
struct BatchSituation: Sendable {
  var head: HeadMark
  var tail: TreeTail
  /// Versions of the streams that the batch names; absent is no stream.
  var versions: [StreamName: Int64]
  var keys: [CommitKey: RecordedKey]
  /// Of `versions`, those of existing streams that were not looked up.
  var guessed: [StreamName: Int64] = [:]
}

/// An event that has got its place.
struct PlacedEvent: Sendable {
  let stream: StreamName
  let version: Int64
  let bytes: [UInt8]
  let leafHash: SHA256Digest
}

/// A batch as it would be written, and each commit's answer. Deciding writes nothing.
struct BatchPlan: Sendable {
  enum Verdict: Sendable {
    case accepted
    /// The key was there with the same content, in the database or earlier in the batch.
    case duplicate
    case refused(LedgerError)
  }

  /// What the batch was decided on.
  let head: HeadMark
  let recordedAt: Timestamp
  private(set) var tail: TreeTail
  private(set) var verdicts: [Verdict] = []
  private(set) var events: [PlacedEvent] = []
  /// The streams that begin here, and where.
  private(set) var newStreams: [(name: StreamName, position: Int64)] = []
  /// The versions that were assumed of streams which the batch writes to, and must be looked at.
  let guessed: [StreamName: Int64]
  private(set) var newKeys: [(key: CommitKey, record: RecordedKey)] = []
  /// Where a key is among the new ones.
  private var newKeyPlaces: [CommitKey: Int] = [:]
  private(set) var attachments: [SHA256Digest: Attachment] = [:]
  private(set) var tiles: [FullTile] = []
  private let recordedKeys: [CommitKey: RecordedKey]
  private let recordedAtText: String

  /// Of the streams looked at, after the batch.
  private(set) var versions: [StreamName: Int64]

  var firstPosition: Int64 { head.size }

  init(_ batch: [QueuedCommit], in situation: BatchSituation, clock: LedgerClock) {
    head = situation.head
    tail = situation.tail
    recordedKeys = situation.keys
    guessed = situation.guessed
    versions = situation.versions
    // The clock may be behind that of another server, or have been set back.
    recordedAt = max(clock.now().inUTC, situation.head.lastRecordedAt)
    recordedAtText = recordedAt.description
    verdicts.reserveCapacity(batch.count)
    events.reserveCapacity(batch.count)
    newKeys.reserveCapacity(batch.count)
    newKeyPlaces.reserveCapacity(batch.count)
    for commit in batch { verdicts.append(place(commit, clock: clock)) }
    let size = tail.size
    for index in newKeys.indices { newKeys[index].record.checkpointSize = size }
  }

  /// What is recorded under a key, before the batch or with it; new keys have the checkpoint of
  /// the whole batch.
  func record(of key: CommitKey) -> RecordedKey? {
    if let place = newKeyPlaces[key] { return newKeys[place].record }
    return recordedKeys[key]
  }

  private mutating func place(_ commit: QueuedCommit, clock: LedgerClock) -> Verdict {
    let request = commit.request
    if let known = record(of: request.key) {
      return known.content == commit.content ? .duplicate : .refused(.keyReused(key: request.key))
    }
    if let position = request.position, position != tail.size {
      return .refused(.moved(expected: position, found: tail.size))
    }
    if let refusal = conflict(request.expectations) { return .refused(refusal) }
    do throws(LedgerError) {
      accept(commit, try compose(request, clock: clock))
      return .accepted
    } catch {
      return .refused(error)
    }
  }

  /// Of several stale expectations always the same one is named: the first by name.
  private func conflict(_ expectations: [StreamName: Int64]) -> LedgerError? {
    var first: (stream: StreamName, expected: Int64, actual: Int64)?
    for (stream, expected) in expectations {
      let actual = versions[stream, default: 0]
      if actual == expected { continue }
      if let first, first.stream < stream { continue }
      first = (stream, expected, actual)
    }
    return first.map {
      .conflict(stream: $0.stream, expected: $0.expected, actual: $0.actual)
    }
  }

  /// The events' bytes, without changing anything yet: one too large refuses the whole commit.
  private func compose(
    _ request: CommitRequest, clock: LedgerClock
  ) throws(LedgerError) -> [PlacedEvent] {
    let composer = EnvelopeComposer(
      recordedAt: recordedAtText, recordedBy: request.recordedBy, commit: request.key)
    var composed: [PlacedEvent] = []
    composed.reserveCapacity(request.events.count)
    var next: [StreamName: Int64] = [:]
    for event in request.events {
      let version = (next[event.stream] ?? versions[event.stream, default: 0]) + 1
      if request.events.count > 1 { next[event.stream] = version }
      let bytes = composer.compose(
        id: UUIDv7.make(at: recordedAt, random: clock.random()), stream: event.stream,
        version: version, type: event.type, schema: event.schema, occurredAt: event.occurredAt,
        data: event.data)
      guard bytes.count <= EntryBundle.maximumEntryBytes else {
        throw .eventTooLarge(
          stream: event.stream, bytes: bytes.count, limit: EntryBundle.maximumEntryBytes)
      }
      composed.append(
        PlacedEvent(
          stream: event.stream, version: version, bytes: bytes,
          leafHash: MerkleTree.leafHash(bytes)))
    }
    return composed
  }

  private mutating func accept(_ commit: QueuedCommit, _ composed: [PlacedEvent]) {
    let first = tail.size
    for event in composed {
      versions[event.stream] = event.version
      if event.version == 1 { newStreams.append((event.stream, tail.size)) }
      tail.append(event.leafHash, full: &tiles)
    }
    events.append(contentsOf: composed)
    for attachment in commit.request.attachments { attachments[attachment.digest] = attachment }
    let record = RecordedKey(
      firstPosition: first, count: composed.count, content: commit.content, checkpointSize: 0)
    newKeyPlaces[commit.request.key] = newKeys.count
    newKeys.append((commit.request.key, record))
  }
}

extension Timestamp {
  /// The same moment written in UTC.
  var inUTC: Timestamp { Timestamp(microseconds: microseconds) ?? self }
}
