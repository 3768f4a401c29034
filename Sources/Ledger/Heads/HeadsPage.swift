import ValueTypes

/// The hashes of the 256 subtrees that continue a prefix of `depth` bits by eight more.
struct HeadsPage: Sendable, Equatable {
  static let width = 256
  static let bits = 8

  let depth: Int
  private(set) var children: [SHA256Digest]

  init(depth: Int) {
    self.depth = depth
    children = [SHA256Digest](repeating: HeadsMap.emptyRoot, count: Self.width)
  }

  /// Nil unless there are 256 hashes.
  init?(depth: Int, bytes: [UInt8]) {
    guard let children = SHA256Digest.list(bytes), children.count == Self.width else { return nil }
    self.depth = depth
    self.children = children
  }

  var bytes: [UInt8] { children.flatMap(\.bytes) }

  subscript(child: Int) -> SHA256Digest {
    get { children[child] }
    set { children[child] = newValue }
  }

  /// The root over the children in a range that is cut by bits: a power of two of them, from a
  /// multiple of it.
  func root(of range: Range<Int>) -> SHA256Digest {
    guard range.count > 1 else { return children[range.lowerBound] }
    let middle = range.lowerBound + range.count / 2
    return HeadsMap.combine(
      depth: bit(of: range), root(of: range.lowerBound..<middle),
      root(of: middle..<range.upperBound))
  }

  var root: SHA256Digest { root(of: 0..<Self.width) }

  /// The bit at which such a range is parted.
  func bit(of range: Range<Int>) -> Int {
    depth + Self.bits - 1 - (range.count / 2).trailingZeroBitCount
  }
}

/// Names a page: `prefix` is the number that the first `depth` bits make.
struct HeadsPageName: Hashable, Sendable {
  let depth: Int
  let prefix: Int64

  /// The page and the child in it that hold the bucket `prefix` of `bits` bits.
  static func above(_ prefix: Int64, bits: Int) -> (page: HeadsPageName, child: Int) {
    let page = HeadsPageName(depth: bits - HeadsPage.bits, prefix: prefix >> Int64(HeadsPage.bits))
    return (page, Int(prefix & Int64(HeadsPage.width - 1)))
  }
}
