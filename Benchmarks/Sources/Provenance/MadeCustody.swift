import ProvenanceGraph

/// Custody of so many lots with five links a lot, made up; and one lot with thousands of plots.
///
/// Every fifth lot is a harvest; each of the others has six inputs among the seven thousand lots
/// before it, as a season's lots have. One plot for ten lots. The large lot stands over four
/// layers: harvests, then three of lots with ten inputs each.
/// `Benchmarks/lib/provenance_tables.py` fills tables in the same way.
struct MadeCustody {
  private(set) var graph = CustodyGraph()
  private(set) var codes = CodeTable(seed: 0x5EED)
  private(set) var large: UInt32 = 0
  let lots: Int

  /// - Parameters:
  ///   - lots: of the ledger, without those of the large lot.
  ///   - plots: origins of the large lot; its links are 10.3 times as many.
  init(lots: Int, largePlots plots: Int) throws {
    self.lots = lots
    let layers = plots * 3 / 10
    graph.reserve(
      nodes: lots + lots / 10 + 2 * plots + 3 * layers + 1, links: 5 * lots + 11 * plots)
    codes.reserve(lots + lots / 10 + 2 * plots + 3 * layers + 1, bytes: 16 * (lots + lots / 10))
    let fields = try (0..<max(1, lots / 10)).map { try add(.plot, "P-", $0, mass: 0) }
    let first = UInt32(graph.nodeCount)
    for lot in 0..<lots {
      let node = try add(.lot, "ACO-26-", lot, mass: 60_000)
      if lot % 5 == 0 || lot < 7_000 {
        try graph.set(inputs: [.init(fields[lot % fields.count], 60_000)], of: node)
      } else {
        try graph.set(
          inputs: (0..<6).map {
            .init(first + UInt32(Self.source(of: lot, $0)), Int64(10_000))
          }, of: node)
      }
    }
    try addLarge(plots, layers)
  }

  /// The six inputs of a lot lie in six stretches of the thousand lots before it: all differ.
  static func source(of lot: Int, _ input: Int) -> Int {
    lot - 1 - (lot * 7 + input * 131) % 997 - input * 1_000
  }

  private mutating func addLarge(_ plots: Int, _ width: Int) throws {
    var layer: [UInt32] = []
    for index in 0..<plots {
      let plot = try add(.plot, "GP-", index, mass: 0)
      let lot = try add(.lot, "GH-", index, mass: 60_000)
      try graph.set(inputs: [.init(plot, 60_000)], of: lot)
      layer.append(lot)
    }
    for (number, stride) in [1, 7, 11].enumerated() {
      var next: [UInt32] = []
      for index in 0..<width {
        let inputs = (0..<10).map { input in
          CustodyGraph.Link(
            layer[(index * 10 + input) * stride % layer.count],
            Int64(1_000 + (index * 10 + input) % 977))
        }
        let node = try add(
          .lot, ["GA-", "GB-", "GC-"][number], index,
          mass: inputs.reduce(0) { $0 + $1.grams })
        try graph.set(inputs: inputs, of: node)
        next.append(node)
      }
      layer = next
    }
    large = try add(.lot, "GRANDE-", 0, mass: Int64(layer.count) * 3_000)
    try graph.set(inputs: layer.map { .init($0, 3_000) }, of: large)
  }

  mutating func judge() { graph.judge() }

  /// The newest plot but those of the large lot turns out bad; returns how many nodes change.
  mutating func worsenNewestPlot() -> Int {
    let plot = UInt32(max(0, lots / 10 - 1))
    graph.set(own: 2, of: plot)
    return graph.flow(from: [plot]).count
  }

  private mutating func add(
    _ kind: CustodyGraph.Kind, _ prefix: StaticString, _ number: Int, mass: Int64
  ) throws -> UInt32 {
    var text: [UInt8] = []
    prefix.withUTF8Buffer { unsafe text.append(contentsOf: $0) }
    text += Array("0000000".utf8)
    var (place, rest) = (text.count - 1, number)
    while rest > 0, text[place] != UInt8(ascii: "-") {
      text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      (place, rest) = (place - 1, rest / 10)
    }
    _ = try codes.number(adding: text.span, kind: kind.rawValue)
    return try graph.add(kind, own: 0, mass: mass)
  }
}
