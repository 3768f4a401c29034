import ProvenanceGraph
import Testing

/// Shares of few and of many sources, of small and of great masses, are by largest remainder.
@Suite struct AllotmentTests {
  @Test(arguments: [1, 2, 10, 64, 65, 3_000])
  func `given a part of a mixed lot then every source has its share by largest remainder`(
    sources: Int
  ) throws {
    var random = RandomCustody.SystemRandom(state: UInt64(sources))
    var unequal = 0
    // Twelve thousand sources or so, whether many at a time or few.
    let rounds = min(60, 12_000 / sources)
    for round in 0..<rounds {
      // Products of up to 126 bits, ties, sources of nothing.
      let largest: Int64 = [3, 1_000, 9_000_000, .max / Int64(sources)][round % 4]
      let weights = (0..<sources).map { _ in random.mass(upTo: largest) }
      let total = weights.reduce(0, +)
      if total == 0 { continue }
      let drawn = random.mass(upTo: total)
      var graph = CustodyGraph()
      let plots = try weights.map { _ in try graph.add(.plot, own: 0) }
      let mixed = try graph.add(.lot, own: 0, mass: total)
      try graph.set(inputs: zip(plots, weights).map { .init($0, $1) }, of: mixed)
      let part = try graph.add(.lot, own: 0, mass: drawn)
      try graph.set(inputs: [.init(mixed, drawn)], of: part)
      let found = graph.upstream(of: part)
      let grams = Dictionary(uniqueKeysWithValues: zip(found.nodes, found.grams))
      let expected = Self.shares(of: drawn, weights, total)
      #expect(plots.map { grams[$0] } == expected.map(Int64?.some))
      #expect(found.unknownGrams == 0)
      unequal += drawn == total ? 0 : 1
    }
    #expect(unequal >= rounds / 3)
  }

  /// By the definition, in numbers that cannot overflow.
  private static func shares(of grams: Int64, _ weights: [Int64], _ total: Int64) -> [Int64] {
    let products = weights.map { UInt128($0) * UInt128(grams) }
    var shares = products.map { Int64($0 / UInt128(total)) }
    let order = weights.indices.sorted { left, right in
      let (one, other) = (products[left] % UInt128(total), products[right] % UInt128(total))
      return one == other ? left < right : one > other
    }
    for index in order.prefix(Int(grams - shares.reduce(0, +))) { shares[index] += 1 }
    return shares
  }
}

extension RandomCustody.SystemRandom {
  fileprivate mutating func mass(upTo largest: Int64) -> Int64 {
    Int64(bitPattern: next() >> 1) % (largest &+ (largest == .max ? 0 : 1))
  }
}
