import CZlib

/// The parts of a zip file (PKWARE APPNOTE 6.3) that vector files need, read with limits.
///
/// Nothing is written anywhere: a path that leaves the archive harms nobody here, and is refused
/// all the same, because no honest program writes one.
struct ZipArchive {
  struct Entry {
    let name: String
    let method: Int
    let packedBytes: Int
    let unpackedBytes: Int
    let checksum: UInt32
    let headerOffset: Int
    let isEncrypted: Bool
  }

  let entries: [Entry]
  private let bytes: [UInt8]
  private let limit: Int
  /// Deflate never packs better (zlib's technical notes: 1032 to 1).
  private static let mostRatio = 1_032

  init(_ bytes: [UInt8], limits: VectorLimits) throws(VectorError) {
    self.bytes = bytes
    self.limit = limits.unpackedBytes
    guard let end = Self.endRecord(bytes) else { throw Self.damaged("no end record") }
    let count = Self.number(bytes, end + 10, 2)
    guard count <= limits.entries else {
      throw VectorError(
        .zipTooManyEntries, ["found": String(count), "limit": String(limits.entries)])
    }
    var offset = Self.number(bytes, end + 16, 4)
    var entries: [Entry] = []
    for _ in 0..<count {
      let entry = try Self.entry(bytes, at: &offset)
      entries.append(entry)
    }
    let total = entries.reduce(0) { $0 + $1.unpackedBytes }
    guard total <= limit else { throw VectorError(.zipTooLarge, ["limit": String(limit)]) }
    self.entries = entries
  }

  private static func damaged(_ reason: String, at place: String = "") -> VectorError {
    VectorError(.zipDamaged, at: place, ["reason": reason])
  }

  /// Without folders and a Mac's own notes about files, which stand under the files' names.
  var files: [Entry] {
    entries.filter { entry in
      let last = entry.name.split(separator: "/").last ?? ""
      return !entry.name.hasPrefix("__MACOSX/") && !last.hasPrefix("._")
        && !entry.name.hasSuffix("/")
    }
  }

  // MARK: The directory

  /// Little-endian; bytes beyond the end count as zero, so that no offset can crash.
  private static func number(_ bytes: [UInt8], _ offset: Int, _ size: Int) -> Int {
    (0..<size).reduce(0) { sum, index in
      bytes.indices.contains(offset + index)
        ? sum | Int(bytes[offset + index]) << (8 * index) : sum
    }
  }

  /// The end record stands last, before a comment of at most 65,535 bytes.
  private static func endRecord(_ bytes: [UInt8]) -> Int? {
    var offset = bytes.count - 22
    while offset >= max(0, bytes.count - 22 - 65_535) {
      if number(bytes, offset, 4) == 0x0605_4B50 { return offset }
      offset -= 1
    }
    return nil
  }

  private static func entry(
    _ bytes: [UInt8], at offset: inout Int
  ) throws(VectorError) -> Entry {
    guard number(bytes, offset, 4) == 0x0201_4B50 else { throw damaged("no directory entry") }
    let nameBytes = number(bytes, offset + 28, 2)
    let start = offset + 46
    guard start + nameBytes <= bytes.count else { throw damaged("a name ends too early") }
    let name = String(decoding: bytes[start..<start + nameBytes], as: UTF8.self)
    let flags = number(bytes, offset + 8, 2)
    let entry = Entry(
      name: name, method: number(bytes, offset + 10, 2),
      packedBytes: number(bytes, offset + 20, 4), unpackedBytes: number(bytes, offset + 24, 4),
      checksum: UInt32(number(bytes, offset + 16, 4)),
      headerOffset: number(bytes, offset + 42, 4), isEncrypted: flags & 1 == 1)
    guard isSafe(name) else { throw VectorError(.zipUnsafeName, at: String(name.prefix(120))) }
    offset = start + nameBytes + number(bytes, offset + 30, 2) + number(bytes, offset + 32, 2)
    return entry
  }

  private static func isSafe(_ name: String) -> Bool {
    let steps = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    return !name.isEmpty && !name.hasPrefix("/") && !name.hasPrefix("\\")
      && !name.contains(":") && !name.unicodeScalars.contains { $0.value < 0x20 }
      && !steps.contains("..")
  }

  // MARK: Contents

  /// An entry's bytes, its size and checksum as the directory says.
  func contents(of entry: Entry) throws(VectorError) -> [UInt8] {
    guard !entry.isEncrypted, [0, 8].contains(entry.method),
      entry.packedBytes < 0xFFFF_FFFF, entry.unpackedBytes < 0xFFFF_FFFF
    else { throw VectorError(.zipNotSupported, at: entry.name) }
    guard entry.unpackedBytes <= entry.packedBytes * Self.mostRatio + Self.mostRatio else {
      throw Self.damaged("larger than deflate can make it", at: entry.name)
    }
    let header = entry.headerOffset
    guard Self.number(bytes, header, 4) == 0x0403_4B50 else {
      throw Self.damaged("no header", at: entry.name)
    }
    let start =
      header + 30 + Self.number(bytes, header + 26, 2) + Self.number(bytes, header + 28, 2)
    guard start + entry.packedBytes <= bytes.count else {
      throw Self.damaged("ends too early", at: entry.name)
    }
    let packed = bytes[start..<start + entry.packedBytes]
    let out = entry.method == 0 ? Array(packed) : try inflated(packed, entry)
    guard out.count == entry.unpackedBytes else {
      throw Self.damaged("another size than it says", at: entry.name)
    }
    let sum = unsafe out.withUnsafeBufferPointer {
      unsafe crc32(0, $0.baseAddress, UInt32($0.count))
    }
    guard UInt32(truncatingIfNeeded: sum) == entry.checksum || out.isEmpty else {
      throw Self.damaged("checksum", at: entry.name)
    }
    return out
  }

  /// Never more than the directory promised, which the limit covers.
  private func inflated(
    _ packed: ArraySlice<UInt8>, _ entry: Entry
  ) throws(VectorError) -> [UInt8] {
    // One byte of room too many shows an entry that unpacks to more than it says.
    var out = [UInt8](repeating: 0, count: entry.unpackedBytes + 1)
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    defer {
      unsafe inflateEnd(stream)
      unsafe stream.deallocate()
    }
    guard
      unsafe inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { throw Self.damaged("zlib", at: entry.name) }
    let status = unsafe packed.withUnsafeBufferPointer { input in
      unsafe out.withUnsafeMutableBufferPointer { output in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(output.count)
        return unsafe inflate(stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else {
      throw Self.damaged("not what it says", at: entry.name)
    }
    out.removeLast(Int(unsafe stream.pointee.avail_out))
    return out
  }
}
