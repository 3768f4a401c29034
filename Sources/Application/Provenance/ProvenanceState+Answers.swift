import ProvenanceGraph
import Traceability

/// A plot's share, with what sorting thousands of them by code looks at first.
private struct PlotShare {
  let node: UInt32
  let grams: Int64
  /// The code's first sixteen bytes.
  let start: UInt128
}

extension ProvenanceState {
  func found(_ subject: StreamKey) throws -> UInt32 {
    guard let node = node(of: subject) else { throw ApplicationError.notFound(subject) }
    return node
  }

  func origins(of subject: StreamKey, _ page: PageRequest) throws -> ProvenanceOrigins {
    let node = try found(subject)
    let upstream = graph.upstream(of: node)
    var plots: [PlotShare] = []
    for (other, grams) in zip(upstream.nodes, upstream.grams) where graph.kind(of: other) == .plot {
      plots.append(PlotShare(node: other, grams: grams, start: codes.start(of: other)))
    }
    plots.sort { left, right in
      if left.grams != right.grams { return left.grams > right.grams }
      if left.start != right.start { return left.start < right.start }
      return codes.precedes(left.node, right.node)
    }
    let part = try page.part(of: plots) { codes.text($0.node) }
    let shares = part.items.map { plot in
      ProvenanceOrigins.Share(
        plot: codes.text(plot.node), grams: plot.grams, verdict: verdict(of: plot.node),
        producer: producer(of: plot.node), district: district(of: plot.node))
    }
    return ProvenanceOrigins(
      subject: subject, position: mark.position, grams: graph.mass(of: node),
      unknownGrams: upstream.unknownGrams, verdict: verdict(of: node), plotCount: plots.count,
      lotCount: upstream.nodes.count - plots.count - (subject.kind == .plot ? 0 : 1),
      linkCount: upstream.links, plots: shares, next: part.hasMore ? shares.last?.plot : nil)
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
    lots.sort(by: codes.precedes)
    shipments.sort(by: codes.precedes)
    return (lots, shipments)
  }

  /// `lot:ACO-1`.
  func name(of node: UInt32) -> String {
    "\(graph.kind(of: node)):\(codes.text(node))"
  }
}
