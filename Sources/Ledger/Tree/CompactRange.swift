public import ValueTypes

/// The right frontier of a tree: the roots of its perfect subtrees, largest first.
///
/// There is one hash for each bit set in `size`, so at most 62. Appending costs two hashes on
/// average.
public struct CompactRange: Sendable, Equatable {
  public private(set) var size: Int64
  public private(set) var hashes: [SHA256Digest]

  public init() {
    size = 0
    hashes = []
  }

  /// Takes up a frontier stored before. Throws `invalidProof` unless the count fits the size.
  public init(size: Int64, hashes: [SHA256Digest]) throws(LedgerError) {
    guard size >= 0, size <= MerkleTree.maximumSize, hashes.count == size.nonzeroBitCount else {
      throw .invalidProof(
        reason: "a frontier of \(hashes.count) hashes does not fit a tree of \(size) leaves")
    }
    self.size = size
    self.hashes = hashes
  }

  /// Takes up a frontier from `bytes`: its hashes, 32 bytes each, one after the other.
  public init(size: Int64, bytes: [UInt8]) throws(LedgerError) {
    guard let hashes = SHA256Digest.list(bytes) else {
      throw .invalidProof(reason: "a frontier of \(bytes.count) bytes is no list of hashes")
    }
    try self.init(size: size, hashes: hashes)
  }

  public var bytes: [UInt8] { hashes.flatMap(\.bytes) }

  public mutating func append(_ leaf: SHA256Digest) {
    var ignored: [SHA256Digest] = []
    append(leaf, tileRoots: &ignored)
  }

  /// Appends, and adds to `tileRoots` the root of each tile that this leaf completes, lowest level
  /// first (a tile is a perfect subtree of 8, 16, … levels).
  mutating func append(_ leaf: SHA256Digest, tileRoots: inout [SHA256Digest]) {
    var hash = leaf
    // Each trailing one bit of the old size is a perfect subtree that is now completed.
    let merges = (~size).trailingZeroBitCount
    var level = 0
    while level < merges {
      hash = MerkleTree.nodeHash(hashes.removeLast(), hash)
      level += 1
      if level.isMultiple(of: 8) { tileRoots.append(hash) }
    }
    hashes.append(hash)
    size += 1
  }

  public var root: SHA256Digest { Self.root(over: hashes) }

  /// The root over the roots of perfect subtrees, largest first.
  static func root(over hashes: [SHA256Digest]) -> SHA256Digest {
    guard var root = hashes.last else { return MerkleTree.emptyRoot }
    for hash in hashes.dropLast().reversed() { root = MerkleTree.nodeHash(hash, root) }
    return root
  }
}

extension SHA256Digest {
  /// Splits bytes into digests; nil unless the count is a multiple of 32.
  static func list(_ bytes: [UInt8]) -> [SHA256Digest]? {
    guard bytes.count.isMultiple(of: 32) else { return nil }
    return stride(from: 0, to: bytes.count, by: 32).compactMap {
      SHA256Digest(bytes[$0..<($0 + 32)])
    }
  }
}
