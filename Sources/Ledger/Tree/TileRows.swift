/// One row of the tiles that C2SP tlog-tiles asks for in a tree of a given size: the entry bundles,
/// or the hashes of one level.
public struct TileRow: Sendable, Equatable {
  public let kind: TilePath.Kind
  /// Hashes, or entries, of the whole row.
  public let width: Int64

  /// Tiles of the row; the last is partial unless `width` is a multiple of 256.
  public var count: Int64 { (width + Int64(TilePath.fullWidth) - 1) / Int64(TilePath.fullWidth) }

  /// Throws `invalidTile` unless 0 ≤ index < `count`.
  public func tile(at index: Int64) throws(LedgerError) -> TilePath {
    let left = width - index * Int64(TilePath.fullWidth)
    return try TilePath(
      kind: kind, index: index, width: Int(min(left, Int64(TilePath.fullWidth))))
  }

  /// Entry bundles first, then every level that has hashes, lowest first.
  public static func all(of size: Int64) -> [TileRow] {
    guard size > 0 else { return [] }
    return [TileRow(kind: .entries, width: size)]
      + (0..<TreeTail.rowCount(size)).map {
        TileRow(kind: .hashes(level: $0), width: size >> Int64(8 * $0))
      }
  }
}

extension TilePath {
  /// Whether a tree of `size` leaves has every hash or entry of this tile.
  public func isCovered(by size: Int64) -> Bool {
    let level =
      switch kind {
      case .entries: 0
      case .hashes(let level): level
      }
    return index * Int64(Self.fullWidth) + Int64(width) <= size >> Int64(8 * level)
  }
}
