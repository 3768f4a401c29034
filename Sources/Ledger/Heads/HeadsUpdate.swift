import PostgreSQL
import ValueTypes

extension HeadsStore {
  /// Events taken at a time, so that memory stays flat.
  private static let eventsAtOnce: Int64 = 20_000

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
    let end = min(size, map.size + Self.eventsAtOnce)
    try await apply(try await heads(in: map.size..<end, session), to: &map, session)
    map.size = end
    try await store(map, session)
    return map
  }

  private func apply(
    _ heads: [StreamHead], to map: inout HeadsMapRow, _ session: Session
  ) async throws {
    map.streams += try await store(heads, session)
    let bits = HeadsMapRow.bits(for: map.streams)
    if bits == map.bucketBits {
      map.root = try await refresh(Set(heads.map { $0.key.prefix(bits: bits) }), bits, session)
    } else {
      map.bucketBits = bits
      map.root = try await rebuild(bits, session)
    }
  }

  /// Folds the touched buckets anew, then the pages above them.
  private func refresh(
    _ prefixes: Set<Int64>, _ bits: Int, _ session: Session
  ) async throws -> SHA256Digest {
    let touched = prefixes.sorted()
    let leaves = try await buckets(touched, bits: bits, session)
    var roots: [Int64: SHA256Digest] = [:]
    for prefix in touched { roots[prefix] = HeadsMap.root(sorted: leaves[prefix] ?? []) }
    return try await raise(roots, bits: bits, session)
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
