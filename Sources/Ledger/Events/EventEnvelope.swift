public import ValueTypes

/// What the bytes of an event say. The bytes are the record; this is a reading of them.
public struct EventEnvelope: Sendable, Equatable {
  /// A UUID version 7 in lower case.
  public let id: String
  public let stream: StreamName
  /// 1, 2, 3, … in its stream.
  public let version: Int64
  public let type: String
  public let schema: Int
  /// When it happened, as whoever recorded it says.
  public let occurredAt: Timestamp
  /// When the ledger took it; never decreases from one position to the next.
  public let recordedAt: Timestamp
  public let recordedBy: String
  public let commit: CommitKey
  /// One JSON object, in its own bytes.
  public let data: [UInt8]

  public static let maximumRecordedByBytes = 200

  public init(
    id: String, stream: StreamName, version: Int64, type: String, schema: Int,
    occurredAt: Timestamp, recordedAt: Timestamp, recordedBy: String, commit: CommitKey,
    data: [UInt8]
  ) {
    self.id = id
    self.stream = stream
    self.version = version
    self.type = type
    self.schema = schema
    self.occurredAt = occurredAt
    self.recordedAt = recordedAt
    self.recordedBy = recordedBy
    self.commit = commit
    self.data = data
  }

  /// Reads an event's bytes: quickly where the fields come as `compose` writes them, tolerantly
  /// (any order, spaces, escapes, unknown fields) otherwise.
  ///
  /// Throws `invalidEnvelope`, never anything else, whatever the bytes.
  public static func parse(_ bytes: [UInt8]) throws(LedgerError) -> EventEnvelope {
    if let envelope = CanonicalEnvelope.parse(bytes) { return envelope }
    return try TolerantEnvelope.parse(bytes)
  }

  /// The bytes to be stored and hashed: one compact JSON object, the fields in the order they are
  /// declared here, `data` as it is.
  public func compose() -> [UInt8] {
    EnvelopeComposer(recordedAt: recordedAt.description, recordedBy: recordedBy, commit: commit)
      .compose(
        id: id, stream: stream, version: version, type: type, schema: schema,
        occurredAt: occurredAt, data: data)
  }
}

/// An event with its place in the ledger.
public struct RecordedEvent: Sendable, Equatable {
  /// 0, 1, 2, … without gaps.
  public let position: Int64
  public let bytes: [UInt8]
  public let envelope: EventEnvelope

  /// Throws `invalidEnvelope` for bytes that are no event.
  public init(position: Int64, bytes: [UInt8]) throws(LedgerError) {
    self.position = position
    self.bytes = bytes
    envelope = try EventEnvelope.parse(bytes)
  }
}
