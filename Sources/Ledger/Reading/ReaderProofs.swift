import PostgreSQL
public import ValueTypes

extension LedgerReader {
  /// The fewest hashes that lead from the events at these positions to the root of the tree of
  /// `treeSize` events. Throws `invalidProof` for positions outside it, and `notFound` if the
  /// ledger is smaller.
  public func inclusion(of positions: [Int64], treeSize: Int64) async throws -> MultiProof {
    let ranges = try MultiProof.ranges(of: positions, treeSize: treeSize)
    let hashes = try await hashes(ranges)
    let nodes = zip(ranges, hashes).map { range, hash in
      (node: TreeNode(over: range), hash: hash)
    }
    return MultiProof(
      treeSize: treeSize,
      nodes: nodes.sorted { $0.node < $1.node }.map {
        MultiProof.Node(level: $0.node.level, index: $0.node.index, hash: $0.hash)
      })
  }

  /// The inclusion proof of one event (RFC 6962 section 2.1.1), lowest hash first.
  public func inclusionProof(of position: Int64, treeSize: Int64) async throws -> [SHA256Digest] {
    try await hashes(try MerkleTree.inclusionRanges(of: position, treeSize: treeSize))
  }

  /// The consistency proof between two sizes (RFC 6962 section 2.1.2).
  public func consistencyProof(from first: Int64, to second: Int64) async throws -> [SHA256Digest] {
    try await hashes(try MerkleTree.consistencyRanges(from: first, to: second))
  }

  /// The root of the tree's first `size` events, from stored hashes.
  public func root(of size: Int64) async throws -> SHA256Digest {
    guard size > 0 else { return MerkleTree.emptyRoot }
    return try await hashes([0..<size])[0]
  }

  /// The leaf hash of one event. Throws `notFound` if there is no such event.
  public func leafHash(of position: Int64) async throws -> SHA256Digest {
    try await hashes([position..<(position + 1)])[0]
  }

  private func hashes(_ ranges: [Range<Int64>]) async throws -> [SHA256Digest] {
    let plan = ProofPlan(ranges: ranges)
    let store = TreeStore(ledger: ledger)
    let nodes = plan.nodes
    let known = try await pool.repeatable { try await store.hashes(of: nodes, $0) }
    return try plan.hashes(known)
  }

  /// The bytes of a tile or entry bundle (C2SP tlog-tiles). Throws `notFound` if the ledger is not
  /// yet that wide.
  public func tile(_ path: TilePath) async throws -> [UInt8] {
    let first = path.index * Int64(TilePath.fullWidth)
    switch path.kind {
    case .hashes(let level):
      // Level 8 would need 2^64 events.
      guard level < 8 else { throw LedgerError.notFound(what: path.path) }
      if path.width == TilePath.fullWidth { return try await fullTile(level: level, path) }
      let store = TreeStore(ledger: ledger)
      let row = try await pool.repeatable {
        try await store.row(level: level, from: first, $0)
      }
      guard row.count >= path.width else { throw LedgerError.notFound(what: path.path) }
      return row.prefix(path.width).flatMap(\.bytes)
    case .entries:
      let rows = try await query(
        """
        SELECT bytes FROM raiz.events
        WHERE ledger = \(ledger) AND position >= \(first)
          AND position < \(first + Int64(path.width))
        ORDER BY position
        """)
      guard rows.count == path.width else { throw LedgerError.notFound(what: path.path) }
      return try EntryBundle.encode(try rows.map { try $0.decode(0) })
    }
  }

  private func fullTile(level: Int, _ path: TilePath) async throws -> [UInt8] {
    let rows = try await query(
      """
      SELECT hashes FROM raiz.tiles
      WHERE ledger = \(ledger) AND level = \(Int16(level)) AND index = \(path.index)
      """)
    guard let row = rows.first else { throw LedgerError.notFound(what: path.path) }
    return try row.decode(0)
  }
}
