import Glibc

/// The name of a stream, `kind:code`: `lot:ACO-26-0042`.
public struct StreamName: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  public static let maximumBytes = 200
  public let text: String

  /// Throws `malformed` unless the text is 1…200 UTF-8 bytes, has a colon with text on both
  /// sides, and no whitespace or control character.
  public init(_ text: String) throws(LedgerError) {
    try Name.check(text, what: "stream name", limit: Self.maximumBytes)
    guard let colon = text.firstIndex(of: ":"), colon != text.startIndex,
      text.index(after: colon) != text.endIndex
    else {
      throw .malformed(what: "stream name", reason: "reads kind:code, not \(text)")
    }
    self.text = text
  }

  /// A text that these rules have been checked for.
  init(checked text: String) { self.text = text }

  /// The part before the first colon.
  public var kind: Substring { text.prefix { $0 != ":" } }
  /// The part after the first colon.
  public var code: Substring { text[text.index(kind.endIndex, offsetBy: 1)...] }

  public var description: String { text }

  public static func == (left: StreamName, right: StreamName) -> Bool {
    Name.equal(left.text, right.text)
  }
  public static func < (left: StreamName, right: StreamName) -> Bool {
    Name.precedes(left.text, right.text)
  }
  public func hash(into hasher: inout Hasher) { Name.hash(text, into: &hasher) }

  public init(from decoder: any Decoder) throws {
    try self.init(try decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// The key that makes repeating a commit harmless.
public struct CommitKey: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  public static let maximumBytes = 200
  public let text: String

  /// Throws `malformed` unless the text is 1…200 UTF-8 bytes without whitespace or control
  /// character.
  public init(_ text: String) throws(LedgerError) {
    try Name.check(text, what: "commit key", limit: Self.maximumBytes)
    self.text = text
  }

  /// A text that these rules have been checked for.
  init(checked text: String) { self.text = text }

  public var description: String { text }

  public static func == (left: CommitKey, right: CommitKey) -> Bool {
    Name.equal(left.text, right.text)
  }
  public static func < (left: CommitKey, right: CommitKey) -> Bool {
    Name.precedes(left.text, right.text)
  }
  public func hash(into hasher: inout Hasher) { Name.hash(text, into: &hasher) }

  public init(from decoder: any Decoder) throws {
    try self.init(try decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// What all names in an envelope have in common.
///
/// Names are compared byte by byte, as the database does: Swift's own comparison of strings takes
/// differently composed accents for the same.
enum Name {
  static func equal(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && compare(left, right) == 0
  }

  static func precedes(_ left: String, _ right: String) -> Bool {
    let order = compare(left, right)
    return order < 0 || order == 0 && left.utf8.count < right.utf8.count
  }

  /// As memcmp over what both have.
  private static func compare(_ left: String, _ right: String) -> Int32 {
    unsafe withBytes(left) { left in
      unsafe withBytes(right) { right in
        guard let first = left.baseAddress, let second = right.baseAddress else { return 0 }
        return unsafe memcmp(first, second, min(left.count, right.count))
      }
    }
  }

  static func hash(_ text: String, into hasher: inout Hasher) {
    unsafe withBytes(text) { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(text.utf8.count)
  }

  private static func withBytes<R>(
    _ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> R
  ) -> R {
    if let result = unsafe text.utf8.withContiguousStorageIfAvailable({ unsafe body($0) }) {
      return result
    }
    // Strings from elsewhere than Swift may lie in pieces.
    return unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe body($0) }
  }

  static func check(
    _ text: String, what: String, limit: Int, spaces: Bool = false
  ) throws(LedgerError) {
    guard (1...limit).contains(text.utf8.count) else {
      throw .malformed(what: what, reason: "has \(text.utf8.count) bytes, not 1 to \(limit)")
    }
    // Nearly all names are ASCII; those need no look at Unicode's tables.
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return }
    for scalar in text.unicodeScalars {
      let control = scalar.properties.generalCategory == .control
      if control || (scalar.properties.isWhitespace && !(spaces && scalar == " ")) {
        throw .malformed(what: what, reason: "has whitespace or a control character")
      }
    }
  }
}
