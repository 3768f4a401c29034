import PostgreSQL
import ValueTypes

extension HeadsStore {
  /// Brings the map to cover the events before `size`; does nothing if it covers more already.
  ///
  /// Each step is a transaction of its own, and holds the map's row: two servers take turns.
  /// Throws `headsBusy` if another's turn does not end.
  func update(to size: Int64, _ session: Session) async throws -> HeadsMapRow {
    while true {
      let map: HeadsMapRow
      do {
        map = try await session.transaction { try await step(to: size, $0) }
      } catch let error as PostgresError where error.sqlState == Self.lockNotAvailable {
        throw LedgerError.headsBusy
      }
      if map.size >= size { return map }
    }
  }

  private static let lockNotAvailable = "55P03"

  private func step(to size: Int64, _ session: Session) async throws -> HeadsMapRow {
    // Another server may hang while it holds the row; the ledger's writer may wait for us.
    try await session.execute("SET LOCAL lock_timeout = '1s'")
    try await makeMap(session)
    guard var map = try await self.map(session, locked: true) else {
      throw LedgerError.notFound(what: "map of heads")
    }
    guard map.size < size else { return map }
    let end = min(size, map.size + span(of: map))
    try await take(map.size..<end, into: &map, session)
    map.size = end
    try await store(map, session)
    return map
  }

  /// Events of a step. A long one touches nearly all buckets, so it covers as many events as there
  /// are streams: folding the buckets then costs an event the same however large the ledger is.
  private func span(of map: HeadsMapRow) -> Int64 {
    max(eventsAtOnce, min(map.streams, eventsAtOnce * Self.mostParts))
  }

  /// Others wait for the map meanwhile.
  private static let mostParts: Int64 = 50

  private func take(
    _ range: Range<Int64>, into map: inout HeadsMapRow, _ session: Session
  ) async throws {
    var touched = BucketSet(bits: map.bucketBits)
    for first in stride(from: range.lowerBound, to: range.upperBound, by: Int(eventsAtOnce)) {
      let part = first..<min(first + eventsAtOnce, range.upperBound)
      let heads = try await heads(in: part, session)
      map.streams += try await store(heads, session)
      for head in heads { touched.insert(head.key.prefix(bits: map.bucketBits)) }
    }
    let bits = HeadsMapRow.bits(for: map.streams)
    if bits == map.bucketBits {
      map.root = try await refresh(touched, bits, session) ?? map.root
    } else {
      map.bucketBits = bits
      map.root = try await rebuild(bits, session)
    }
  }

  /// Folds the touched buckets anew, then the pages above them; nil if there are none.
  private func refresh(
    _ touched: BucketSet, _ bits: Int, _ session: Session
  ) async throws -> SHA256Digest? {
    var root: SHA256Digest?
    var next: Int64 = 0
    while let prefixes = touched.next(Self.bucketsRaised, from: &next) {
      let leaves = try await buckets(prefixes, bits: bits, session)
      var roots: [Int64: SHA256Digest] = [:]
      for prefix in prefixes { roots[prefix] = HeadsMap.root(sorted: leaves[prefix] ?? []) }
      root = try await raise(roots, bits: bits, session)
    }
    return root
  }

  /// Sets roots of subtrees under prefixes of `bits` bits, and all above them; returns the root.
  private func raise(
    _ roots: [Int64: SHA256Digest], bits: Int, _ session: Session
  ) async throws -> SHA256Digest {
    var (roots, bits) = (roots, bits)
    while bits > 0 {
      let names = Set(roots.keys.map { HeadsPageName.above($0, bits: bits).page })
      var pages = try await pages(Array(names), session)
      for (prefix, root) in roots {
        let (name, child) = HeadsPageName.above(prefix, bits: bits)
        pages[name, default: HeadsPage(depth: name.depth)][child] = root
      }
      try await store(pages, session)
      bits -= HeadsPage.bits
      roots = [:]
      for (name, page) in pages { roots[name.prefix] = page.root }
    }
    return roots[0] ?? HeadsMap.emptyRoot
  }

  /// Buckets folded before they are raised together.
  private static let bucketsRaised = 4_096

  /// Makes all pages anew, for buckets of another width.
  private func rebuild(_ bits: Int, _ session: Session) async throws -> SHA256Digest {
    try await removePages(session)
    var roots: [Int64: SHA256Digest] = [:]
    var bucket: [StreamHead] = []
    var last: SHA256Digest?
    while true {
      let leaves = try await self.leaves(after: last, session)
      for head in leaves {
        if let first = bucket.first, first.key.prefix(bits: bits) != head.key.prefix(bits: bits) {
          roots[first.key.prefix(bits: bits)] = HeadsMap.root(sorted: bucket)
          bucket = []
        }
        bucket.append(head)
      }
      last = leaves.last?.key
      if leaves.isEmpty, let first = bucket.first {
        roots[first.key.prefix(bits: bits)] = HeadsMap.root(sorted: bucket)
      }
      if leaves.isEmpty || roots.count >= Self.bucketsRaised {
        let root = try await raise(roots, bits: bits, session)
        if leaves.isEmpty { return root }
        roots = [:]
      }
    }
  }
}

/// Buckets by their prefixes, a bit each.
private struct BucketSet {
  private var words: [UInt64]

  /// - Parameter bits: of a prefix.
  init(bits: Int) { words = [UInt64](repeating: 0, count: max(1, (1 << bits) >> 6)) }

  mutating func insert(_ prefix: Int64) {
    words[Int(prefix >> 6)] |= 1 << UInt64(prefix & 63)
  }

  /// The next prefixes in their order, at most so many; nil if there are no more.
  func next(_ most: Int, from place: inout Int64) -> [Int64]? {
    var found: [Int64] = []
    let end = Int64(words.count * 64)
    while place < end, found.count < most {
      let rest = words[Int(place >> 6)] >> UInt64(place & 63)
      if rest == 0 {
        place = ((place >> 6) + 1) << 6
      } else {
        place += Int64(rest.trailingZeroBitCount)
        found.append(place)
        place += 1
      }
    }
    return found.isEmpty ? nil : found
  }
}
