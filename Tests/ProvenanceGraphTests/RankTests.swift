import ProvenanceGraph
import Testing
import Traceability

/// Ranks kept level by changes are those of a pass over all, and those of reachability.
@Suite struct RankTests {
  /// The worst over all that is upstream, by its definition.
  private func expected(_ graph: CustodyGraph) -> [UInt8] {
    (0..<UInt32(graph.nodeCount)).map { node in
      graph.upstream(of: node).nodes.map { graph.owns[Int($0)] }.max() ?? 0
    }
  }

  @Test(arguments: [21, 22, 23, 24])
  func `given random changes when they flow then every rank is the worst upstream`(
    seed: UInt64
  ) throws {
    var custody = try RandomCustody(seed: seed, lots: 80, plots: 8, largest: 1_000)
    #expect(custody.graph.ranks == expected(custody.graph))
    var random = RandomCustody.SystemRandom(state: seed)
    for _ in 0..<25 {
      let node = UInt32(random.below(custody.graph.nodeCount))
      let before = custody.graph.ranks
      let moved = custody.change(own: UInt8(random.below(3)), of: node)
      #expect(custody.graph.ranks == expected(custody.graph))
      let changed = before.indices.filter { before[$0] != custody.graph.ranks[$0] }
      #expect(Set(moved) == Set(changed.map(UInt32.init)))
    }
    var whole = custody.graph
    whole.judge()
    #expect(whole.ranks == custody.graph.ranks)
    #expect(whole.ranks(under: whole.owns) == whole.ranks)
  }

  @Test(arguments: [31, 32, 33])
  func `given sources replaced by later lots then order and ranks are right again`(
    seed: UInt64
  ) throws {
    var custody = try RandomCustody(seed: seed, lots: 80, plots: 5, largest: 1_000)
    var random = RandomCustody.SystemRandom(state: seed)
    for _ in 0..<40 {
      let lot = try #require(custody.number(of: custody.lots[random.below(40)]))
      // A later lot that is not made from this one becomes its source.
      let below = Set(custody.graph.downstream(of: [lot]))
      let other = UInt32(random.below(custody.graph.nodeCount))
      if below.contains(other) { continue }
      try custody.replace([.init(other, 7), .init(CustodyGraph.unknown, 1)], of: lot)
      _ = custody.change(own: UInt8(random.below(3)), of: other)
      #expect(custody.graph.ranks == expected(custody.graph))
    }
    var graph = custody.graph
    let count = graph.nodeCount
    #expect(try graph.add(.lot, own: 1) == UInt32(count))
  }

  @Test func `given a ring when a lot in it gets worse then all of it and what follows do`()
    throws
  {
    var graph = CustodyGraph()
    let lots = try (0..<4).map { _ in try graph.add(.lot, own: 0, mass: 1) }
    try graph.set(inputs: [.init(lots[1], 1)], of: lots[0])
    try graph.set(inputs: [.init(lots[2], 1)], of: lots[1])
    try graph.set(inputs: [.init(lots[0], 1)], of: lots[2])
    try graph.set(inputs: [.init(lots[2], 1)], of: lots[3])
    graph.set(own: 2, of: lots[1])
    #expect(Set(graph.flow(from: [lots[1]])) == Set(lots))
    graph.set(own: 0, of: lots[1])
    #expect(Set(graph.flow(from: [lots[1]])) == Set(lots))
    #expect(graph.ranks == [0, 0, 0, 0])
    // The ring is mended; a lot comes after it.
    try graph.set(inputs: [], of: lots[0])
    let next = try graph.add(.lot, own: 1, mass: 1)
    try graph.set(inputs: [.init(lots[3], 1)], of: next)
    graph.set(own: 2, of: lots[0])
    #expect(graph.flow(from: [lots[0], next]).count == 5)
  }

  @Test func `given links replaced often then the dead ones are dropped`() throws {
    var graph = CustodyGraph()
    let plot = try graph.add(.plot, own: 0)
    let lots = try (0..<50).map { _ in try graph.add(.lot, own: 0, mass: 60) }
    for round in 1...200 {
      for lot in lots {
        try graph.set(inputs: [.init(plot, Int64(round)), .init(CustodyGraph.unknown, 1)], of: lot)
      }
    }
    #expect(graph.links == 100)
    #expect(graph.bytes.links < 200_000)
    #expect(graph.downstream(of: [plot]).count == 51)
    #expect(graph.inputs(of: lots[7]).first == .init(plot, 200))
  }
}
