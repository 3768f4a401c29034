import ValueTypes

/// Reads exactly the layout that `EnvelopeComposer` writes; nil for anything else.
///
/// No text in this layout has an escape, so that a string ends at the next quote.
enum CanonicalEnvelope {
  static func parse(_ bytes: [UInt8]) -> EventEnvelope? {
    var scan = Scan(bytes: bytes)
    guard scan.skip("{\"id\":\""), let id = scan.text(), UUIDv7.isUUID(id),
      scan.skip(",\"stream\":\""), let streamText = scan.text(),
      let stream = try? StreamName(streamText),
      scan.skip(",\"version\":"), let version = scan.number(), version >= 1,
      scan.skip(",\"type\":\""), let type = scan.text(), Name.isValid(type: type),
      scan.skip(",\"schema\":"), let schema = scan.number(), schema >= 1,
      scan.skip(",\"occurredAt\":\""), let occurredText = scan.text(),
      let occurredAt = Timestamp(occurredText),
      scan.skip(",\"recordedAt\":\""), let recordedText = scan.text(),
      let recordedAt = Timestamp(recordedText),
      scan.skip(",\"recordedBy\":\""), let recordedBy = scan.text(),
      Name.isValid(recordedBy: recordedBy),
      scan.skip(",\"commit\":\""), let commitText = scan.text(),
      let commit = try? CommitKey(commitText),
      scan.skip(",\"data\":"), let data = scan.lastObject()
    else { return nil }
    return EventEnvelope(
      id: id, stream: stream, version: version, type: type, schema: Int(schema),
      occurredAt: occurredAt, recordedAt: recordedAt, recordedBy: recordedBy, commit: commit,
      data: data)
  }

  private struct Scan {
    let bytes: [UInt8]
    var index = 0

    mutating func skip(_ word: StaticString) -> Bool {
      let count = word.utf8CodeUnitCount
      guard index + count <= bytes.count else { return false }
      for offset in 0..<count {
        let expected = unsafe word.utf8Start[offset]
        guard bytes[index + offset] == expected else { return false }
      }
      index += count
      return true
    }

    /// The text up to the next quote; nil if there is an escape or a control character in it.
    mutating func text() -> String? {
      var end = index
      while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
        if bytes[end] == UInt8(ascii: "\\") || bytes[end] < 0x20 { return nil }
        end += 1
      }
      guard end < bytes.count, let text = String(validating: bytes[index..<end], as: UTF8.self)
      else { return nil }
      index = end + 1
      return text
    }

    mutating func number() -> Int64? {
      var value: Int64 = 0
      let start = index
      while index < bytes.count, (0x30...0x39).contains(bytes[index]), index - start < 18 {
        value = value * 10 + Int64(bytes[index] - 0x30)
        index += 1
      }
      // A leading zero is no JSON number.
      guard index > start, index == start + 1 || bytes[start] != 0x30 else { return nil }
      return value
    }

    /// The object that ends one byte before the end, where the envelope closes.
    func lastObject() -> [UInt8]? {
      guard index + 3 <= bytes.count, bytes[bytes.count - 1] == UInt8(ascii: "}"),
        bytes[index] == UInt8(ascii: "{")
      else { return nil }
      let data = Array(bytes[index..<(bytes.count - 1)])
      return JSONText.isValid(data) ? data : nil
    }
  }
}

extension Name {
  static func isValid(type: String) -> Bool {
    (try? check(type, what: "", limit: EventDraft.maximumTypeBytes)) != nil
  }

  static func isValid(recordedBy text: String) -> Bool {
    (try? check(text, what: "", limit: EventEnvelope.maximumRecordedByBytes, spaces: true)) != nil
  }
}
