/// Writes zip files, honest and not, for tests.
struct ZipWriter {
  struct Entry {
    var name: String
    var bytes: [UInt8]
    /// 0 stored, 8 deflated; `bytes` are as they stand in the file.
    var method = 0
    /// What the directory says of them; nil for the truth of stored bytes.
    var unpackedBytes: Int?
    var checksum: UInt32?
    var flags = 0
  }

  static func zip(_ entries: [Entry]) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = out.count
      let name = Array(entry.name.utf8)
      let common =
        number(20, 2) + number(entry.flags, 2) + number(entry.method, 2) + number(0, 4)
        + number(Int(entry.checksum ?? checksum(entry.bytes)), 4) + number(entry.bytes.count, 4)
        + number(entry.unpackedBytes ?? entry.bytes.count, 4) + number(name.count, 2)
        + number(0, 2)
      out += number(0x0403_4B50, 4) + common + name + entry.bytes
      directory +=
        number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 2) + number(0, 2)
        + number(0, 2) + number(0, 4) + number(offset, 4) + name
    }
    let start = out.count
    out += directory
    out += number(0x0605_4B50, 4) + number(0, 4) + number(entries.count, 2)
    out += number(entries.count, 2) + number(directory.count, 4) + number(start, 4) + number(0, 2)
    return out
  }

  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32 (ISO 3309), bit by bit.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
      }
    }
  }
}
