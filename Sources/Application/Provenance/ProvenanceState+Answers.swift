import ProvenanceGraph
import Traceability

/// Origins as they were found, before anybody's form of an answer.
struct FoundOrigins: Sendable {
  let node: UInt32
  let unknownGrams: Int64
  let plotCount: Int
  let lotCount: Int
  let linkCount: Int
  /// The page that is asked for.
  let shares: ArraySlice<PlotShare>
  let hasMore: Bool

  /// The plot that the next page begins after.
  var next: UInt32? { hasMore ? shares.last?.node : nil }
}

extension ProvenanceState {
  func found(_ subject: StreamKey) throws -> UInt32 {
    guard let node = node(of: subject) else { throw ApplicationError.notFound(subject) }
    return node
  }

  func findOrigins(of subject: StreamKey, _ page: PageRequest) throws -> FoundOrigins {
    let node = try found(subject)
    let upstream = graph.upstream(of: node)
    var plots: [PlotShare] = []
    for (place, other) in upstream.nodes.enumerated() where graph.kind(of: other) == .plot {
      plots.append(PlotShare(node: other, grams: upstream.grams[place]))
    }
    plots.sortForAnswer(precedes)
    let part = try page.part(of: plots) { codes.text($0.node) }
    return FoundOrigins(
      node: node, unknownGrams: upstream.unknownGrams, plotCount: plots.count,
      lotCount: upstream.nodes.count - plots.count - (subject.kind == .plot ? 0 : 1),
      linkCount: upstream.links, shares: part.items, hasMore: part.hasMore)
  }

  func origins(of subject: StreamKey, _ page: PageRequest) throws -> ProvenanceOrigins {
    let found = try findOrigins(of: subject, page)
    let shares = found.shares.map { plot in
      ProvenanceOrigins.Share(
        plot: codes.text(plot.node), grams: plot.grams, verdict: verdict(of: plot.node),
        producer: producer(of: plot.node), district: district(of: plot.node))
    }
    return ProvenanceOrigins(
      subject: subject, position: mark.position, grams: graph.mass(of: found.node),
      unknownGrams: found.unknownGrams, verdict: verdict(of: found.node),
      plotCount: found.plotCount, lotCount: found.lotCount, linkCount: found.linkCount,
      plots: shares, next: found.next.map(codes.text))
  }

  func downstream(of subject: StreamKey, _ page: PageRequest) throws -> ProvenanceDownstream {
    let node = try found(subject)
    let (lots, shipments) = downstream(of: [node])
    let part = try page.part(of: lots + shipments) { name(of: $0) }
    let items = part.items.map {
      ProvenanceDownstream.Item(subject: name(of: $0), verdict: verdict(of: $0))
    }
    return ProvenanceDownstream(
      subject: subject, position: mark.position, lotCount: lots.count,
      shipmentCount: shipments.count, items: items,
      next: part.hasMore ? items.last?.subject : nil)
  }

  /// Lots and shipments downstream of these, by code, without them.
  func downstream(of nodes: [UInt32]) -> (lots: [UInt32], shipments: [UInt32]) {
    var lots: [UInt32] = []
    var shipments: [UInt32] = []
    for other in graph.downstream(of: nodes) where !nodes.contains(other) {
      switch graph.kind(of: other) {
      case .lot: lots.append(other)
      case .shipment: shipments.append(other)
      case .plot, .window: break
      }
    }
    lots.sort(by: precedes)
    shipments.sort(by: precedes)
    return (lots, shipments)
  }

  /// `lot:ACO-1`.
  func name(of node: UInt32) -> String {
    "\(graph.kind(of: node)):\(codes.text(node))"
  }
}
