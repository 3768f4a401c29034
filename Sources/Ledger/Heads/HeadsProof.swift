public import ValueTypes

/// Proves of some streams where they stand in a map of heads, or that they are not in it.
///
/// The trie in pre-order, cut to the paths that the streams' keys take: a branch is followed by its
/// two sides; a side that no key takes is only its hash; a path ends at a leaf, which is the
/// stream's own or, where the stream is not in the map, another's.
public struct HeadsProof: Sendable, Hashable {
  public enum Item: Sendable, Hashable {
    case branch(depth: Int)
    case hash(SHA256Digest)
    case leaf(StreamHead)
  }

  public var items: [Item]

  public init(items: [Item]) { self.items = items }

  /// Checks the proof against the root of a map for exactly these streams.
  ///
  /// Returns the heads of those that are in the map; the others are proven not to be. Throws
  /// `invalidProof` for a proof that leads to another root, or does not have exactly what these
  /// streams need.
  public func verify(
    _ streams: some Sequence<StreamName>, root: SHA256Digest
  ) throws(LedgerError) -> [StreamName: StreamHead] {
    var names: [SHA256Digest: StreamName] = [:]
    for stream in streams { names[HeadsMap.key(of: stream)] = stream }
    let keys = names.keys.sorted()
    guard !keys.isEmpty else { throw .invalidProof(reason: "no stream is asked for") }
    var walk = Walk(items: items[...])
    let found = items.isEmpty ? HeadsMap.emptyRoot : try walk.node(keys[...], below: -1)
    guard walk.items.isEmpty else {
      throw .invalidProof(reason: "\(walk.items.count) items are not part of the proof")
    }
    guard found == root else {
      throw .invalidProof(reason: "the heads lead to another root than \(root)")
    }
    var heads: [StreamName: StreamHead] = [:]
    for head in walk.found { if let name = names[head.key] { heads[name] = head } }
    return heads
  }

  private struct Walk {
    var items: ArraySlice<Item>
    var found: [StreamHead] = []

    /// At most 256 deep, since depths rise.
    mutating func node(
      _ keys: ArraySlice<SHA256Digest>, below last: Int
    ) throws(LedgerError) -> SHA256Digest {
      switch items.popFirst() {
      case .hash(let hash):
        guard keys.isEmpty else { throw .invalidProof(reason: "the path of a stream breaks off") }
        return hash
      case .leaf(let head):
        guard !keys.isEmpty else { throw .invalidProof(reason: "a leaf that nobody asked for") }
        if keys.contains(head.key) { found.append(head) }
        return HeadsMap.leafHash(head)
      case .branch(let depth):
        guard !keys.isEmpty, depth > last, depth < HeadsMap.keyBits else {
          throw .invalidProof(reason: "a branch where none can be")
        }
        // The keys may differ in bits that make no branch, so they are parted one by one.
        let left = keys.filter { !$0.bit(depth) }
        let right = keys.filter { $0.bit(depth) }
        let first = try node(left[...], below: depth)
        let second = try node(right[...], below: depth)
        return HeadsMap.branchHash(depth: depth, first, second)
      case nil: throw .invalidProof(reason: "the proof ends too early")
      }
    }
  }
}

extension HeadsProof.Item {
  /// One word: `b17`, `h` and 64 hexadecimal digits, or `l` with key, version and position.
  public var text: String {
    switch self {
    case .branch(let depth): "b\(depth)"
    case .hash(let hash): "h\(hash)"
    case .leaf(let head): "l\(head.key):\(head.version):\(head.lastPosition)"
    }
  }

  /// Nil for anything that `text` would write otherwise.
  public init?(text: String) {
    let rest = text.dropFirst()
    let item: HeadsProof.Item?
    switch text.first {
    case "b": item = Int(rest).map { .branch(depth: $0) }
    case "h": item = SHA256Digest(hex: rest).map { .hash($0) }
    case "l":
      let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 3, let key = SHA256Digest(hex: parts[0]), let version = Int64(parts[1]),
        let position = Int64(parts[2])
      else { return nil }
      item = .leaf(StreamHead(key: key, version: version, lastPosition: position))
    default: item = nil
    }
    guard let item, item.text.utf8.elementsEqual(text.utf8) else { return nil }
    self = item
  }
}
