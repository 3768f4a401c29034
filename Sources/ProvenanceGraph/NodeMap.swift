/// A map from nodes to small numbers for one question: only what the question meets takes room.
struct NodeMap {
  typealias Node = CustodyGraph.Node

  /// Open addressing; an entry is a node + 1 (0 is free) and its value.
  private var keys: [UInt32]
  private var values: [UInt32]
  private(set) var count = 0

  init() {
    keys = [UInt32](repeating: 0, count: 64)
    values = keys
  }

  /// The slot that holds the node, or the free one where it belongs.
  @inline(__always)
  private func slot(of node: Node) -> Int {
    let mask = keys.count - 1
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the highest bits.
    let spread = UInt64(node) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: spread &>> UInt64(mask.leadingZeroBitCount))
    while keys[slot] != 0, keys[slot] != node &+ 1 { slot = (slot + 1) & mask }
    return slot
  }

  @inline(__always)
  subscript(_ node: Node) -> UInt32? {
    let slot = slot(of: node)
    return keys[slot] == 0 ? nil : values[slot]
  }

  /// False where the node is there already; its value stays.
  @discardableResult
  mutating func insert(_ node: Node, _ value: UInt32) -> Bool {
    if count * 2 >= keys.count { grow() }
    let slot = slot(of: node)
    guard keys[slot] == 0 else { return false }
    keys[slot] = node &+ 1
    values[slot] = value
    count += 1
    return true
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt32](repeating: 0, count: oldKeys.count * 4)
    values = keys
    for (index, key) in oldKeys.enumerated() where key != 0 {
      let slot = slot(of: key &- 1)
      keys[slot] = key
      values[slot] = oldValues[index]
    }
  }
}
