/// Verdicts of the whole graph, as ranks: a node is as bad as itself or the worst of its sources.
extension CustodyGraph {
  /// Judges every node anew in one pass, sources first.
  public mutating func judge() {
    settle()
    ranks = ranks(under: owns)
  }

  /// The rank of every node if each stood by itself as `owns` says; changes nothing.
  ///
  /// - Parameter owns: by node, as many as there are nodes.
  public func ranks(under owns: [UInt8]) -> [UInt8] {
    let order = order.isValid ? order : FoundingOrder(of: self)
    var ranks = owns
    if order.isOfNumbers {
      for node in 0..<ranks.count { ranks[node] = rank(Node(node), owns[node], ranks) }
      return ranks
    }
    for node in order.nodes[..<order.rings.lowerBound] {
      ranks[Int(node)] = rank(node, owns[Int(node)], ranks)
    }
    // A ring's nodes are all as bad as the worst of them.
    var isMoving = !order.rings.isEmpty
    while isMoving {
      isMoving = false
      for node in order.nodes[order.rings] {
        let rank = rank(node, owns[Int(node)], ranks)
        isMoving = isMoving || rank != ranks[Int(node)]
        ranks[Int(node)] = rank
      }
    }
    return ranks
  }

  @inline(__always)
  private func rank(_ node: Node, _ own: UInt8, _ ranks: [UInt8]) -> UInt8 {
    var worst = own
    for link in range(of: node) {
      let source = linkSource[link]
      if source < Self.found { worst = max(worst, ranks[Int(source)]) }
    }
    return worst
  }

  /// Brings the ranks downstream of changed nodes level; returns the nodes whose rank changed.
  ///
  /// Nodes are taken sources first, so each is judged once.
  @discardableResult
  public mutating func flow(from changed: [Node]) -> [Node] {
    settle()
    guard order.rings.isEmpty else { return judgeAndCompare() }
    var waiting = NodeHeap()
    var met = NodeMap()
    for node in changed where met.insert(node, 1) { waiting.push(order.place(of: node)) }
    var moved: [Node] = []
    while let place = waiting.pop() {
      let node = order.isOfNumbers ? place : order.nodes[Int(place)]
      let rank = rank(node, owns[Int(node)], ranks)
      guard rank != ranks[Int(node)] else { continue }
      ranks[Int(node)] = rank
      moved.append(node)
      forEachOwner(of: node) { owner in
        if met.insert(owner, 1) { waiting.push(order.place(of: owner)) }
      }
    }
    return moved
  }

  private mutating func judgeAndCompare() -> [Node] {
    let before = ranks
    judge()
    return before.indices.filter { before[$0] != ranks[$0] }.map(Node.init)
  }
}

/// The least of some numbers, again and again.
private struct NodeHeap {
  private var items: [UInt32] = []

  mutating func push(_ item: UInt32) {
    items.append(item)
    var child = items.count - 1
    while child > 0, items[(child - 1) / 2] > items[child] {
      items.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> UInt32? {
    guard let first = items.first else { return nil }
    let last = items.removeLast()
    if items.isEmpty { return first }
    items[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < items.count && items[child] < items[least] { least = child }
      if least == parent { return first }
      items.swapAt(parent, least)
      parent = least
    }
  }
}
