import ProvenanceGraph
import Testing
import Traceability

/// Tracing back in the graph is what the domain says origins are.
@Suite struct OriginsTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8])
  func `given random custody then origins are those of the domain to the gram`(
    seed: UInt64
  ) throws {
    let custody = try RandomCustody(
      seed: seed, lots: 300, plots: 12, largest: seed % 2 == 0 ? Grams.limit / 8 : 9_000_000)
    let provenance = Provenance(world: custody.world)
    var shares = 0
    var wrong: [LotCode] = []
    for lot in custody.lots {
      guard let node = custody.number(of: lot) else { continue }
      let found = custody.graph.upstream(of: node)
      var plots: [PlotCode: Int64] = [:]
      var codes: [UInt32: PlotCode] = [:]
      for index in 0..<12 {
        let code = try PlotCode("P\(index)")
        if let number = custody.plot(code) { codes[number] = code }
      }
      for (place, grams) in zip(found.nodes, found.grams) where grams > 0 {
        if let code = codes[place] { plots[code] = grams }
      }
      let expected = provenance.origins(of: lot)
      if plots != expected.plots || found.unknownGrams != expected.unknownGrams
        || plots.values.reduce(found.unknownGrams, +) != custody.graph.mass(of: node)
      {
        wrong.append(lot)
      }
      shares += plots.count
    }
    #expect(wrong == [])
    #expect(shares > 300)
  }

  @Test(arguments: [11, 12, 13])
  func `given random custody then up and down are those of the domain`(seed: UInt64) throws {
    let custody = try RandomCustody(seed: seed, lots: 120, plots: 9, largest: 1_000)
    let provenance = Provenance(world: custody.world)
    for lot in custody.lots {
      let node = try #require(custody.number(of: lot))
      let up = custody.graph.upstream(of: node).nodes
      let expected = provenance.upstream(of: [lot])
      #expect(up.count == expected.lots.count + expected.plots.count)
      let above = try expected.lots.map { try #require(custody.number(of: $0)) }
      #expect(Set(above).isSubset(of: up))
      #expect(above.allSatisfy { custody.graph.downstream(of: [$0]).contains(node) })
    }
  }

  @Test func `given a tie then the gram goes to the source named first`() throws {
    var graph = CustodyGraph()
    let plots = try (0..<3).map { _ in try graph.add(.plot, own: 0) }
    let mixed = try graph.add(.lot, own: 0, mass: 2)
    try graph.set(inputs: [2, 0, 1].map { .init(plots[$0], 1) }, of: mixed)
    let found = graph.upstream(of: mixed)
    let grams = Dictionary(uniqueKeysWithValues: zip(found.nodes, found.grams))
    #expect(grams == [plots[2]: 1, plots[0]: 1, plots[1]: 0, mixed: 2])
  }

  @Test func `given lots that feed each other then they have no known origin`() throws {
    var graph = CustodyGraph()
    let plot = try graph.add(.plot, own: 0)
    let lots = try (0..<4).map { _ in try graph.add(.lot, own: 0, mass: 10) }
    try graph.set(inputs: [.init(plot, 10)], of: lots[0])
    try graph.set(inputs: [.init(lots[0], 5), .init(lots[2], 5)], of: lots[1])
    try graph.set(inputs: [.init(lots[1], 10)], of: lots[2])
    try graph.set(inputs: [.init(lots[2], 10)], of: lots[3])
    for lot in lots.dropFirst() {
      #expect(graph.upstream(of: lot).unknownGrams == 10)
    }
    #expect(graph.upstream(of: lots[0]).unknownGrams == 0)
    #expect(graph.upstream(of: lots[3]).nodes.count == 5)
    #expect(graph.downstream(of: [lots[1]]) == [lots[1], lots[2], lots[3]])
  }

  @Test func `given masses past all bounds then nothing is known and nothing traps`() throws {
    var graph = CustodyGraph()
    let plot = try graph.add(.plot, own: 0)
    let lot = try graph.add(.lot, own: 0, mass: .max)
    try graph.set(inputs: [.init(plot, .max), .init(CustodyGraph.found, .max)], of: lot)
    let next = try graph.add(.lot, own: 0, mass: .max)
    try graph.set(inputs: [.init(lot, .max), .init(plot, .max)], of: next)
    #expect(graph.upstream(of: next).unknownGrams == .max)
    let last = try graph.add(.lot, own: 0, mass: 7)
    try graph.set(inputs: [.init(lot, .max)], of: last)
    #expect(graph.upstream(of: last).unknownGrams == 7)
  }

  @Test func `given a chain of a hundred thousand lots then its end is traced to the plot`()
    throws
  {
    var graph = CustodyGraph()
    var last = try graph.add(.plot, own: 2)
    let plot = last
    for _ in 0..<100_000 {
      let next = try graph.add(.lot, own: 0, mass: 3)
      try graph.set(inputs: [.init(last, 3)], of: next)
      last = next
    }
    #expect(graph.upstream(of: last).grams.first == 3)
    #expect(graph.downstream(of: [plot]).count == 100_001)
    graph.judge()
    #expect(graph.ranks[Int(last)] == 2)
  }
}
