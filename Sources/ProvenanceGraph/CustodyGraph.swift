/// Who was made from what, with grams, as numbers alone: a compact graph that millions of lots
/// fit in memory with.
///
/// Nodes are numbered from 0 in the order in which they are added; a number stays. A node's
/// links to its sources lie side by side. What went into what is a chain through the same links,
/// so nothing is folded when a link comes, and a replaced link is only cut off.
public struct CustodyGraph: Sendable {
  public typealias Node = UInt32

  public enum Kind: UInt8, Sendable, CaseIterable {
    case lot, plot, shipment
    /// What stands between lots for the sake of the graph alone: a stretch of a tank's fills.
    case window
  }

  /// A source of a node, and the mass it gave.
  public struct Link: Sendable, Hashable {
    public let source: Node
    public let grams: Int64

    public init(_ source: Node, _ grams: Int64) {
      self.source = source
      self.grams = grams
    }
  }

  /// Source of mass that came without a known origin.
  public static let unknown = Node.max
  /// Source of mass that a count found above the books later: no origin of what the node was
  /// made from, but a part of what is drawn from it.
  public static let found = Node.max - 1
  static let none = UInt32.max

  // By node.
  var kinds: [UInt8] = []
  public internal(set) var owns: [UInt8] = []
  public internal(set) var ranks: [UInt8] = []
  var masses: [Int64] = []
  var firstLink: [UInt32] = []
  var linkCount: [UInt32] = []
  var firstOut: [UInt32] = []
  // By link.
  var linkSource: [Node] = []
  var linkGrams: [Int64] = []
  /// The node it leads into; `none` where it was replaced.
  var linkOwner: [Node] = []
  /// The next link with the same source.
  var nextOut: [UInt32] = []
  var deadLinks = 0
  var order = FoundingOrder()

  public init() {}

  public var nodeCount: Int { kinds.count }
  /// Links in force.
  public var links: Int { linkSource.count - deadLinks }

  /// Makes room, so that a load of known size wastes none.
  public mutating func reserve(nodes: Int, links: Int) {
    kinds.reserveCapacity(nodes)
    owns.reserveCapacity(nodes)
    ranks.reserveCapacity(nodes)
    masses.reserveCapacity(nodes)
    firstLink.reserveCapacity(nodes)
    linkCount.reserveCapacity(nodes)
    firstOut.reserveCapacity(nodes)
    linkSource.reserveCapacity(links)
    linkGrams.reserveCapacity(links)
    linkOwner.reserveCapacity(links)
    nextOut.reserveCapacity(links)
  }

  /// Adds a node without sources.
  ///
  /// - Parameters:
  ///   - own: how it stands by itself, whatever its sources; worse is greater.
  ///   - mass: grams at its founding.
  /// - Throws: `GraphFull` past some four thousand million nodes.
  @discardableResult
  public mutating func add(_ kind: Kind, own: UInt8, mass: Int64 = 0) throws(GraphFull) -> Node {
    guard let node = Node(exactly: kinds.count), node < Self.found else { throw GraphFull() }
    kinds.appendSnugly(kind.rawValue)
    owns.appendSnugly(own)
    ranks.appendSnugly(own)
    masses.appendSnugly(mass)
    firstLink.appendSnugly(0)
    linkCount.appendSnugly(0)
    firstOut.appendSnugly(Self.none)
    order.added(node)
    return node
  }

  public func kind(of node: Node) -> Kind { Kind(rawValue: kinds[Int(node)]) ?? .lot }
  public func mass(of node: Node) -> Int64 { masses[Int(node)] }

  /// Sets how the node stands by itself; the ranks are then brought level by `flow` or `judge`.
  public mutating func set(own: UInt8, of node: Node) { owns[Int(node)] = own }
  public mutating func set(mass: Int64, of node: Node) { masses[Int(node)] = mass }

  /// The node's sources in the order in which they were given.
  public func inputs(of node: Node) -> [Link] {
    range(of: node).map { Link(linkSource[$0], linkGrams[$0]) }
  }

  func range(of node: Node) -> Range<Int> {
    let start = Int(firstLink[Int(node)])
    return start..<start + Int(linkCount[Int(node)])
  }

  /// Gives a node its sources, for the first time or anew; false where they are what they were.
  ///
  /// The order counts: equal remainders of a gram go to the source that is named first.
  /// - Throws: `GraphFull` past some four thousand million links.
  @discardableResult
  public mutating func set(inputs: [Link], of node: Node) throws(GraphFull) -> Bool {
    let old = range(of: node)
    if old.count == inputs.count,
      zip(old, inputs).allSatisfy({ linkSource[$0] == $1.source && linkGrams[$0] == $1.grams })
    {
      return false
    }
    let start = linkSource.count
    guard UInt32(exactly: start + inputs.count) != nil, start + inputs.count < Int(Self.none)
    else { throw GraphFull() }
    for link in old { linkOwner[link] = Self.none }
    deadLinks += old.count
    firstLink[Int(node)] = UInt32(start)
    linkCount[Int(node)] = UInt32(inputs.count)
    for (offset, input) in inputs.enumerated() {
      linkSource.appendSnugly(input.source)
      linkGrams.appendSnugly(input.grams)
      linkOwner.appendSnugly(node)
      nextOut.appendSnugly(Self.none)
      chain(link: UInt32(start + offset))
    }
    if deadLinks > 1_024, deadLinks > linkSource.count / 4 { dropDeadLinks() }
    return true
  }

  /// Hangs a link into its source's chain.
  private mutating func chain(link: UInt32) {
    let source = linkSource[Int(link)]
    guard source < Self.found else { return }
    nextOut[Int(link)] = firstOut[Int(source)]
    firstOut[Int(source)] = link
    order.linked(source, into: linkOwner[Int(link)])
  }

  private mutating func dropDeadLinks() {
    var (sources, grams, owners) = ([Node](), [Int64](), [Node]())
    for node in kinds.indices {
      let old = range(of: Node(node))
      firstLink[node] = UInt32(sources.count)
      sources += linkSource[old]
      grams += linkGrams[old]
      owners += linkOwner[old]
    }
    (linkSource, linkGrams, linkOwner) = (sources, grams, owners)
    nextOut = [UInt32](repeating: Self.none, count: sources.count)
    for node in firstOut.indices { firstOut[node] = Self.none }
    for link in sources.indices { chain(link: UInt32(link)) }
    deadLinks = 0
  }

  /// Bytes that the graph holds, with the slack of its arrays: of its nodes, and of its links.
  public var bytes: (nodes: Int, links: Int) {
    let ofNodes =
      kinds.capacity + owns.capacity + ranks.capacity + 8 * masses.capacity
      + 4 * (firstLink.capacity + linkCount.capacity + firstOut.capacity) + order.bytes
    let ofLinks =
      4 * (linkSource.capacity + linkOwner.capacity + nextOut.capacity) + 8 * linkGrams.capacity
    return (ofNodes, ofLinks)
  }
}

/// More nodes or links than 32 bits can number.
public struct GraphFull: Error, Sendable, CustomStringConvertible {
  public var description: String { "the provenance graph is full: 4,294,967,293 nodes or links" }
}

extension Array {
  /// Appends with an eighth of slack instead of as much again: these arrays are most of memory.
  mutating func appendSnugly(_ element: Element) {
    if count == capacity { reserveCapacity(count + count / 8 + 64) }
    append(element)
  }
}
