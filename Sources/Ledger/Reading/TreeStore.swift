import PostgreSQL
import ValueTypes

/// Reads hashes of one ledger's tree: full tiles as stored, what is in no full tile from the leaf
/// hashes of the events and the roots of the tiles below.
struct TreeStore: Sendable {
  let ledger: Int64

  /// Tiles read at a time; 8 KiB each.
  private static let tilesAtOnce = 512

  private struct Tile: Hashable {
    let level: Int
    let index: Int64
  }

  /// The hashes of perfect nodes. A node that is not (yet) there is left out.
  func hashes(
    of nodes: Set<TreeNode>, _ session: Session
  ) async throws -> [TreeNode: SHA256Digest] {
    var wanted: [Tile: [TreeNode]] = [:]
    for node in nodes {
      let tileLevel = node.level / 8
      // A node of level 8n + k covers 2^k hashes of tile level n, all in one tile.
      let index = node.index >> Int64(8 - node.level % 8)
      wanted[Tile(level: tileLevel, index: index), default: []].append(node)
    }
    var found: [TreeNode: SHA256Digest] = [:]
    var tiles = Array(wanted.keys)[...]
    while !tiles.isEmpty {
      let rows = try await load(Array(tiles.prefix(Self.tilesAtOnce)), session)
      tiles = tiles.dropFirst(Self.tilesAtOnce)
      for (tile, hashes) in rows {
        for node in wanted[tile, default: []] {
          found[node] = Self.fold(node, tile: tile.index, hashes)
        }
      }
    }
    return found
  }

  private static func fold(
    _ node: TreeNode, tile: Int64, _ hashes: [SHA256Digest]
  ) -> SHA256Digest? {
    let count = 1 << (node.level % 8)
    let start = Int(node.index << Int64(node.level % 8) - tile << 8)
    guard start >= 0, start + count <= hashes.count else { return nil }
    return MerkleTree.root(leaves: hashes[start..<(start + count)])
  }

  private func load(_ tiles: [Tile], _ session: Session) async throws -> [Tile: [SHA256Digest]] {
    let rows = try await session.query(
      """
      SELECT t.level, t.index, t.hashes
      FROM unnest(\(tiles.map { Int16($0.level) }), \(tiles.map(\.index))) AS w(level, index)
      JOIN raiz.tiles t ON t.ledger = \(ledger) AND t.level = w.level AND t.index = w.index
      """)
    var loaded: [Tile: [SHA256Digest]] = [:]
    for row in rows {
      let level: Int16 = try row.decode(0)
      let tile = Tile(level: Int(level), index: try row.decode(1))
      loaded[tile] = SHA256Digest.list(try row.decode(2, as: [UInt8].self))
    }
    for tile in tiles where loaded[tile] == nil {
      loaded[tile] = try await row(level: tile.level, from: tile.index << 8, session)
    }
    return loaded
  }

  /// Up to 256 hashes of a tile level from the given index on, where no full tile has them.
  func row(level: Int, from index: Int64, _ session: Session) async throws -> [SHA256Digest] {
    let rows: [Row]
    if level == 0 {
      rows = try await session.query(
        """
        SELECT leaf_hash FROM raiz.events
        WHERE ledger = \(ledger) AND position >= \(index) AND position < \(index + 256)
        ORDER BY position
        """)
    } else {
      rows = try await session.query(
        """
        SELECT root FROM raiz.tiles
        WHERE ledger = \(ledger) AND level = \(Int16(level - 1)) AND index >= \(index)
          AND index < \(index + 256)
        ORDER BY index
        """)
    }
    return try rows.compactMap { SHA256Digest(try $0.decode(0, as: [UInt8].self)) }
  }

  /// What a writer needs to go on at `head`. Throws `inconsistent` if the hashes do not fit it.
  func tail(at head: LedgerHead, _ session: Session) async throws -> TreeTail {
    var rows: [[SHA256Digest]] = []
    for level in 0..<TreeTail.rowCount(head.size) {
      let count = TreeTail.unfinished(head.size, level: level)
      let start = head.size >> Int64(8 * level) - Int64(count)
      // Another server may have gone on meanwhile; its hashes are not part of this tail.
      rows.append(Array(try await row(level: level, from: start, session).prefix(count)))
    }
    return try TreeTail(range: head.range, rows: rows)
  }

  /// The root of the tree's first `size` leaves.
  func root(of size: Int64, _ session: Session) async throws -> SHA256Digest {
    let plan = ProofPlan(ranges: [0..<size])
    let known = try await hashes(of: plan.nodes, session)
    return try ProofPlan.root(of: 0..<size, known)
  }
}
