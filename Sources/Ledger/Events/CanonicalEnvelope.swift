import ValueTypes

/// An event's bytes in exactly the layout that `EnvelopeComposer` writes, read in place: every rule
/// of an envelope is checked, and nothing is allocated where the names are ASCII.
///
/// No text in this layout has an escape, so that a string ends at the next quote.
struct CanonicalEnvelope: Equatable {
  private(set) var id = 0..<0
  private(set) var stream = 0..<0
  private(set) var version: Int64 = 0
  private(set) var type = 0..<0
  private(set) var schema: Int64 = 0
  private(set) var schemaText = 0..<0
  private(set) var occurredText = 0..<0
  private(set) var occurredAt = Timestamp.ledgerEpoch
  private(set) var recordedAt = Timestamp.ledgerEpoch
  private(set) var recordedBy = 0..<0
  private(set) var commit = 0..<0
  /// One JSON object.
  private(set) var data = 0..<0

  /// From `,"type":` to the data: in all events of a commit the same bytes, mostly.
  private var middle = 0..<0

  /// Nil for another layout, and for what is no event.
  ///
  /// `other` is an envelope that was read from `otherBytes`; what is spelt the same here is not
  /// read again.
  init?(
    _ bytes: Span<UInt8>, like other: CanonicalEnvelope? = nil,
    in otherBytes: Span<UInt8> = Span()
  ) {
    var scan = Scan()
    guard scan.skip("{\"id\":\"", bytes), let id = scan.text(bytes),
      UUIDv7.isUUID(bytes.extracting(id.range)),
      scan.skip(",\"stream\":\"", bytes), let stream = scan.text(bytes),
      Self.isStream(stream, bytes),
      scan.skip(",\"version\":", bytes), let version = scan.number(bytes), version >= 1
    else { return nil }
    self.id = id.range
    self.stream = stream.range
    self.version = version
    let start = scan.index
    if let other, start + other.middle.count <= bytes.count,
      ByteScan.isEqual(
        bytes.extracting(start..<(start + other.middle.count)),
        otherBytes.extracting(other.middle))
    {
      takeMiddle(of: other, at: start)
      scan.index = middle.upperBound
    } else {
      guard readMiddle(&scan, bytes) else { return nil }
      middle = start..<scan.index
    }
    guard let data = scan.lastObject(bytes) else { return nil }
    self.data = data
  }

  private mutating func takeMiddle(of other: CanonicalEnvelope, at start: Int) {
    let shift = start - other.middle.lowerBound
    func moved(_ range: Range<Int>) -> Range<Int> {
      (range.lowerBound + shift)..<(range.upperBound + shift)
    }
    middle = moved(other.middle)
    type = moved(other.type)
    schema = other.schema
    schemaText = moved(other.schemaText)
    occurredText = moved(other.occurredText)
    occurredAt = other.occurredAt
    recordedAt = other.recordedAt
    recordedBy = moved(other.recordedBy)
    commit = moved(other.commit)
  }

  private mutating func readMiddle(_ scan: inout Scan, _ bytes: Span<UInt8>) -> Bool {
    guard scan.skip(",\"type\":\"", bytes), let type = scan.text(bytes),
      Self.isName(type, limit: EventDraft.maximumTypeBytes, bytes),
      scan.skip(",\"schema\":", bytes), case let schemaStart = scan.index,
      let schema = scan.number(bytes), schema >= 1,
      case let schemaEnd = scan.index, scan.skip(",\"occurredAt\":\"", bytes),
      let occurred = scan.text(bytes),
      let occurredAt = Timestamp(utf8: bytes.extracting(occurred.range)),
      scan.skip(",\"recordedAt\":\"", bytes), let recorded = scan.text(bytes),
      let recordedAt = Timestamp(utf8: bytes.extracting(recorded.range)),
      scan.skip(",\"recordedBy\":\"", bytes), let recordedBy = scan.text(bytes),
      Self.isName(recordedBy, limit: EventEnvelope.maximumRecordedByBytes, spaces: true, bytes),
      scan.skip(",\"commit\":\"", bytes), let commit = scan.text(bytes),
      Self.isName(commit, limit: CommitKey.maximumBytes, bytes),
      scan.skip(",\"data\":", bytes)
    else { return false }
    self.type = type.range
    self.schema = schema
    schemaText = schemaStart..<schemaEnd
    occurredText = occurred.range
    self.occurredAt = occurredAt
    self.recordedAt = recordedAt
    self.recordedBy = recordedBy.range
    self.commit = commit.range
    return true
  }

  static func parse(_ bytes: [UInt8]) -> EventEnvelope? {
    let span = bytes.span
    guard let found = CanonicalEnvelope(span) else { return nil }
    func text(_ range: Range<Int>) -> String {
      // Valid UTF-8, as the scan has seen.
      UTF8Text.text(span.extracting(range)) ?? ""
    }
    return EventEnvelope(
      id: text(found.id), stream: StreamName(checked: text(found.stream)),
      version: found.version, type: text(found.type), schema: Int(found.schema),
      occurredAt: found.occurredAt, recordedAt: found.recordedAt,
      recordedBy: text(found.recordedBy), commit: CommitKey(checked: text(found.commit)),
      data: Array(bytes[found.data]))
  }

  private static func isName(
    _ text: Scan.Text, limit: Int, spaces: Bool = false, _ bytes: Span<UInt8>
  ) -> Bool {
    if text.isPlain { return (1...limit).contains(text.range.count) }
    guard let name = UTF8Text.text(bytes.extracting(text.range)) else { return false }
    return (try? Name.check(name, what: "", limit: limit, spaces: spaces)) != nil
  }

  private static func isStream(_ text: Scan.Text, _ bytes: Span<UInt8>) -> Bool {
    guard text.isPlain else {
      return UTF8Text.text(bytes.extracting(text.range)).flatMap { try? StreamName($0) } != nil
    }
    let range = text.range
    guard (1...StreamName.maximumBytes).contains(range.count) else { return false }
    var colon = range.lowerBound
    while colon < range.upperBound, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
    return colon > range.lowerBound && colon < range.upperBound - 1
  }

  private struct Scan {
    struct Text {
      let range: Range<Int>
      /// Whether all of it is visible ASCII, without spaces.
      let isPlain: Bool
    }

    var index = 0

    @inline(__always)
    mutating func skip(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
      guard ByteScan.stands(word, bytes, at: index) else { return false }
      index += word.utf8CodeUnitCount
      return true
    }

    /// The text up to the next quote; nil if there is an escape or a control character in it, or
    /// what is no UTF-8.
    mutating func text(_ bytes: Span<UInt8>) -> Text? {
      let end = ByteScan.endOfPlainText(bytes, from: index)
      guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
      let range = index..<end
      index = end + 1
      let isPlain = ByteScan.isVisible(bytes, range)
      guard isPlain || UTF8Text.isValid(bytes.extracting(range)) else { return nil }
      return Text(range: range, isPlain: isPlain)
    }

    mutating func number(_ bytes: Span<UInt8>) -> Int64? {
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
    func lastObject(_ bytes: Span<UInt8>) -> Range<Int>? {
      guard index + 3 <= bytes.count, bytes[bytes.count - 1] == UInt8(ascii: "}"),
        bytes[index] == UInt8(ascii: "{")
      else { return nil }
      let range = index..<(bytes.count - 1)
      return JSONText.isValid(bytes.extracting(range)) ? range : nil
    }
  }
}
