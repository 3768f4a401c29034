/// An order of nodes in which every source comes before what was made from it.
///
/// That is the order of their numbers, unless a node was made from one that was added later: after
/// a correction, or a load in any order. Only then an order of its own is worked out and kept.
struct FoundingOrder: Sendable {
  typealias Node = CustodyGraph.Node

  /// Empty where the numbers are the order.
  private(set) var nodes: [Node] = []
  /// By node: where it stands in `nodes`.
  private var places: [UInt32] = []
  private(set) var isValid = true
  /// Nodes from here on feed each other in rings, or are made from such; no decided act makes one.
  private(set) var rings: Range<Int> = 0..<0

  var isOfNumbers: Bool { nodes.isEmpty }
  var bytes: Int { 4 * (nodes.capacity + places.capacity) }

  func place(of node: Node) -> UInt32 { isOfNumbers ? node : places[Int(node)] }
  func node(at place: UInt32) -> Node { isOfNumbers ? place : nodes[Int(place)] }

  mutating func added(_ node: Node) {
    guard !isOfNumbers else { return }
    // After a ring everything is sorted anew.
    if !rings.isEmpty { isValid = false }
    places.appendSnugly(UInt32(nodes.count))
    nodes.appendSnugly(node)
  }

  mutating func linked(_ source: Node, into node: Node) {
    if isValid, place(of: source) >= place(of: node) { isValid = false }
  }

  init() {}

  /// Works the order out (Kahn 1962): a node comes when all its sources have come.
  init(of graph: CustodyGraph) {
    let count = graph.nodeCount
    var waits = [UInt32](repeating: 0, count: count)
    nodes.reserveCapacity(count)
    for node in 0..<count {
      for link in graph.range(of: Node(node)) where graph.linkSource[link] < CustodyGraph.found {
        waits[node] += 1
      }
      if waits[node] == 0 { nodes.append(Node(node)) }
    }
    var next = 0
    while next < nodes.count {
      graph.forEachOwner(of: nodes[next]) { owner in
        waits[Int(owner)] -= 1
        if waits[Int(owner)] == 0 { nodes.append(owner) }
      }
      next += 1
    }
    rings = nodes.count..<count
    if !rings.isEmpty { for node in 0..<count where waits[node] > 0 { nodes.append(Node(node)) } }
    places = [UInt32](repeating: 0, count: count)
    for (place, node) in nodes.enumerated() { places[Int(node)] = UInt32(place) }
    if nodes.elementsEqual(0..<Node(count)), rings.isEmpty { (nodes, places) = ([], []) }
  }
}

extension CustodyGraph {
  /// Calls with each node that a node's mass went into, once for each link.
  func forEachOwner(of node: Node, _ body: (Node) -> Void) {
    var link = firstOut[Int(node)]
    while link != Self.none {
      let owner = linkOwner[Int(link)]
      if owner != Self.none { body(owner) }
      link = nextOut[Int(link)]
    }
  }

  /// Works the order out anew where a link has gone against it.
  public mutating func settle() {
    if !order.isValid { order = FoundingOrder(of: self) }
  }
}
