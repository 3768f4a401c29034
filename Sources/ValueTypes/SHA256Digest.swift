/// The 32 bytes of a SHA-256 (FIPS 180-4), written as 64 lower-case hexadecimal digits.
///
/// A value only: this module hashes nothing.
public struct SHA256Digest: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// The bytes, eight to a word, the first of them the most significant: a digest lies in place
  /// and costs no allocation, and words compare as the bytes do.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Eight of the bytes as a number, the first the most significant; `index` is 0…3.
  public func word(_ index: Int) -> UInt64 {
    switch index {
    case 0: words.0
    case 1: words.1
    case 2: words.2
    default: words.3
    }
  }

  /// The 32 bytes as a new array.
  public var bytes: [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      unsafe copy(to: UnsafeMutableRawBufferPointer(buffer))
      count = 32
    }
  }

  /// Nil unless there are exactly 32 bytes.
  public init?(_ bytes: some Sequence<UInt8>) {
    let array = Array(bytes)
    guard let found = unsafe array.withUnsafeBytes({ unsafe Self.words(of: $0) }) else {
      return nil
    }
    words = found
  }

  /// Nil unless there are exactly 32 bytes.
  public init?(_ bytes: Span<UInt8>) {
    // Lent for the length of the call only.
    guard let found = unsafe bytes.withUnsafeBytes({ unsafe Self.words(of: $0) }) else {
      return nil
    }
    words = found
  }

  /// The digest in memory that holds exactly 32 bytes; nil for any other count.
  public init?(copying buffer: UnsafeRawBufferPointer) {
    guard let found = unsafe Self.words(of: buffer) else { return nil }
    words = found
  }

  /// Writes the 32 bytes; the buffer must have room for them.
  public func copy(to buffer: UnsafeMutableRawBufferPointer) {
    unsafe buffer.storeBytes(of: words.0.bigEndian, toByteOffset: 0, as: UInt64.self)
    unsafe buffer.storeBytes(of: words.1.bigEndian, toByteOffset: 8, as: UInt64.self)
    unsafe buffer.storeBytes(of: words.2.bigEndian, toByteOffset: 16, as: UInt64.self)
    unsafe buffer.storeBytes(of: words.3.bigEndian, toByteOffset: 24, as: UInt64.self)
  }

  private static func words(
    of buffer: UnsafeRawBufferPointer
  ) -> (UInt64, UInt64, UInt64, UInt64)? {
    guard buffer.count == 32 else { return nil }
    func word(_ offset: Int) -> UInt64 {
      UInt64(bigEndian: unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    return (word(0), word(8), word(16), word(24))
  }

  /// Nil unless the text is 64 hexadecimal digits.
  public init?(hex: some StringProtocol) {
    guard let bytes = Hex.decode(hex) else { return nil }
    self.init(bytes)
  }

  public var description: String { Hex.encode(bytes) }

  public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
    left.words < right.words
  }

  public static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
    left.words == right.words
  }

  public func hash(into hasher: inout Hasher) {
    // The bytes of a hash are spread evenly; eight of them tell digests apart.
    hasher.combine(words.0)
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let digest = SHA256Digest(hex: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a SHA-256 in hex: \(text)"))
    }
    self = digest
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Hexadecimal (RFC 4648 section 8), lower case out, either case in.
public enum Hex {
  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Nil for an odd count or a character that is no hexadecimal digit.
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count.isMultiple(of: 2) else { return nil }
    var out: [UInt8] = []
    out.reserveCapacity(characters.count / 2)
    for index in stride(from: 0, to: characters.count, by: 2) {
      guard let high = digit(characters[index]), let low = digit(characters[index + 1])
      else { return nil }
      out.append(high << 4 | low)
    }
    return out
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    case 0x41...0x46: byte - 0x41 + 10
    default: nil
    }
  }
}
