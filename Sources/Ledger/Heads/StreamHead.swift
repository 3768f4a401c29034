public import ValueTypes

/// Where a stream stands: its newest version, and the position of that event.
public struct StreamHead: Sendable, Hashable, Codable {
  /// `SHA-256` of the stream's name in UTF-8: the place in the map.
  public let key: SHA256Digest
  public let version: Int64
  public let lastPosition: Int64

  public init(key: SHA256Digest, version: Int64, lastPosition: Int64) {
    self.key = key
    self.version = version
    self.lastPosition = lastPosition
  }

  public init(stream: StreamName, version: Int64, lastPosition: Int64) {
    self.init(key: HeadsMap.key(of: stream), version: version, lastPosition: lastPosition)
  }
}

/// The map from every stream to its head: a binary trie over the keys in which only the bits at
/// which keys part make a branch (a PATRICIA or crit-bit tree), hashed from the leaves up.
///
/// - leaf: `SHA-256(0x02 ‖ key ‖ version ‖ last position)`, both numbers as big-endian 64 bits;
/// - branch: `SHA-256(0x03 ‖ depth ‖ left ‖ right)`, where `depth`, one byte, is the number of the
///   first bit (0 is the most significant) at which the keys below differ, left has 0 there;
/// - the map of no stream: 32 zero bytes.
///
/// A set of heads has exactly one such trie. The construction and its security argument are in
/// `docs/ledger.md`.
public enum HeadsMap {
  public static let emptyRoot = SHA256Digest([UInt8](repeating: 0, count: 32))!  // 32 bytes

  static let keyBits = 256

  public static func key(of stream: StreamName) -> SHA256Digest {
    MerkleTree.digest(Array(stream.text.utf8))
  }

  static func leafHash(_ head: StreamHead) -> SHA256Digest {
    var input: [UInt8] = [2]
    input.reserveCapacity(49)
    input += head.key.bytes
    for number in [head.version, head.lastPosition] {
      for shift in stride(from: 56, through: 0, by: -8) {
        input.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
      }
    }
    return MerkleTree.digest(input)
  }

  /// `depth` is 0…255.
  static func branchHash(depth: Int, _ left: SHA256Digest, _ right: SHA256Digest) -> SHA256Digest {
    MerkleTree.digest([3, UInt8(truncatingIfNeeded: depth)] + left.bytes + right.bytes)
  }

  /// The root over what lies left and right of the bit `depth`; an empty side makes no branch.
  static func combine(
    depth: Int, _ left: SHA256Digest, _ right: SHA256Digest
  ) -> SHA256Digest {
    if left == emptyRoot { return right }
    if right == emptyRoot { return left }
    return branchHash(depth: depth, left, right)
  }

  /// The root over all heads, given in the order of their keys, no key twice.
  public static func root(sorted heads: some Sequence<StreamHead>) -> SHA256Digest {
    var builder = HeadsRootBuilder()
    for head in heads { builder.append(head) }
    return builder.root
  }
}

/// Folds heads that come in the order of their keys; holds one hash for each open branch, at most
/// 256.
public struct HeadsRootBuilder: Sendable {
  private var hashes: [SHA256Digest] = []
  /// The bit at which each hash parts from the next; strictly rising.
  private var partings: [Int] = []
  private var last: SHA256Digest?
  public private(set) var count: Int64 = 0

  public init() {}

  /// Heads must come in the order of keys; one that does not is passed over.
  public mutating func append(_ head: StreamHead) {
    if let last {
      guard last < head.key, let depth = last.firstDifference(from: head.key) else { return }
      close(above: depth)
      partings.append(depth)
    }
    hashes.append(HeadsMap.leafHash(head))
    last = head.key
    count += 1
  }

  private mutating func close(above depth: Int) {
    while let parting = partings.last, parting > depth {
      partings.removeLast()
      let right = hashes.removeLast()
      let left = hashes.removeLast()
      hashes.append(HeadsMap.branchHash(depth: parting, left, right))
    }
  }

  public var root: SHA256Digest {
    var whole = self
    whole.close(above: -1)
    return whole.hashes.first ?? HeadsMap.emptyRoot
  }
}

extension SHA256Digest {
  /// The bit number `index`, 0 the most significant; `index` is 0…255.
  func bit(_ index: Int) -> Bool { word(index >> 6) >> UInt64(63 - index & 63) & 1 == 1 }

  /// The number of the first bit that differs; nil if none does.
  func firstDifference(from other: SHA256Digest) -> Int? {
    for index in 0..<4 {
      let difference = word(index) ^ other.word(index)
      if difference != 0 { return index * 64 + difference.leadingZeroBitCount }
    }
    return nil
  }

  /// The first `bits` bits as a number; `bits` is 0…32.
  func prefix(bits: Int) -> Int64 {
    bits == 0 ? 0 : Int64(word(0) >> UInt64(64 - bits))
  }
}
