import ValueTypes

/// Gives the bytes of a tile or a bundle; nil where there is none.
typealias TileReader = @Sendable (TilePath) throws(LedgerError) -> [UInt8]?

/// The tree over a log's entries, built from the roots of its bundles and held against the tiles of
/// its upper levels.
struct LogTree: Sendable {
  let size: Int64
  private let tile: TileReader
  /// Row n has the hashes of tree level 8 × (n + 1) that are in no full tile.
  private var rows: [[SHA256Digest]] = []
  /// The leaves of the last bundle, where it is not full.
  private var tail: [SHA256Digest] = []
  /// Full bundles so far.
  private var bundles: Int64 = 0
  /// The level-1 tile that was read last.
  private var parents: (index: Int64, hashes: [SHA256Digest])?

  init(size: Int64, tile: @escaping TileReader) {
    self.size = size
    self.tile = tile
  }

  /// What the tile above says of a full bundle's root; nil where it says nothing.
  mutating func parent(of bundle: Int64) throws(LedgerError) -> SHA256Digest? {
    let width = Int64(TilePath.fullWidth)
    if parents?.index != bundle / width {
      let row = TileRow(kind: .hashes(level: 1), width: size / width)
      let path = try row.tile(at: bundle / width)
      let hashes = try tile(path).flatMap(SHA256Digest.list) ?? []
      parents = (bundle / width, hashes.count == path.width ? hashes : [])
    }
    let offset = Int(bundle % width)
    return parents.flatMap { $0.hashes.isEmpty ? nil : $0.hashes[offset] }
  }

  /// Adds a full bundle's root. Tiles above that become full and are not as they must be are
  /// reported.
  mutating func append(_ root: SHA256Digest, _ report: inout LogAuditReport) throws(LedgerError) {
    bundles += 1
    var hash = root
    var level = 1
    while true {
      if rows.count < level { rows.append([]) }
      rows[level - 1].append(hash)
      guard rows[level - 1].count == TilePath.fullWidth else { return }
      let index = bundles >> Int64(8 * level) - 1
      try check(try TilePath(kind: .hashes(level: level), index: index), &report)
      hash = MerkleTree.root(leaves: rows[level - 1])
      rows[level - 1] = []
      level += 1
    }
  }

  /// Ends with a bundle that is not full, and holds the tiles above that are not full against
  /// their rows.
  mutating func finish(
    _ leaves: [SHA256Digest], _ report: inout LogAuditReport
  ) throws(LedgerError) {
    tail = leaves
    for (row, hashes) in rows.enumerated() where !hashes.isEmpty {
      let path = try TilePath(
        kind: .hashes(level: row + 1), index: size >> Int64(8 * (row + 2)), width: hashes.count)
      try check(path, &report)
    }
  }

  /// Holds a tile's file against the row that it must have.
  private func check(_ path: TilePath, _ report: inout LogAuditReport) throws(LedgerError) {
    guard case .hashes(let level) = path.kind else { return }
    report.audit.tiles += 1
    let shift = Int64(8 * level)
    let first = (path.index * Int64(TilePath.fullWidth)) << shift
    let place = first..<(first + Int64(path.width) << shift)
    guard let bytes = try tile(path) else {
      return report.add(.tileChanged, at: place, "\(path.path) is missing")
    }
    if bytes != rows[level - 1].flatMap(\.bytes) {
      report.add(
        .tileChanged, at: place, "\(path.path) does not hold the roots of the tiles below it")
    }
  }

  /// The root of all that was added.
  var root: SHA256Digest { root(with: tail) }

  /// The root of the tree that ends with some leaves of the next bundle.
  func root(with leaves: some Sequence<SHA256Digest>) -> SHA256Digest {
    var parts = rows
    var last = CompactRange()
    for leaf in leaves { last.append(leaf) }
    // All of a bundle is one hash of the row above.
    if last.size == Int64(TilePath.fullWidth) {
      if parts.isEmpty { parts.append([]) }
      parts[0].append(last.root)
      last = CompactRange()
    }
    var hashes: [SHA256Digest] = []
    for row in parts.reversed() {
      var range = CompactRange()
      for hash in row { range.append(hash) }
      hashes += range.hashes
    }
    return CompactRange.root(over: hashes + last.hashes)
  }
}
