import PostgreSQL
import ValueTypes

/// Cuts a proof out of the stored trie.
struct HeadsProving {
  private let store: HeadsStore
  private let session: Session
  private let bits: Int
  private var pages: [HeadsPageName: HeadsPage] = [:]
  private var buckets: [Int64: [StreamHead]] = [:]
  private var items: [HeadsProof.Item] = []

  /// The proof for some keys in the map as stored; in one snapshot of the database.
  static func proof(
    of keys: [SHA256Digest], map: HeadsMapRow, store: HeadsStore, _ session: Session
  ) async throws -> HeadsProof {
    guard map.root != HeadsMap.emptyRoot else { return HeadsProof(items: []) }
    var proving = HeadsProving(store: store, session: session, bits: map.bucketBits)
    let sorted = Set(keys).sorted()
    try await proving.load(sorted)
    try await proving.page(HeadsPageName(depth: 0, prefix: 0), sorted)
    return HeadsProof(items: proving.items)
  }

  private init(store: HeadsStore, session: Session, bits: Int) {
    self.store = store
    self.session = session
    self.bits = bits
  }

  /// What lies on the keys' own paths, which is nearly all, at once.
  private mutating func load(_ keys: [SHA256Digest]) async throws {
    var names: Set<HeadsPageName> = []
    for key in keys {
      for depth in stride(from: 0, to: bits, by: HeadsPage.bits) {
        names.insert(HeadsPageName(depth: depth, prefix: key.prefix(bits: depth)))
      }
    }
    pages = try await store.pages(Array(names), session)
    let prefixes = Set(keys.map { $0.prefix(bits: bits) }).sorted()
    buckets = try await store.buckets(prefixes, bits: bits, session)
  }

  private mutating func page(_ name: HeadsPageName, _ keys: [SHA256Digest]) async throws {
    if pages[name] == nil { pages.merge(try await store.pages([name], session)) { old, _ in old } }
    guard let page = pages[name] else {
      throw LedgerError.inconsistent(size: 0, reason: "a page of the map of heads is missing")
    }
    try await part(of: page, name, 0..<HeadsPage.width, keys)
  }

  /// One range of a page's children; `keys` is not empty and neither is the range.
  private mutating func part(
    of page: HeadsPage, _ name: HeadsPageName, _ range: Range<Int>, _ keys: [SHA256Digest]
  ) async throws {
    guard range.count > 1 else {
      let prefix = name.prefix << Int64(HeadsPage.bits) | Int64(range.lowerBound)
      let depth = name.depth + HeadsPage.bits
      if depth < bits { return try await self.page(.init(depth: depth, prefix: prefix), keys) }
      return try await bucket(prefix, keys)
    }
    let middle = range.lowerBound + range.count / 2
    let (low, high) = (range.lowerBound..<middle, middle..<range.upperBound)
    let (left, right) = (page.root(of: low), page.root(of: high))
    // Where one side is empty there is no branch: every key goes the other way.
    if left == HeadsMap.emptyRoot { return try await part(of: page, name, high, keys) }
    if right == HeadsMap.emptyRoot { return try await part(of: page, name, low, keys) }
    let depth = page.bit(of: range)
    items.append(.branch(depth: depth))
    for (side, hash, isOne) in [(low, left, false), (high, right, true)] {
      let taken = keys.filter { $0.bit(depth) == isOne }
      if taken.isEmpty {
        items.append(.hash(hash))
      } else {
        try await part(of: page, name, side, taken)
      }
    }
  }

  private mutating func bucket(_ prefix: Int64, _ keys: [SHA256Digest]) async throws {
    if buckets[prefix] == nil {
      buckets.merge(try await store.buckets([prefix], bits: bits, session)) { old, _ in old }
    }
    guard let leaves = buckets[prefix], !leaves.isEmpty else {
      throw LedgerError.inconsistent(size: 0, reason: "a bucket of the map of heads is missing")
    }
    Self.cut(leaves[...], keys, into: &items)
  }

  /// The trie over sorted leaves; their first and last key part at the topmost branch.
  static func cut(
    _ leaves: ArraySlice<StreamHead>, _ keys: [SHA256Digest], into items: inout [HeadsProof.Item]
  ) {
    guard !keys.isEmpty else {
      items.append(.hash(HeadsMap.root(sorted: leaves)))
      return
    }
    guard let first = leaves.first, let last = leaves.last,
      let depth = first.key.firstDifference(from: last.key)
    else {
      if let only = leaves.first { items.append(.leaf(only)) }
      return
    }
    items.append(.branch(depth: depth))
    let middle = leaves.firstIndex { $0.key.bit(depth) } ?? leaves.endIndex
    cut(leaves[..<middle], keys.filter { !$0.bit(depth) }, into: &items)
    cut(leaves[middle...], keys.filter { $0.bit(depth) }, into: &items)
  }
}

extension HeadsProof {
  /// The proof for some streams in the map of these heads, given in the order of their keys.
  public init(of streams: some Sequence<StreamName>, sorted heads: [StreamHead]) {
    var items: [Item] = []
    let keys = Set(streams.map(HeadsMap.key(of:))).sorted()
    if !heads.isEmpty { HeadsProving.cut(heads[...], keys, into: &items) }
    self.init(items: items)
  }
}
