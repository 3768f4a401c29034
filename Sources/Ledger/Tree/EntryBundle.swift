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
    var entries: [[UInt8]] = []
    var rest = bytes[...]
    while let high = rest.popFirst() {
      guard let low = rest.popFirst(), entries.count < TilePath.fullWidth else {
        throw .invalidTile(reason: "the bundle is cut off or holds more than 256 entries")
      }
      let length = Int(high) << 8 | Int(low)
      guard rest.count >= length else {
        throw .invalidTile(reason: "the bundle ends inside entry \(entries.count)")
      }
      entries.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return entries
  }
}
