import ValueTypes

/// The commits that a walk over the events comes by, whose events are always side by side.
struct AuditCommits: Sendable {
  struct Run: Sendable {
    let key: String
    let first: Int64
    let count: Int64
    let content: SHA256Digest
    /// Whether an event of it was found changed, so that its content tells nothing new.
    let isTainted: Bool
  }

  /// Key, first position, number and content of every commit.
  private(set) var tally: Tally
  /// Whether some commit's content cannot be judged.
  private(set) var hasTainted = false

  /// Whether every commit is listed besides.
  private let lists: Bool
  private var listed: [Run] = []

  private var key: [UInt8] = []
  private var first: Int64 = 0
  private var count: Int64 = 0
  private var isTainted = false
  private var content = ContentDigest()

  init(_ secret: Tally.Secret, lists: Bool) {
    tally = Tally(secret)
    self.lists = lists
  }

  /// The commits that have ended since this was asked last.
  mutating func takeListed() -> [Run] {
    defer { listed = [] }
    return listed
  }

  mutating func add(
    _ envelope: CanonicalEnvelope, _ bytes: Span<UInt8>, at position: Int64, isChanged: Bool
  ) {
    go(on: bytes.extracting(envelope.commit), at: position, isChanged: isChanged)
    content.add(envelope, bytes)
  }

  mutating func add(_ envelope: EventEnvelope, at position: Int64, isChanged: Bool) {
    go(on: Array(envelope.commit.text.utf8).span, at: position, isChanged: isChanged)
    content.add(
      stream: envelope.stream, type: envelope.type, schema: envelope.schema,
      occurredAt: envelope.occurredAt, data: envelope.data)
  }

  /// An event that says nothing: it is taken for one of the commit that it stands in.
  mutating func addUnreadable() {
    guard count > 0 else { return }
    count += 1
    isTainted = true
  }

  private mutating func go(on commit: Span<UInt8>, at position: Int64, isChanged: Bool) {
    if count == 0 || !ByteScan.isEqual(key.span, commit) {
      end()
      key.removeAll(keepingCapacity: true)
      key.append(commit)
      first = position
      content.reset()
    }
    count += 1
    if isChanged { isTainted = true }
  }

  /// Ends the commit that the last event was of.
  mutating func end() {
    guard count > 0 else { return }
    let digest = content.digest
    let key = key
    tally.add(key.span, first, count, digest: digest.bytes.span)
    if isTainted { hasTainted = true }
    if lists {
      listed.append(
        Run(
          key: String(decoding: key, as: UTF8.self), first: first, count: count, content: digest,
          isTainted: isTainted))
    }
    count = 0
    isTainted = false
  }
}
