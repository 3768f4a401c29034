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

/// One question's walk. A node gets a number of its own when it is met, so that only the first
/// look at each link needs a hash.
private struct UpstreamWalk {
  typealias Node = CustodyGraph.Node

  private struct Step {
    let number: UInt32
    var next: Int
    let end: Int
    /// From a link's place in the graph to its place in `sources`.
    let shift: Int
    var isRing = false
  }

  let graph: CustodyGraph
  private var numbers = NodeMap()
  // By number, in the order of meeting.
  private var nodes: [Node] = []
  /// Where its links' sources begin in `sources`.
  private var starts: [UInt32] = []
  private var states: [State] = []
  /// By link, the source's number; unset where it has no node.
  private var sources: [UInt32] = []
  /// Numbers, sources before what was made from them.
  private var order: [UInt32] = []
  private static let unset = UInt32.max

  private enum State: UInt8 {
    /// Its sources are still looked at: to meet it again is a ring.
    case open
    case done
    /// On a ring, or made from one.
    case ring
  }

  init(graph: CustodyGraph) { self.graph = graph }

  private mutating func meet(_ node: Node) -> Step {
    let number = UInt32(nodes.count)
    let range = graph.range(of: node)
    numbers.insert(node, number)
    nodes.append(node)
    states.append(.open)
    let start = sources.count
    starts.append(UInt32(start))
    sources.append(contentsOf: repeatElement(Self.unset, count: range.count))
    return Step(
      number: number, next: range.lowerBound, end: range.upperBound,
      shift: start - range.lowerBound)
  }

  /// Depth first, on a stack of its own: chains are longer than a thread's stack is deep.
  mutating func visit(from root: Node) {
    var stack = [meet(root)]
    while !stack.isEmpty {
      let top = stack.count - 1
      let step = stack[top]
      if step.next == step.end {
        stack.removeLast()
        states[Int(step.number)] = step.isRing ? .ring : .done
        order.append(step.number)
        if step.isRing, top > 0 { stack[top - 1].isRing = true }
        continue
      }
      stack[top].next += 1
      let source = graph.linkSource[step.next]
      if source >= CustodyGraph.found { continue }
      if let number = numbers[source] {
        sources[step.next + step.shift] = number
        if states[Int(number)] != .done { stack[top].isRing = true }
      } else {
        sources[step.next + step.shift] = UInt32(nodes.count)
        stack.append(meet(source))
      }
    }
  }

  func push() -> Upstream {
    var grams = [Int64](repeating: 0, count: nodes.count)
    var unknown: Int64 = 0
    var parts = Allotment()
    // The asked node was met first and is the last in order.
    grams[0] = graph.mass(of: nodes[0])
    for number in order.reversed() {
      let (node, mass) = (nodes[Int(number)], grams[Int(number)])
      if mass == 0 || graph.kind(of: node) == .plot { continue }
      let range = graph.range(of: node)
      let known = number == 0 ? mass : parts.known(mass, of: node, in: graph)
      guard states[Int(number)] == .done, parts.divide(known, over: range, of: graph) else {
        unknown += mass
        continue
      }
      unknown += mass - known
      let start = Int(starts[Int(number)])
      for offset in 0..<range.count {
        let source = sources[start + offset]
        if source == Self.unset {
          unknown += parts.wholes[offset]
        } else {
          grams[Int(source)] += parts.wholes[offset]
        }
      }
    }
    return Upstream(
      nodes: order.map { nodes[Int($0)] }, grams: order.map { grams[Int($0)] },
      unknownGrams: unknown, links: sources.count)
  }
}
