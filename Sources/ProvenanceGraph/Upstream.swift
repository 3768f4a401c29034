/// What a node was made from, back to the plots.
public struct Upstream: Sendable {
  public typealias Node = CustodyGraph.Node

  /// All nodes upstream and the node itself, sources before what was made from them.
  public let nodes: [Node]
  /// Of the asked node's mass: the grams that came through each of `nodes`. Those of the plots and
  /// the unknown grams add up to the mass.
  public let grams: [Int64]
  /// The part of the mass that has no known origin.
  public let unknownGrams: Int64
  /// How many links were followed.
  public let links: Int
}

extension CustodyGraph {
  /// Traces a node's mass at its founding back, following every link once.
  ///
  /// The mass of the asked node is pushed upstream: what reaches a node is divided over its
  /// sources in proportion to what they gave, by largest remainder, equal remainders to the source
  /// that is named first. So shares add up to the mass to the gram. Nodes that feed each other in a
  /// ring, and what is made from them, have no known origin.
  public func upstream(of root: Node) -> Upstream {
    var walk = UpstreamWalk(graph: self)
    walk.visit(from: root)
    return walk.push()
  }

  /// All nodes that hold something of these nodes' mass, and the nodes themselves; sorted.
  public func downstream(of roots: [Node]) -> [Node] {
    var met = NodeMap()
    var nodes: [Node] = []
    for node in roots where met.insert(node, 0) { nodes.append(node) }
    var next = 0
    while next < nodes.count {
      forEachOwner(of: nodes[next]) { if met.insert($0, 0) { nodes.append($0) } }
      next += 1
    }
    return nodes.sorted()
  }
}

private struct UpstreamWalk {
  typealias Node = CustodyGraph.Node

  let graph: CustodyGraph
  /// Where a node stands in `nodes`; `open` while its sources are still looked at.
  private var places = NodeMap()
  private var nodes: [Node] = []
  /// By node of `nodes`: whether it is on a ring or made from one.
  private var rings: [Bool] = []
  private var links = 0
  private static let open = UInt32.max

  init(graph: CustodyGraph) { self.graph = graph }

  /// Depth first, on a stack of its own: chains are longer than a thread's stack is deep.
  mutating func visit(from root: Node) {
    var stack = [(node: root, next: graph.range(of: root), isRing: false)]
    places.insert(root, Self.open)
    while let top = stack.last {
      guard let link = top.next.first else {
        stack.removeLast()
        places.update(top.node, UInt32(nodes.count))
        nodes.append(top.node)
        rings.append(top.isRing)
        if top.isRing, !stack.isEmpty { stack[stack.count - 1].isRing = true }
        continue
      }
      stack[stack.count - 1].next = (link + 1)..<top.next.upperBound
      links += 1
      let source = graph.linkSource[link]
      if source >= CustodyGraph.found { continue }
      if let place = places[source] {
        if place == Self.open || rings[Int(place)] { stack[stack.count - 1].isRing = true }
      } else {
        places.insert(source, Self.open)
        stack.append((source, graph.range(of: source), false))
      }
    }
  }

  func push() -> Upstream {
    var grams = [Int64](repeating: 0, count: nodes.count)
    var unknown: Int64 = 0
    var parts = Allotment()
    let root = nodes.count - 1
    grams[root] = graph.mass(of: nodes[root])
    for place in stride(from: root, through: 0, by: -1) {
      let (node, mass) = (nodes[place], grams[place])
      if mass == 0 || graph.kind(of: node) == .plot { continue }
      if rings[place] {
        unknown += mass
        continue
      }
      let known = place == root ? mass : parts.known(mass, of: node, in: graph)
      unknown += mass - known
      let range = graph.range(of: node)
      guard parts.divide(known, over: range, of: graph) else {
        unknown += known
        continue
      }
      for (offset, link) in range.enumerated() {
        let part = parts.wholes[offset]
        let source = graph.linkSource[link]
        if part == 0 { continue }
        if let place = source < CustodyGraph.found ? places[source] : nil {
          grams[Int(place)] += part
        } else {
          unknown += part
        }
      }
    }
    return Upstream(nodes: nodes, grams: grams, unknownGrams: unknown, links: links)
  }
}
