import ValueTypes

import struct Crypto.SHA256

/// Events to be accepted or refused as a whole.
public struct CommitRequest: Sendable {
  /// Most events of one commit.
  public static let maximumEvents = 1_000_000
  /// Most bytes of data and attachments of one commit (1 GB).
  public static let maximumBytes = 1_000_000_000

  public var key: CommitKey
  public var recordedBy: String
  /// The version each stream must be at now; 0 says that it must not exist yet. Streams may be
  /// named that the commit does not write.
  public var expectations: [StreamName: Int64]
  public var events: [EventDraft]
  public var attachments: [Attachment]
  /// Where the first event must come to stand; nil is anywhere. Set for what speaks of all events
  /// before it.
  var position: Int64?

  public init(
    key: CommitKey, recordedBy: String, expectations: [StreamName: Int64] = [:],
    events: [EventDraft], attachments: [Attachment] = []
  ) {
    self.key = key
    self.recordedBy = recordedBy
    self.expectations = expectations
    self.events = events
    self.attachments = attachments
  }

  /// About how much memory the commit takes: data, attachments, envelopes.
  var weight: Int {
    events.reduce(0) { $0 + $1.data.count + 400 } + attachments.reduce(0) { $0 + $1.bytes.count }
  }

  /// Refuses what no ledger could take, whatever its state.
  func check() throws(LedgerError) {
    guard !events.isEmpty else { throw .emptyCommit(key: key) }
    guard events.count <= Self.maximumEvents else {
      throw .commitTooLarge(events: events.count, limit: Self.maximumEvents)
    }
    guard weight <= Self.maximumBytes else {
      throw .commitBytesTooLarge(bytes: weight, limit: Self.maximumBytes)
    }
    for attachment in attachments where attachment.bytes.count > Attachment.maximumBytes {
      throw .attachmentTooLarge(
        bytes: attachment.bytes.count, limit: Attachment.maximumBytes)
    }
    try Name.check(
      recordedBy, what: "recordedBy", limit: EventEnvelope.maximumRecordedByBytes, spaces: true)
  }
}

/// What was recorded, and the signed checkpoint that covers it.
public struct CommitReceipt: Sendable, Codable, Equatable {
  public let key: CommitKey
  public let firstPosition: Int64
  public let count: Int
  /// Whether the commit had been recorded before, and this is the answer given then.
  public let duplicate: Bool
  public let checkpointSize: Int64
  /// The signed note over the tree of `checkpointSize` events.
  public let checkpoint: String

  public init(
    key: CommitKey, firstPosition: Int64, count: Int, duplicate: Bool, checkpointSize: Int64,
    checkpoint: String
  ) {
    self.key = key
    self.firstPosition = firstPosition
    self.count = count
    self.duplicate = duplicate
    self.checkpointSize = checkpointSize
    self.checkpoint = checkpoint
  }
}

/// SHA-256 over what a commit says: for each event stream, type, schema, occurredAt and data, each
/// as a big-endian 32-bit length and its bytes.
///
/// A repeated commit is the same commit exactly if this is the same; it can be computed again from
/// the recorded events.
struct ContentDigest {
  /// Gathered to so many bytes, because a hash is fed faster in large pieces.
  private static let pieceBytes = 4_096

  private var hasher = SHA256()
  private var buffer: [UInt8] = []

  mutating func add(
    stream: StreamName, type: String, schema: Int, occurredAt: Timestamp, data: [UInt8]
  ) {
    add(stream.text.utf8)
    add(type.utf8)
    add(String(schema).utf8)
    add(occurredAt.description.utf8)
    add(data)
    if buffer.count >= Self.pieceBytes { flush() }
  }

  /// Adds an event from its recorded bytes.
  mutating func add(_ envelope: CanonicalEnvelope, _ bytes: Span<UInt8>) {
    add(bytes.extracting(envelope.stream))
    add(bytes.extracting(envelope.type))
    add(bytes.extracting(envelope.schemaText))
    let occurred = bytes.extracting(envelope.occurredText)
    if Timestamp.isCanonical(utf8: occurred) {
      add(occurred)
    } else {
      add(envelope.occurredAt.description.utf8)
    }
    add(bytes.extracting(envelope.data))
    if buffer.count >= Self.pieceBytes { flush() }
  }

  private mutating func add(_ bytes: some Collection<UInt8>) {
    addCount(bytes.count)
    buffer.append(contentsOf: bytes)
  }

  private mutating func add(_ bytes: Span<UInt8>) {
    addCount(bytes.count)
    buffer.append(bytes)
  }

  private mutating func addCount(_ count: Int) {
    let count = UInt32(truncatingIfNeeded: count).bigEndian
    unsafe withUnsafeBytes(of: count) { unsafe buffer.append(contentsOf: $0) }
  }

  private mutating func flush() {
    unsafe buffer.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    buffer.removeAll(keepingCapacity: true)
  }

  var digest: SHA256Digest {
    var whole = self
    whole.flush()
    return SHA256Digest(whole.hasher.finalize())!  // SHA-256 gives 32 bytes
  }

  /// Begins again.
  mutating func reset() {
    hasher = SHA256()
    buffer.removeAll(keepingCapacity: true)
  }

  static func of(_ events: [EventDraft]) -> SHA256Digest {
    var content = ContentDigest()
    for event in events {
      content.add(
        stream: event.stream, type: event.type, schema: event.schema,
        occurredAt: event.occurredAt, data: event.data)
    }
    return content.digest
  }
}
