/// A bundle of entries in C2SP tlog-tiles: each a big-endian `uint16` length, then its bytes.
public enum EntryBundle {
  /// The longest entry that the length can say.
  public static let maximumEntryBytes = 65_535

  /// Throws `invalidTile` for an entry over 65,535 bytes.
  public static func encode(_ entries: [[UInt8]]) throws(LedgerError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.reduce(0) { $0 + $1.count + 2 })
    for entry in entries {
      guard entry.count <= maximumEntryBytes else {
        throw .invalidTile(reason: "an entry of \(entry.count) bytes is over 65,535")
      }
      bytes.append(UInt8(entry.count >> 8))
      bytes.append(UInt8(entry.count & 255))
      bytes.append(contentsOf: entry)
    }
    return bytes
  }

  /// Throws `invalidTile` for a bundle that ends inside an entry, or with more than 256.
  public static func parse(_ bytes: [UInt8]) throws(LedgerError) -> [[UInt8]] {
    try ranges(bytes.span).map { Array(bytes[$0]) }
  }

  /// Where the entries lie. Throws as `parse` does.
  static func ranges(_ bytes: Span<UInt8>) throws(LedgerError) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(TilePath.fullWidth)
    var index = 0
    while index < bytes.count {
      guard index + 2 <= bytes.count, ranges.count < TilePath.fullWidth else {
        throw .invalidTile(reason: "the bundle is cut off or holds more than 256 entries")
      }
      let start = index + 2
      let end = start + (Int(bytes[index]) << 8 | Int(bytes[index + 1]))
      guard end <= bytes.count else {
        throw .invalidTile(reason: "the bundle ends inside entry \(ranges.count)")
      }
      ranges.append(start..<end)
      index = end
    }
    return ranges
  }
}
