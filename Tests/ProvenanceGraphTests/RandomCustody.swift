import ProvenanceGraph
import Traceability
import ValueTypes

/// Custody made up at random, told twice: as the domain's facts, and as links of numbers.
struct RandomCustody {
  private(set) var world = World()
  private(set) var graph = CustodyGraph()
  private(set) var lots: [LotCode] = []
  private var numbers: [String: UInt32] = [:]
  private var random: SystemRandom
  private let moment: Timestamp
  private let day: CivilDate

  struct SystemRandom: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 29)) &* 0x9E37_79B9_7F4A_7C15
    }
    mutating func below(_ bound: Int) -> Int { Int(next() >> 11) % bound }
  }

  struct Missing: Error {}

  /// - Parameter largest: the greatest mass, in grams.
  init(seed: UInt64, lots count: Int, plots: Int, largest: Int64) throws {
    random = SystemRandom(state: seed)
    guard let moment = Timestamp("2026-05-10T12:00:00-05:00"), let day = CivilDate("2026-05-10")
    else { throw Missing() }
    (self.moment, self.day) = (moment, day)
    for index in 0..<count {
      let code = try LotCode("L\(index)")
      if lots.isEmpty || random.below(5) == 0 {
        try harvest(code, plot: try PlotCode("P\(random.below(plots))"), mass(largest))
      } else {
        try compose(code, largest)
      }
      lots.append(code)
      if random.below(9) == 0 { try find(lots[random.below(lots.count)], mass(largest)) }
    }
  }

  private mutating func mass(_ largest: Int64) throws -> Grams {
    // Zero, little and much in one history.
    let bound = [1, 4, 1_000, largest][random.below(4)]
    return try Grams(Int64(random.below(Int(min(bound, largest)) + 1)))
  }

  private mutating func apply(_ event: DomainEvent, _ lot: LotCode) {
    world.apply(
      event, stream: .lot(lot), version: world.version(of: .lot(lot)) + 1, occurredAt: moment)
  }

  mutating func node(_ name: String, _ kind: CustodyGraph.Kind) throws -> UInt32 {
    if let node = numbers[name] { return node }
    let node = try graph.add(kind, own: UInt8(random.below(40) == 0 ? 1 : 0))
    numbers[name] = node
    return node
  }

  func number(of lot: LotCode) -> UInt32? { numbers["lot:" + lot.text] }
  func number(named name: String) -> UInt32? { numbers[name] }

  private mutating func harvest(_ lot: LotCode, plot: PlotCode, _ grams: Grams) throws {
    apply(
      .lotHarvested(
        LotHarvested(
          lot: lot, plot: plot, producer: try .init("P"), product: try .init("cocoa-wet-beans"),
          grams: grams, from: day, to: day)), lot)
    let source = try node("plot:" + plot.text, .plot)
    try tell(lot, grams, [.init(source, grams.value)])
  }

  private mutating func compose(_ lot: LotCode, _ largest: Int64) throws {
    var inputs: [LotDraw] = []
    for _ in 0...random.below(5) {
      let source = lots[random.below(lots.count)]
      if inputs.contains(where: { $0.lot == source }) { continue }
      inputs.append(LotDraw(lot: source, grams: try mass(largest)))
    }
    let unknown = random.below(6) == 0 ? try mass(largest) : .zero
    let isPurchase = unknown > .zero
    let sum = inputs.reduce(unknown.value) { $0 + $1.grams.value }
    let grams = isPurchase || random.below(2) == 0 ? try Grams(sum) : try mass(largest)
    let product = try ProductCode("cocoa-wet-beans")
    if isPurchase {
      apply(
        .lotPurchased(
          LotPurchased(
            lot: lot, buyer: try .init("COOP"), seller: .producer(try .init("P")),
            product: product, grams: grams, inputs: inputs, unknownOriginGrams: unknown,
            price: nil, receipt: nil, oldestHarvest: nil)), lot)
    } else {
      apply(
        .lotProcessed(
          LotProcessed(
            lot: lot, holder: try .init("COOP"), process: try .init("cocoa-drying"),
            product: product, grams: grams, inputs: inputs, outputs: [], lossGrams: .zero)), lot)
    }
    var links: [CustodyGraph.Link] = []
    for input in inputs.sorted(by: { $0.lot < $1.lot }) {
      links.append(.init(try node("lot:" + input.lot.text, .lot), input.grams.value))
    }
    if isPurchase { links.append(.init(CustodyGraph.unknown, unknown.value)) }
    try tell(lot, grams, links)
  }

  private mutating func tell(
    _ lot: LotCode, _ grams: Grams, _ links: [CustodyGraph.Link]
  ) throws {
    let node = try node("lot:" + lot.text, .lot)
    graph.set(mass: grams.value, of: node)
    try graph.set(inputs: links, of: node)
    graph.flow(from: [node])
  }

  /// A count finds mass above the books.
  private mutating func find(_ lot: LotCode, _ grams: Grams) throws {
    let held = world.lots[lot]?.grams ?? .zero
    guard let counted = try? held.adding(grams) else { return }
    apply(
      .lotAdjusted(
        LotAdjusted(
          lot: lot, holder: .organisation(try .init("COOP")), beforeGrams: held, grams: counted,
          unknownOriginGrams: grams, reason: "count")), lot)
    let node = try node("lot:" + lot.text, .lot)
    try graph.set(
      inputs: graph.inputs(of: node) + [.init(CustodyGraph.found, grams.value)], of: node)
  }

  /// Sources of a lot replaced, for the graph alone.
  mutating func replace(_ inputs: [CustodyGraph.Link], of node: UInt32) throws {
    try graph.set(inputs: inputs, of: node)
    graph.flow(from: [node])
  }

  mutating func change(own: UInt8, of node: UInt32) -> [UInt32] {
    graph.set(own: own, of: node)
    return graph.flow(from: [node])
  }
}

extension RandomCustody {
  func plot(_ code: PlotCode) -> UInt32? { number(named: "plot:" + code.text) }
}
