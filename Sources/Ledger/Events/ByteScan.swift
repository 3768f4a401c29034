/// Looks at bytes eight at a time. Every function stays within the span it is given: a word is only
/// loaded where eight bytes are left.
///
/// The tests of a word mark bytes in their highest bits (Hacker's Delight, section 6-1). A borrow
/// or carry can mark bytes above the first that is meant, never below, so the first mark is right.
enum ByteScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// Eight bytes, the first of them the least significant.
  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, at index: Int) -> UInt64 {
    // Checked against the span's bounds; any eight bytes are an integer.
    UInt64(
      littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(
        fromByteOffset: index, as: UInt64.self))
  }

  /// Marks bytes below `limit`, which is at most 128.
  @inline(__always)
  private static func below(_ limit: UInt8, _ word: UInt64) -> UInt64 {
    (word &- ones &* UInt64(limit)) & ~word & highs
  }

  @inline(__always)
  private static func equal(_ byte: UInt8, _ word: UInt64) -> UInt64 {
    let difference = word ^ (ones &* UInt64(byte))
    return (difference &- ones) & ~difference & highs
  }

  /// The first quote, backslash or control character from an index on, or else the end.
  static func endOfPlainText(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index + 8 <= bytes.count {
      let eight = word(bytes, at: index)
      let marks =
        below(0x20, eight) | equal(UInt8(ascii: "\""), eight) | equal(UInt8(ascii: "\\"), eight)
      if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
      index += 1
    }
    return index
  }

  /// Whether all bytes of a range are visible ASCII, without spaces.
  static func isVisible(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    var marks: UInt64 = 0
    while index + 8 <= range.upperBound {
      let eight = word(bytes, at: index)
      // From 0x7F on adding one gives a high bit, or there was one.
      marks |= below(0x21, eight) | ((eight &+ ones) | eight) & highs
      index += 8
    }
    if marks != 0 { return false }
    while index < range.upperBound {
      guard bytes[index] > 0x20, bytes[index] < 0x7F else { return false }
      index += 1
    }
    return true
  }

  static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    var all: UInt64 = 0
    while index + 8 <= bytes.count {
      all |= word(bytes, at: index)
      index += 8
    }
    while index < bytes.count {
      all |= UInt64(bytes[index])
      index += 1
    }
    return all & highs == 0
  }

  /// Whether the bytes of a range are all hexadecimal digits, in either case.
  static func isHex(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range {
      let byte = bytes[index]
      guard byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 else { return false }
    }
    return true
  }

  /// Whether the word stands at an index.
  @inline(__always)
  static func stands(_ expected: StaticString, _ bytes: Span<UInt8>, at index: Int) -> Bool {
    let count = expected.utf8CodeUnitCount
    guard bytes.count - index >= count else { return false }
    var offset = 0
    while offset + 8 <= count {
      // Within the literal, as the line before says.
      let eight = UInt64(
        littleEndian: unsafe UnsafeRawPointer(expected.utf8Start)
          .loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      guard word(bytes, at: index + offset) == eight else { return false }
      offset += 8
    }
    while offset < count {
      guard bytes[index + offset] == (unsafe expected.utf8Start[offset]) else { return false }
      offset += 1
    }
    return true
  }

  static func isEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    var index = 0
    while index + 8 <= left.count {
      guard word(left, at: index) == word(right, at: index) else { return false }
      index += 8
    }
    while index < left.count {
      guard left[index] == right[index] else { return false }
      index += 1
    }
    return true
  }
}

extension [UInt8] {
  init(_ span: Span<UInt8>) {
    self = []
    append(span)
  }

  mutating func append(_ span: Span<UInt8>) {
    // Lent for the length of the call only.
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

/// Texts in bytes that need not be texts.
enum UTF8Text {
  static func isValid(_ bytes: Span<UInt8>) -> Bool {
    ByteScan.isASCII(bytes) || text(bytes) != nil
  }

  /// Nil unless the bytes are valid UTF-8.
  static func text(_ bytes: Span<UInt8>) -> String? {
    // Lent for the length of the call only.
    unsafe bytes.withUnsafeBufferPointer { buffer in
      if ByteScan.isASCII(bytes) { return unsafe String(decoding: buffer, as: UTF8.self) }
      return unsafe String(validating: buffer, as: UTF8.self)
    }
  }
}
