public import ValueTypes

/// One fact to be recorded; the ledger adds position, version, time and key.
public struct EventDraft: Sendable, Equatable {
  public static let maximumTypeBytes = 100

  public let stream: StreamName
  public let type: String
  public let schema: Int
  public let occurredAt: Timestamp
  /// One JSON object in UTF-8, spliced into the event as it is.
  public let data: [UInt8]

  /// Throws `malformed` unless `data` is one JSON object (RFC 8259), without anything around it,
  /// `type` has 1…100 bytes without whitespace or control characters, and `schema` is at least 1.
  /// Throws `eventTooLarge` for data that no event can hold.
  public init(
    stream: StreamName, type: String, schema: Int = 1, occurredAt: Timestamp, data: [UInt8]
  ) throws(LedgerError) {
    try Name.check(type, what: "event type", limit: Self.maximumTypeBytes)
    guard schema >= 1 else { throw .malformed(what: "schema", reason: "is \(schema), below 1") }
    guard data.count <= EntryBundle.maximumEntryBytes else {
      throw .eventTooLarge(
        stream: stream, bytes: data.count, limit: EntryBundle.maximumEntryBytes)
    }
    guard data.first == UInt8(ascii: "{"), JSONText.isValid(data) else {
      throw .malformed(what: "data of a \(type) event", reason: "is not one JSON object")
    }
    self.stream = stream
    self.type = type
    self.schema = schema
    self.occurredAt = occurredAt
    self.data = data
  }
}

/// Bytes too large or too personal for an event, named in it by their SHA-256.
public struct Attachment: Sendable, Equatable {
  /// The largest attachment, in bytes (32 MiB).
  public static let maximumBytes = 33_554_432

  public let digest: SHA256Digest
  public let mediaType: String
  public let bytes: [UInt8]

  public init(mediaType: String, bytes: [UInt8]) {
    digest = MerkleTree.digest(bytes)
    self.mediaType = mediaType
    self.bytes = bytes
  }
}
