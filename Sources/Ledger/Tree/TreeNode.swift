/// One node of the tree: `index` counts the nodes of its `level` from the left, leaves are level 0.
///
/// At the right edge a node may cover fewer than 2^level leaves; it is then named by the level it
/// would have if it were full.
public struct TreeNode: Hashable, Sendable, Comparable {
  public let level: Int
  public let index: Int64

  public init(level: Int, index: Int64) {
    self.level = level
    self.index = index
  }

  /// The node over the leaves `range`, as RFC 6962 cuts a tree: the range begins at a multiple of
  /// the power of two that holds it.
  init(over range: Range<Int64>) {
    level = Self.level(of: range.upperBound - range.lowerBound)
    index = range.lowerBound >> Int64(level)
  }

  /// The smallest level whose full node holds `count` leaves; `count` is at least 1.
  static func level(of count: Int64) -> Int {
    count == 1 ? 0 : 64 - (count - 1).leadingZeroBitCount
  }

  public static func < (left: TreeNode, right: TreeNode) -> Bool {
    (left.level, left.index) < (right.level, right.index)
  }

  /// The perfect nodes, largest first, that together cover `range`, a range cut by RFC 6962.
  static func perfect(over range: Range<Int64>) -> [TreeNode] {
    var nodes: [TreeNode] = []
    var start = range.lowerBound
    var left = range.upperBound - range.lowerBound
    while left > 0 {
      let level = 63 - left.leadingZeroBitCount
      nodes.append(TreeNode(level: level, index: start >> Int64(level)))
      start += 1 << Int64(level)
      left -= 1 << Int64(level)
    }
    return nodes
  }
}
