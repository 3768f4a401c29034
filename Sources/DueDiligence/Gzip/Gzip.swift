import CZlib

/// The gzip format (RFC 1952), whole values in memory.
public enum Gzip {
  /// The most bytes that a file may unpack to (1 GiB); a small file can claim a thousand times
  /// its size.
  public static let mostBytes = 1 << 30
  /// The most packed bytes that are looked at (256 MiB).
  public static let mostPackedBytes = 1 << 28

  /// 15 bits of window, and 16 to ask zlib for a gzip wrapper.
  private static let windowBits: Int32 = 15 + 16
  private static let memoryLevel: Int32 = 8
  private static let chunkBytes = 1 << 16

  /// Packs bytes; the same bytes give the same file, which carries no name and no time.
  public static func pack(_ bytes: [UInt8]) throws(GzipError) -> [UInt8] {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    defer {
      unsafe deflateEnd(stream)
      unsafe stream.deallocate()
    }
    let started = unsafe deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard started == Z_OK else { throw .engine(status: started) }
    guard bytes.count <= mostBytes else { throw .tooLarge(limit: mostBytes) }
    var out = [UInt8](repeating: 0, count: Int(unsafe deflateBound(stream, UInt(bytes.count))))
    let status = unsafe bytes.withUnsafeBufferPointer { input in
      unsafe out.withUnsafeMutableBufferPointer { output in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(output.count)
        return unsafe deflate(stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else { throw .engine(status: status) }
    out.removeLast(Int(unsafe stream.pointee.avail_out))
    return out
  }

  /// Unpacks one gzip member that fills all of `bytes`.
  ///
  /// Throws `notGzip`, `damaged` or `truncated` with the byte at which reading ended, and
  /// `tooLarge` as soon as more than `limit` bytes come out.
  public static func unpack(
    _ bytes: [UInt8], limit: Int = mostBytes
  ) throws(GzipError) -> [UInt8] {
    guard bytes.count <= mostPackedBytes else { throw .tooLarge(limit: mostPackedBytes) }
    guard bytes.starts(with: [0x1F, 0x8B]) else { throw .notGzip }
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    defer {
      unsafe inflateEnd(stream)
      unsafe stream.deallocate()
    }
    let started = unsafe inflateInit2_(
      stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard started == Z_OK else { throw .engine(status: started) }
    var out: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: chunkBytes)
    var read = 0
    while true {
      let step = unsafe inflateStep(stream, bytes, from: read, into: &chunk)
      read += step.read
      out.append(contentsOf: chunk[..<step.written])
      guard out.count <= limit else { throw .tooLarge(limit: limit) }
      switch step.status {
      case Z_STREAM_END:
        guard read == bytes.count else { throw .damaged(offset: read, reason: "bytes follow") }
        return out
      case Z_OK where step.read > 0 || step.written > 0: continue
      case Z_OK, Z_BUF_ERROR: throw .truncated(offset: read)
      case Z_MEM_ERROR: throw .engine(status: step.status)
      default:
        let reason = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
        throw .damaged(offset: read, reason: reason ?? "not deflate data")
      }
    }
  }

  private struct Step {
    let status: Int32
    let read: Int
    let written: Int
  }

  private static func inflateStep(
    _ stream: UnsafeMutablePointer<z_stream>, _ bytes: [UInt8], from start: Int,
    into chunk: inout [UInt8]
  ) -> Step {
    unsafe bytes.withUnsafeBufferPointer { input in
      unsafe chunk.withUnsafeMutableBufferPointer { output in
        let left = input.count - start
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress.map { unsafe $0 + start })
        unsafe stream.pointee.avail_in = UInt32(left)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(output.count)
        let status = unsafe inflate(stream, Z_NO_FLUSH)
        return unsafe Step(
          status: status, read: left - Int(stream.pointee.avail_in),
          written: output.count - Int(stream.pointee.avail_out))
      }
    }
  }
}

/// Why bytes could not be packed or unpacked.
public enum GzipError: Error, Sendable, Hashable, CustomStringConvertible {
  case notGzip
  /// Reading ended at this byte of the packed file, counted from 0.
  case damaged(offset: Int, reason: String)
  case truncated(offset: Int)
  case tooLarge(limit: Int)
  /// zlib itself failed, with its status.
  case engine(status: Int32)

  /// A stable name.
  public var code: String {
    switch self {
    case .notGzip: "gzip-not-gzip"
    case .damaged: "gzip-damaged"
    case .truncated: "gzip-truncated"
    case .tooLarge: "gzip-too-large"
    case .engine: "gzip-engine"
    }
  }

  public var description: String {
    switch self {
    case .notGzip: "\(code): the file does not begin as gzip does; give the file as received"
    case .damaged(let offset, let reason):
      "\(code): damaged at byte \(offset) (\(reason)); ask for the file again"
    case .truncated(let offset):
      "\(code): the file ends at byte \(offset), before its end; ask for the file again"
    case .tooLarge(let limit): "\(code): more than \(limit) bytes"
    case .engine(let status): "\(code): zlib answered \(status)"
    }
  }
}
