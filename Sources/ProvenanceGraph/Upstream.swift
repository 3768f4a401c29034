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
    guard order.isValid else {
      var settled = self
      settled.settle()
      return settled.upstream(of: root)
    }
    if order.rings.contains(Int(order.place(of: root))) { return ring(of: root) }
    return UpstreamWalk(graph: self, root: root).push()
  }

  /// All upstream of a node in a ring: where its mass comes from is not known.
  private func ring(of root: Node) -> Upstream {
    var met = NodeMap()
    var nodes = [root]
    met.insert(root, 0)
    var (next, links) = (0, 0)
    while next < nodes.count {
      let range = range(of: nodes[next])
      for source in linkSource[range] where source < Self.found && met.insert(source, 0) {
        nodes.append(source)
      }
      links += range.count
      next += 1
    }
    nodes.sort { order.place(of: $0) < order.place(of: $1) }
    return Upstream(
      nodes: nodes, grams: nodes.map { $0 == root ? mass(of: root) : 0 },
      unknownGrams: mass(of: root), links: links)
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

/// One question's walk.
private struct UpstreamWalk {
  typealias Node = CustodyGraph.Node

  private let graph: CustodyGraph
  /// What lies upstream, by its place in the founding order.
  private var met: PlaceSet
  /// The same as nodes, the asked one first and sources last.
  private var nodes: [Node] = []
  private var links = 0

  /// Meets all that is upstream.
  init(graph: CustodyGraph, root: Node) {
    self.graph = graph
    let top = graph.order.place(of: root)
    met = PlaceSet(upTo: top)
    met.insert(top)
    met.drain { met, place in
      let node = graph.order.node(at: place)
      nodes.append(node)
      let range = graph.range(of: node)
      links &+= range.count
      for link in range {
        let source = graph.linkSource[link]
        if source < CustodyGraph.found { met.insert(graph.order.place(of: source)) }
      }
    }
    met.number()
  }

  func push() -> Upstream {
    var grams = [Int64](repeating: 0, count: nodes.count)
    var unknown: Int64 = 0
    var parts = Allotment()
    grams[nodes.count - 1] = graph.mass(of: nodes[0])
    var reached = grams.mutableSpan
    let sources = graph.linkSource.span
    for (place, node) in nodes.enumerated() {
      let mass = reached[nodes.count &- 1 &- place]
      if mass == 0 || graph.kind(of: node) == .plot { continue }
      guard mass > 0,
        let known = parts.divide(mass, of: node, in: graph, isFounding: place == 0)
      else {
        unknown += mass
        continue
      }
      unknown += mass - known
      let range = graph.range(of: node)
      let wholes = parts.wholes.span
      for link in range {
        let source = sources[link]
        let part = wholes[link &- range.lowerBound]
        if source >= CustodyGraph.found {
          unknown += part
        } else {
          reached[met.number(of: graph.order.place(of: source))] += part
        }
      }
    }
    return Upstream(nodes: nodes.reversed(), grams: grams, unknownGrams: unknown, links: links)
  }
}
