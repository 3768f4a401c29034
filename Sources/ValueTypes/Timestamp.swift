/// A moment in UTC to the microsecond, with the local zone it was written in kept beside it.
///
/// Two timestamps are ordered by their moment; equality also compares the zone, because the text
/// is part of the evidence.
public struct Timestamp: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let microseconds: Int64
  /// Local time minus UTC, in minutes: −300 for Peru.
  public let offsetMinutes: Int

  /// Nil outside the years 1...9999 or with a zone beyond ±18 h.
  public init?(microseconds: Int64, offsetMinutes: Int = 0) {
    guard (-62_135_596_800_000_000...253_402_300_799_999_999).contains(microseconds),
      (-1_080...1_080).contains(offsetMinutes)
    else { return nil }
    self.microseconds = microseconds
    self.offsetMinutes = offsetMinutes
  }

  /// The start of a local day (or another hour of it).
  public init?(_ date: CivilDate, hour: Int = 0, minute: Int = 0, offsetMinutes: Int) {
    guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + (minute - offsetMinutes) * 60
    self.init(microseconds: Int64(seconds) * 1_000_000, offsetMinutes: offsetMinutes)
  }

  /// Reads RFC 3339 section 5.6 (`2026-05-04T10:00:00-05:00`), up to six decimals of a second.
  /// A leap second (`:60`) is refused, as is a missing zone.
  public init?(_ text: some StringProtocol) {
    self.init(utf8: Array(text.utf8).span)
  }

  /// Reads the same in place.
  public init?(utf8 bytes: Span<UInt8>) {
    guard bytes.count >= 20, bytes[10] == 0x54 || bytes[10] == 0x74 || bytes[10] == 0x20,
      bytes[13] == 0x3A, bytes[16] == 0x3A,
      let date = CivilDate(utf8: bytes.extracting(0..<10)),
      let hour = Digits.pair(bytes, at: 11), hour < 24,
      let minute = Digits.pair(bytes, at: 14), minute < 60,
      let second = Digits.pair(bytes, at: 17), second < 60
    else { return nil }
    var index = 19
    var fraction: Int64 = 0
    if bytes[index] == 0x2E {
      let start = index + 1
      index = start
      while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
      guard index - start <= 6, let value = Digits.number(bytes, start..<index) else { return nil }
      fraction = Int64(value)
      for _ in (index - start)..<6 { fraction *= 10 }
    }
    guard let offset = Self.offset(bytes, from: index) else { return nil }
    let seconds =
      date.daysSinceEpoch * 86_400 + hour * 3_600 + (minute - offset) * 60 + second
    self.init(microseconds: Int64(seconds) * 1_000_000 + fraction, offsetMinutes: offset)
  }

  /// Whether a text that reads as a timestamp is surely the one that `description` gives of it.
  public static func isCanonical(utf8 bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= 20, bytes[10] == 0x54 else { return false }
    // The first and the last year may leave the calendar in another zone.
    let year = Digits.number(bytes, 0..<4)
    guard year != 1, year != 9_999 else { return false }
    let hasFraction = bytes[19] == 0x2E
    let zone = hasFraction ? 26 : 19
    guard bytes.count > zone else { return false }
    if hasFraction {
      guard let fraction = Digits.number(bytes, 20..<26), fraction > 0 else { return false }
    }
    if bytes.count == zone + 1 { return bytes[zone] == 0x5A }
    guard let offset = offset(bytes, from: zone) else { return false }
    return offset != 0
  }

  /// The zone that is all of the bytes from an index on.
  private static func offset(_ bytes: Span<UInt8>, from index: Int) -> Int? {
    if bytes.count == index + 1, bytes[index] | 0x20 == 0x7A { return 0 }
    guard bytes.count == index + 6, bytes[index + 3] == 0x3A,
      bytes[index] == 0x2B || bytes[index] == 0x2D,
      let hours = Digits.pair(bytes, at: index + 1), hours <= 18,
      let minutes = Digits.pair(bytes, at: index + 4), minutes < 60
    else { return nil }
    return (bytes[index] == 0x2D ? -1 : 1) * (hours * 60 + minutes)
  }

  /// The calendar day in the timestamp's own zone.
  public var localDate: CivilDate {
    let local = microseconds + Int64(offsetMinutes) * 60_000_000
    let days = Int(local.flooredQuotient(86_400_000_000))
    // The range checked at construction, plus or minus a zone, can leave the years 1...9999
    // only at the very ends, where the UTC day is as good an answer.
    return CivilDate(daysSinceEpoch: days) ?? CivilDate.limit(days)
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  /// RFC 3339; decimals only where the moment has them.
  public var description: String {
    let local = microseconds + Int64(offsetMinutes) * 60_000_000
    let inDay = local - local.flooredQuotient(86_400_000_000) * 86_400_000_000
    let seconds = Int(inDay / 1_000_000)
    let fraction = Int(inDay % 1_000_000)
    let date = localDate
    // The longest form, 2026-05-04T10:00:00.000001-05:00, has 32 bytes.
    return unsafe String(unsafeUninitializedCapacity: 40) { buffer in
      var text = unsafe AsciiWriter(buffer)
      text.number(date.year, digits: 4)
      text.byte("-")
      text.number(date.month, digits: 2)
      text.byte("-")
      text.number(date.day, digits: 2)
      text.byte("T")
      text.number(seconds / 3_600, digits: 2)
      text.byte(":")
      text.number(seconds / 60 % 60, digits: 2)
      text.byte(":")
      text.number(seconds % 60, digits: 2)
      if fraction > 0 {
        text.byte(".")
        text.number(fraction, digits: 6)
      }
      if offsetMinutes == 0 {
        text.byte("Z")
      } else {
        text.byte(offsetMinutes < 0 ? "-" : "+")
        text.number(abs(offsetMinutes) / 60, digits: 2)
        text.byte(":")
        text.number(abs(offsetMinutes) % 60, digits: 2)
      }
      return text.count
    }
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let moment = Timestamp(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not RFC 3339: \(text)"))
    }
    self = moment
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Int64 {
  fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

extension CivilDate {
  fileprivate static func limit(_ days: Int) -> CivilDate {
    CivilDate(daysSinceEpoch: Swift.min(Swift.max(days, -719_162), 2_932_896)) ?? .epoch
  }

  private static var epoch: CivilDate { CivilDate(unchecked: (1970, 1, 1)) }
}

/// Writes digits and signs into memory that is large enough.
@safe private struct AsciiWriter {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { unsafe self.buffer = unsafe buffer }

  mutating func byte(_ character: Unicode.Scalar) {
    unsafe buffer[count] = UInt8(ascii: character)
    count += 1
  }

  mutating func number(_ value: Int, digits: Int) {
    var rest = value
    for place in stride(from: count + digits - 1, through: count, by: -1) {
      unsafe buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    count += digits
  }
}
