/// The coordinates of a tile and their path in C2SP tlog-tiles: `tile/0/x001/x234/067.p/12`.
public struct TilePath: Hashable, Sendable {
  /// Hashes of one full tile, and entries of one full bundle.
  public static let fullWidth = 256

  /// What a tile holds: hashes of tree level 8 × `level`, or the entries themselves.
  public enum Kind: Hashable, Sendable {
    case hashes(level: Int)
    case entries
  }

  public let kind: Kind
  public let index: Int64
  /// 1…256; less than 256 is a partial tile.
  public let width: Int

  /// Throws `invalidTile` unless level is 0…63, index 0…2^54 and width 1…256.
  public init(kind: Kind, index: Int64, width: Int = fullWidth) throws(LedgerError) {
    if case .hashes(let level) = kind, !(0...63).contains(level) {
      throw .invalidTile(reason: "level \(level) is not 0…63")
    }
    guard (0...(1 << 54)).contains(index), (1...Self.fullWidth).contains(width) else {
      throw .invalidTile(reason: "no tile has index \(index) and width \(width)")
    }
    self.kind = kind
    self.index = index
    self.width = width
  }

  /// Reads `tile/L/N`, `tile/entries/N`, each with an optional `.p/W`; throws `invalidTile` for
  /// anything not written exactly as `path` writes it.
  public init(path: String) throws(LedgerError) {
    let refusal = LedgerError.invalidTile(reason: "\(path.prefix(80)) is no path of a tile")
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
    guard parts.count <= 12, parts.popFirst() == "tile", let level = parts.popFirst() else {
      throw refusal
    }
    var width = Self.fullWidth
    if parts.count >= 2, parts[parts.endIndex - 2].hasSuffix(".p") {
      guard let last = parts.popLast(), let partial = Int(last), partial < width,
        let stem = parts.popLast()
      else { throw refusal }
      width = partial
      parts.append(stem.dropLast(2))
    }
    let digits = parts.map { $0.hasPrefix("x") ? $0.dropFirst() : $0 }.joined()
    guard let index = Int64(digits), let number = level == "entries" ? 0 : Int(level) else {
      throw refusal
    }
    try self.init(
      kind: level == "entries" ? .entries : .hashes(level: number), index: index, width: width)
    guard self.path == path else { throw refusal }
  }

  public var path: String {
    let first: String
    switch kind {
    case .hashes(let level): first = "tile/\(level)"
    case .entries: first = "tile/entries"
    }
    var groups: [String] = []
    var rest = index
    repeat {
      let group = String(rest % 1_000)
      let padded = String(repeating: "0", count: 3 - group.count) + group
      groups.append(groups.isEmpty ? padded : "x" + padded)
      rest /= 1_000
    } while rest > 0
    let number = groups.reversed().joined(separator: "/")
    return "\(first)/\(number)" + (width < Self.fullWidth ? ".p/\(width)" : "")
  }
}
