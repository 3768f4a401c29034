import FoundationEssentials
import Glibc
import Synchronization
public import ValueTypes

/// Time and randomness, given from outside so that tests decide them.
public struct LedgerClock: Sendable {
  public var now: @Sendable () -> Timestamp
  /// 64 random bits for the ids of events.
  public var random: @Sendable () -> UInt64

  /// Without `random`, the system's random numbers.
  public init(
    now: @escaping @Sendable () -> Timestamp,
    random: (@Sendable () -> UInt64)? = nil
  ) {
    self.now = now
    self.random = random ?? RandomWords().next
  }

  /// The machine's clock, in UTC, to the microsecond, and its random numbers.
  public static let system = LedgerClock(now: {
    let microseconds = Int64(Date().timeIntervalSince1970 * 1_000_000)
    return Timestamp(microseconds: microseconds) ?? .ledgerEpoch
  })
}

/// The system's random numbers, asked for many at a time: each asking is a call into the kernel.
final class RandomWords: Sendable {
  private let words = Mutex<[UInt64]>([])

  /// 256 bytes, the most that the kernel gives at a time (getentropy(3)).
  private static func fresh() -> [UInt64] {
    var words = [UInt64](repeating: 0, count: 32)
    let outcome = unsafe words.withUnsafeMutableBytes {
      unsafe getentropy($0.baseAddress, $0.count)
    }
    if outcome != 0 {
      words = words.map { _ in UInt64.random(in: .min ... .max) }
    }
    return words
  }

  func next() -> UInt64 {
    words.withLock { words in
      if words.isEmpty { words = Self.fresh() }
      return words.removeLast()
    }
  }
}

extension Timestamp {
  /// 1970-01-01T00:00:00Z.
  static let ledgerEpoch = Timestamp(microseconds: 0)!  // within the range of Timestamp
}

/// UUIDs version 7 (RFC 9562 section 5.7): ordered by time, so that indexes stay local.
enum UUIDv7 {
  /// Milliseconds in the first 48 bits, the fraction of the millisecond in the next 12 (method 3
  /// of section 6.2), 62 random bits.
  static func make(at moment: Timestamp, random: UInt64) -> String {
    let milliseconds = UInt64(max(0, moment.microseconds / 1_000))
    let fraction = UInt64(max(0, moment.microseconds % 1_000)) * 4_096 / 1_000
    let high = milliseconds << 16 | 0x7000 | fraction
    let low = random & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return unsafe String(unsafeUninitializedCapacity: 36) { buffer in
      var place = 0
      for nibble in 0..<32 {
        if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
          unsafe buffer[place] = UInt8(ascii: "-")
          place += 1
        }
        let word = nibble < 16 ? high : low
        let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - (nibble & 15) * 4) & 15)
        unsafe buffer[place] = digit < 10 ? digit + 0x30 : digit + 0x57
        place += 1
      }
      return place
    }
  }

  /// Whether the text is 8-4-4-4-12 hexadecimal digits.
  static func isUUID(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count == 36 else { return false }
    let dash = UInt8(ascii: "-")
    guard bytes[8] == dash, bytes[13] == dash, bytes[18] == dash, bytes[23] == dash else {
      return false
    }
    return ByteScan.isHex(bytes, 0..<8) && ByteScan.isHex(bytes, 9..<13)
      && ByteScan.isHex(bytes, 14..<18) && ByteScan.isHex(bytes, 19..<23)
      && ByteScan.isHex(bytes, 24..<36)
  }
}
