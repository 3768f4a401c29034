import ValueTypes

/// A full tile: 256 hashes of tree level 8 × `level`, and the root over them.
struct FullTile: Sendable, Equatable {
  let level: Int
  let index: Int64
  let root: SHA256Digest
  let hashes: [SHA256Digest]
}

/// What a writer must remember of a tree to go on with it: the frontier, and of each level the
/// hashes of the tile that is not yet full.
struct TreeTail: Sendable, Equatable {
  private(set) var range: CompactRange
  /// Row n holds the hashes of tree level 8n that are in no full tile; at most 255.
  private(set) var rows: [[SHA256Digest]]

  init() {
    range = CompactRange()
    rows = []
  }

  /// Takes up a stored tail. Throws `inconsistent` unless every row fits the frontier.
  init(range: CompactRange, rows: [[SHA256Digest]]) throws(LedgerError) {
    self.range = range
    self.rows = rows
    guard rows.count == Self.rowCount(range.size) else {
      throw .inconsistent(size: range.size, reason: "\(rows.count) rows of unfinished tiles")
    }
    var expected = range.hashes[...]
    for (level, row) in rows.enumerated() {
      guard row.count == Self.unfinished(range.size, level: level) else {
        throw .inconsistent(
          size: range.size, reason: "\(row.count) hashes of level \(level) are in no full tile")
      }
      var part = CompactRange()
      for hash in row { part.append(hash) }
      guard expected.suffix(part.hashes.count) == part.hashes[...] else {
        throw .inconsistent(
          size: range.size, reason: "stored hashes of level \(level) do not give the frontier")
      }
      expected = expected.dropLast(part.hashes.count)
    }
  }

  /// Levels with an unfinished or a full tile: one for each started byte of the size.
  static func rowCount(_ size: Int64) -> Int { (64 - size.leadingZeroBitCount + 7) / 8 }

  /// How many hashes of tile level `level` are in no full tile.
  static func unfinished(_ size: Int64, level: Int) -> Int {
    Int(size >> Int64(8 * level) & 255)
  }

  var size: Int64 { range.size }

  /// Appends a leaf; a tile that becomes full is added to `full`.
  mutating func append(_ leaf: SHA256Digest, full: inout [FullTile]) {
    var tileRoots: [SHA256Digest] = []
    range.append(leaf, tileRoots: &tileRoots)
    add(leaf, level: 0)
    for (level, root) in tileRoots.enumerated() {
      let index = range.size >> Int64(8 * (level + 1)) - 1
      full.append(FullTile(level: level, index: index, root: root, hashes: rows[level]))
      rows[level].removeAll(keepingCapacity: true)
      add(root, level: level + 1)
    }
  }

  private mutating func add(_ hash: SHA256Digest, level: Int) {
    if level == rows.count { rows.append([]) }
    rows[level].append(hash)
  }
}
