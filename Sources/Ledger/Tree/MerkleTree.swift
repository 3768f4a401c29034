public import ValueTypes

import struct Crypto.SHA256

/// The hashes of RFC 6962 section 2.1, and what can be checked with them.
public enum MerkleTree {
  /// Trees beyond 2^62 leaves are refused, so that index arithmetic cannot overflow.
  public static let maximumSize: Int64 = 1 << 62

  /// `SHA-256("")`, the root of the tree without leaves.
  public static let emptyRoot = digest([])

  /// `SHA-256(0x00 ‖ entry)`.
  public static func leafHash(_ entry: [UInt8]) -> SHA256Digest { leafHash(entry.span) }

  /// `SHA-256(0x00 ‖ entry)`.
  public static func leafHash(_ entry: ArraySlice<UInt8>) -> SHA256Digest { leafHash(entry.span) }

  /// `SHA-256(0x00 ‖ entry)`, of an entry that lies in other bytes.
  public static func leafHash(_ entry: Span<UInt8>) -> SHA256Digest {
    // In one piece: a hash that is fed in two costs more than the copy.
    unsafe withUnsafeTemporaryAllocation(byteCount: entry.count + 1, alignment: 8) { input in
      unsafe input[0] = 0
      unsafe entry.withUnsafeBytes {
        unsafe UnsafeMutableRawBufferPointer(rebasing: input[1...]).copyMemory(from: $0)
      }
      return unsafe digest(UnsafeRawBufferPointer(input))
    }
  }

  /// `SHA-256(0x01 ‖ left ‖ right)`.
  public static func nodeHash(_ left: SHA256Digest, _ right: SHA256Digest) -> SHA256Digest {
    unsafe withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { input in
      unsafe input[0] = 1
      unsafe left.copy(to: UnsafeMutableRawBufferPointer(rebasing: input[1..<33]))
      unsafe right.copy(to: UnsafeMutableRawBufferPointer(rebasing: input[33..<65]))
      return unsafe digest(UnsafeRawBufferPointer(input))
    }
  }

  private static func digest(_ input: UnsafeRawBufferPointer) -> SHA256Digest {
    var hasher = SHA256()
    unsafe hasher.update(bufferPointer: input)
    return finished(hasher.finalize())
  }

  /// Plain SHA-256 of some bytes.
  public static func digest(_ bytes: [UInt8]) -> SHA256Digest {
    unsafe bytes.withUnsafeBytes { unsafe digest($0) }
  }

  private static func finished(_ digest: SHA256.Digest) -> SHA256Digest {
    unsafe digest.withUnsafeBytes { unsafe SHA256Digest(copying: $0) }!  // SHA-256 gives 32 bytes
  }

  /// The root over given leaf hashes; every perfect subtree is folded as soon as it is full.
  public static func root(leaves: some Sequence<SHA256Digest>) -> SHA256Digest {
    var range = CompactRange()
    for leaf in leaves { range.append(leaf) }
    return range.root
  }

  /// The largest power of two below `count` (RFC 6962's k); `count` is at least 2.
  static func split(_ count: Int64) -> Int64 {
    1 << (63 - (count - 1).leadingZeroBitCount)
  }
}
