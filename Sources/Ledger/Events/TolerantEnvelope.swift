import FoundationEssentials
import ValueTypes

/// Reads an envelope in any JSON spelling. Unknown fields are passed over; a field that comes
/// twice is refused, because readers would disagree about which one counts.
enum TolerantEnvelope {
  static func parse(_ bytes: [UInt8]) throws(LedgerError) -> EventEnvelope {
    let fields = try fields(bytes)
    guard let data = fields["data"], data.first == UInt8(ascii: "{") else {
      throw .invalidEnvelope(reason: "data is no object")
    }
    let id = try text("id", fields)
    guard UUIDv7.isUUID(Array(id.utf8).span) else {
      throw .invalidEnvelope(reason: "id is no UUID")
    }
    let type = try text("type", fields)
    let recordedBy = try text("recordedBy", fields)
    guard Self.isValid(type: type), Self.isValid(recordedBy: recordedBy) else {
      throw .invalidEnvelope(reason: "type or recordedBy breaks the rules for names")
    }
    guard let stream = try? StreamName(try text("stream", fields)),
      let commit = try? CommitKey(try text("commit", fields))
    else {
      throw .invalidEnvelope(reason: "stream or commit breaks the rules for names")
    }
    return EventEnvelope(
      id: id, stream: stream, version: try number("version", fields), type: type,
      schema: Int(try number("schema", fields)), occurredAt: try moment("occurredAt", fields),
      recordedAt: try moment("recordedAt", fields), recordedBy: recordedBy, commit: commit,
      data: Array(data))
  }

  /// The raw bytes of every top-level field.
  private static func fields(
    _ bytes: [UInt8]
  ) throws(LedgerError) -> [String: ArraySlice<UInt8>] {
    let fault = LedgerError.invalidEnvelope(reason: "not one JSON object")
    guard JSONText.isValid(bytes), bytes.first == UInt8(ascii: "{") else { throw fault }
    let span = bytes.span
    var scan = JSONText(at: 1)
    var fields: [String: ArraySlice<UInt8>] = [:]
    scan.skipSpace(span)
    if scan.take(UInt8(ascii: "}"), span) { return fields }
    repeat {
      scan.skipSpace(span)
      let nameStart = scan.index
      guard scan.skipString(span) else { throw fault }
      let name = try decode(bytes[nameStart..<scan.index])
      scan.skipSpace(span)
      guard scan.take(UInt8(ascii: ":"), span) else { throw fault }
      scan.skipSpace(span)
      let start = scan.index
      guard scan.skipValue(span, depth: 1) else { throw fault }
      guard fields.updateValue(bytes[start..<scan.index], forKey: name) == nil else {
        throw .invalidEnvelope(reason: "\(name.prefix(40)) comes twice")
      }
      scan.skipSpace(span)
    } while scan.take(UInt8(ascii: ","), span)
    return fields
  }

  private static func decode(_ raw: ArraySlice<UInt8>) throws(LedgerError) -> String {
    guard raw.first == UInt8(ascii: "\""),
      let text = try? JSONDecoder().decode(String.self, from: Data(raw))
    else { throw .invalidEnvelope(reason: "a text is expected") }
    return text
  }

  private static func text(
    _ name: String, _ fields: [String: ArraySlice<UInt8>]
  ) throws(LedgerError) -> String {
    guard let raw = fields[name] else { throw .invalidEnvelope(reason: "\(name) is missing") }
    return try decode(raw)
  }

  private static func number(
    _ name: String, _ fields: [String: ArraySlice<UInt8>]
  ) throws(LedgerError) -> Int64 {
    guard let raw = fields[name], raw.count <= 18,
      let value = Int64(String(decoding: raw, as: UTF8.self)), value >= 1
    else { throw .invalidEnvelope(reason: "\(name) is no whole number from 1") }
    return value
  }

  private static func moment(
    _ name: String, _ fields: [String: ArraySlice<UInt8>]
  ) throws(LedgerError) -> Timestamp {
    guard let moment = Timestamp(try text(name, fields)) else {
      throw .invalidEnvelope(reason: "\(name) is no RFC 3339 moment")
    }
    return moment
  }

  private static func isValid(type: String) -> Bool {
    (try? Name.check(type, what: "", limit: EventDraft.maximumTypeBytes)) != nil
  }

  private static func isValid(recordedBy text: String) -> Bool {
    let limit = EventEnvelope.maximumRecordedByBytes
    return (try? Name.check(text, what: "", limit: limit, spaces: true)) != nil
  }
}
