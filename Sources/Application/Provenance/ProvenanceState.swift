import ProvenanceGraph
import Traceability

/// The graph of a ledger with the codes of its nodes: a code's number is its node's.
struct ProvenanceState: Sendable {
  /// Where the tables stood from which this was made.
  struct Mark: Sendable, Hashable {
    var position: Int64
    /// Changes when the tables are built anew.
    var generation: String
    /// The leaf hash of the last event before `position`, in hex: a restored log that has grown
    /// as long again is another.
    var last: String
  }

  private(set) var codes: CodeTable
  private(set) var graph = CustodyGraph()
  private(set) var facts: PlotFacts
  // Nodes that were loaded in the order of their codes: plots, and lots.
  private var plotsByCode: Range<UInt32> = 0..<0
  private var lotsByCode: Range<UInt32> = 0..<0
  var mark = Mark(position: 0, generation: "", last: "")

  /// - Parameter seed: as `CodeTable` has it.
  init(seed: UInt64) {
    codes = CodeTable(seed: seed)
    facts = PlotFacts(seed: seed)
  }

  /// Bytes held: of nodes with their codes and what is known of plots, and of links.
  var bytes: (nodes: Int, links: Int) {
    let ofGraph = graph.bytes
    return (ofGraph.nodes + codes.bytes + facts.bytes, ofGraph.links)
  }

  mutating func reserve(lots: Int, links: Int) {
    graph.reserve(nodes: lots, links: links)
    codes.reserve(lots, bytes: lots * 16)
  }

  // MARK: Building

  /// The node of a code; one that nothing is known of yet stands at insufficient evidence.
  mutating func node(
    _ code: Span<UInt8>, _ kind: CustodyGraph.Kind
  ) throws(GraphFull) -> UInt32 {
    let (number, isNew) = try codes.number(adding: code, kind: kind.rawValue)
    if isNew { try graph.add(kind, own: 1) }
    return number
  }

  mutating func node(_ code: String, _ kind: CustodyGraph.Kind) throws(GraphFull) -> UInt32 {
    let bytes = Array(code.utf8)
    return try node(bytes.span, kind)
  }

  mutating func set(own: UInt8, mass: Int64, of node: UInt32) {
    graph.set(own: own, of: node)
    graph.set(mass: mass, of: node)
  }

  mutating func set(producer: Span<UInt8>, of plot: UInt32) throws(GraphFull) {
    try facts.set(producer: producer, of: plot)
  }

  mutating func set(district: Span<UInt8>, of plot: UInt32) throws(GraphFull) {
    try facts.set(district: district, of: plot)
  }

  /// Notes a plot that is loaded before anything else, perhaps in the order of codes.
  mutating func noteLoaded(plot: UInt32) {
    facts.add(plot)
    plotsByCode = extended(plotsByCode, by: plot)
  }

  /// Notes a lot that is loaded, perhaps in the order of codes.
  mutating func noteLoaded(lot: UInt32) { lotsByCode = extended(lotsByCode, by: lot) }

  private func extended(_ nodes: Range<UInt32>, by node: UInt32) -> Range<UInt32> {
    if nodes.isEmpty { return node..<node + 1 }
    guard node == nodes.upperBound, codes.precedes(node - 1, node) else { return nodes }
    return nodes.lowerBound..<node + 1
  }

  /// Whether one node's code comes before another's, byte by byte.
  func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
    let areByCode =
      lotsByCode.contains(left) && lotsByCode.contains(right)
      || plotsByCode.contains(left) && plotsByCode.contains(right)
    return areByCode ? left < right : codes.precedes(left, right)
  }

  /// Gives a node its sources: by code, as the domain divides equal remainders, then what has no
  /// origin.
  mutating func set(links: [CustodyGraph.Link], of node: UInt32) throws(GraphFull) {
    if graph.kind(of: node) == .shipment {
      // A shipment's mass is what is loaded; each load is at most `Grams.limit`.
      graph.set(mass: links.reduce(0) { $0 &+ $1.grams }, of: node)
    }
    guard links.count > 1 else {
      try graph.set(inputs: links, of: node)
      return
    }
    let sorted = links.sorted { left, right in
      if max(left.source, right.source) >= CustodyGraph.found {
        // Unknown has the greater number and comes before what was found.
        if min(left.source, right.source) >= CustodyGraph.found {
          return left.source > right.source
        }
        return left.source < right.source
      }
      return precedes(left.source, right.source)
    }
    try graph.set(inputs: sorted, of: node)
  }

  mutating func judge() { graph.judge() }
  mutating func flow(from nodes: [UInt32]) { graph.flow(from: nodes) }

  // MARK: Reading

  /// The node of a lot, a plot or a shipment; nil where the ledger has none.
  func node(of subject: StreamKey) -> UInt32? {
    guard let kind = CustodyGraph.Kind(subject.kind) else { return nil }
    return codes.number(of: subject.code, kind: kind.rawValue)
  }

  func verdict(of node: UInt32) -> Verdict { Verdict(graphRank: graph.ranks[Int(node)]) }

  func producer(of plot: UInt32) -> String? { name(facts[plot].producer) }
  func district(of plot: UInt32) -> String? { name(facts[plot].district) }

  private func name(_ number: UInt32) -> String? {
    number == PlotFacts.Entry.none ? nil : facts.names.text(number)
  }
}

extension CustodyGraph.Kind {
  init?(_ kind: StreamKind) {
    switch kind {
    case .lot: self = .lot
    case .plot: self = .plot
    case .shipment: self = .shipment
    default: return nil
    }
  }
}

extension Verdict {
  /// The rank that graph and tables hold: worse is greater.
  init(graphRank: UInt8) {
    switch graphRank {
    case 0: self = .deforestationFree
    case 1: self = .insufficientEvidence
    default: self = .notCompliant
    }
  }

  var graphRank: UInt8 {
    switch self {
    case .deforestationFree: 0
    case .insufficientEvidence: 1
    case .notCompliant: 2
    }
  }
}
