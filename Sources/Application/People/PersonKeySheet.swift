import Foundation
import ValueTypes

/// A key that opens one person's data.
struct PersonKey: Sendable, Hashable {
  let identifier: String
  /// 256 bits.
  let bytes: [UInt8]

  static let byteCount = 32
}

/// The text of a file of keys: a line a key, all of one length, so that a key is overwritten in
/// place. The identifier, spaces up to 64 characters, a space, 64 hexadecimal digits.
struct PersonKeySheet {
  /// A line, and whether its key lives; a dead one is all zeros.
  struct Entry {
    let identifier: String
    /// The bytes of the file that hold the key.
    let place: Range<Int>
    let lives: Bool
  }

  private static let nameWidth = 64
  private static let lineLength = nameWidth + 1 + 2 * PersonKey.byteCount + 1
  /// What a dead key is overwritten with.
  static let dead = UInt8(ascii: "0")

  private let bytes: [UInt8]

  /// - Throws: `ApplicationError.cannotRead` for a file that was cut.
  init(_ bytes: [UInt8], path: String) throws {
    guard bytes.count.isMultiple(of: Self.lineLength) else {
      throw ApplicationError.cannotRead(
        path, reason: "\(bytes.count) bytes are no whole lines of \(Self.lineLength)")
    }
    self.bytes = bytes
  }

  static func bytes(_ keys: [PersonKey]) -> [UInt8] {
    keys.flatMap { key in
      let gap = String(repeating: " ", count: nameWidth + 1 - key.identifier.utf8.count)
      return Array((key.identifier + gap + Hex.encode(key.bytes) + "\n").utf8)
    }
  }

  var entries: [Entry] {
    stride(from: 0, to: bytes.count, by: Self.lineLength).map { start in
      let place = (start + Self.nameWidth + 1)..<(start + Self.lineLength - 1)
      let name = bytes[start..<(start + Self.nameWidth)].prefix { $0 != UInt8(ascii: " ") }
      return Entry(
        identifier: String(decoding: name, as: UTF8.self), place: place,
        lives: bytes[place].contains { $0 != Self.dead })
    }
  }

  /// - Throws: `ApplicationError.cannotRead` for a line that holds no key.
  func key(of entry: Entry, path: String) throws -> PersonKey {
    let digits = String(decoding: bytes[entry.place], as: UTF8.self)
    // 256 bits in hexadecimal, as a digest's are.
    guard let key = SHA256Digest(hex: digits) else {
      throw ApplicationError.cannotRead(path, reason: "the key of \(entry.identifier) is broken")
    }
    return PersonKey(identifier: entry.identifier, bytes: key.bytes)
  }
}
