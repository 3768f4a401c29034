/// Where a lot comes from, and what became of a plot, over what a world knows.
public struct Provenance: Sendable {
  let world: World

  public init(world: World) { self.world = world }

  /// All lots upstream of some lots, themselves included, and all origin plots; both sorted.
  public func upstream(of lots: [LotCode]) -> (lots: [LotCode], plots: [PlotCode]) {
    var seen = Set(lots)
    var waiting = lots
    var plots: Set<PlotCode> = []
    while let code = waiting.popLast() {
      guard let origin = world.lots[code]?.origin else { continue }
      if let plot = origin.plot { plots.insert(plot) }
      for input in origin.inputs where seen.insert(input.lot).inserted {
        waiting.append(input.lot)
      }
    }
    return (seen.sorted(), plots.sorted())
  }

  /// All lots and shipments that hold something of these lots; both sorted.
  public func downstream(of lots: [LotCode]) -> (lots: [LotCode], shipments: [ShipmentCode]) {
    var seen = Set(lots)
    var waiting = lots
    var shipments: Set<ShipmentCode> = []
    while let code = waiting.popLast() {
      for key in world.lots[code]?.draws.flatMap(\.into) ?? [] {
        if key.kind == .lot, let next = try? LotCode(key.code), seen.insert(next).inserted {
          waiting.append(next)
        }
        if key.kind == .shipment, let shipment = try? ShipmentCode(key.code) {
          shipments.insert(shipment)
        }
      }
    }
    return (seen.sorted(), shipments.sorted())
  }

  /// What a lot's mass at its creation came from.
  public struct Origins: Sendable, Hashable {
    public let plots: [PlotCode: Int64]
    public let unknownGrams: Int64

    public var totalGrams: Int64 { plots.values.reduce(unknownGrams, +) }
  }

  /// Grams by origin plot, adding up to the lot's mass at its creation to the gram.
  ///
  /// A draw takes each origin's share in proportion, by largest remainder, ties by plot code;
  /// a process scales the shares of its inputs to the mass of each output.
  public func origins(of lot: LotCode) -> Origins {
    var known: [LotCode: Origins] = [:]
    var stack = [lot]
    var entered: Set<LotCode> = []
    while let code = stack.last {
      let inputs = world.lots[code]?.origin.inputs ?? []
      let missing = inputs.map(\.lot).filter { known[$0] == nil && !entered.contains($0) }
      if known[code] == nil, entered.insert(code).inserted, !missing.isEmpty {
        stack += missing
      } else if known[code] == nil, !missing.isEmpty {
        stack += missing
      } else {
        stack.removeLast()
        if known[code] == nil { known[code] = compose(code, known) }
      }
    }
    return known[lot] ?? Origins(plots: [:], unknownGrams: 0)
  }

  private func compose(_ code: LotCode, _ known: [LotCode: Origins]) -> Origins {
    guard let lot = world.lots[code] else { return Origins(plots: [:], unknownGrams: 0) }
    if case .harvested(let event) = lot.origin {
      return Origins(plots: [event.plot: event.grams.value], unknownGrams: 0)
    }
    var plots: [PlotCode: Int64] = [:]
    var unknown: Int64 = 0
    var isBeyond = false
    func add(_ grams: Int64, to sum: inout Int64) {
      let (next, overflow) = sum.addingReportingOverflow(grams)
      isBeyond = isBeyond || overflow
      sum = overflow ? sum : next
    }
    if case .purchased(let event) = lot.origin { unknown = event.unknownOriginGrams.value }
    var total = unknown
    for input in lot.origin.inputs {
      let share = Self.share(input.grams.value, of: pool(input.lot, known))
      for (plot, grams) in share.plots { add(grams, to: &plots[plot, default: 0]) }
      add(share.unknownGrams, to: &unknown)
      add(input.grams.value, to: &total)
    }
    // No honest masses add up so high; of such a lot nothing is known.
    if isBeyond { return Origins(plots: [:], unknownGrams: lot.origin.grams.value) }
    let mixed = Origins(plots: plots, unknownGrams: unknown)
    return Self.share(lot.origin.grams.value, of: mixed)
  }

  /// What draws from a lot take their shares of: its origins, and what counts found above the
  /// books, which has none.
  private func pool(_ code: LotCode, _ known: [LotCode: Origins]) -> Origins? {
    guard let origins = known[code], let lot = world.lots[code] else { return nil }
    var unknown = origins.unknownGrams
    for adjustment in lot.adjustments {
      let (sum, overflow) = unknown.addingReportingOverflow(
        adjustment.value.unknownOriginGrams.value)
      guard !overflow, sum <= Grams.limit else { return nil }
      unknown = sum
    }
    return Origins(plots: origins.plots, unknownGrams: unknown)
  }

  /// Divides `grams` over the origins in proportion; what has no known origin stays unknown.
  static func share(_ grams: Int64, of origins: Origins?) -> Origins {
    guard let origins, origins.totalGrams > 0 else {
      return Origins(plots: [:], unknownGrams: grams)
    }
    let total = origins.totalGrams
    guard total != grams else { return origins }
    var parts: [(plot: PlotCode?, whole: Int64, remainder: Int64)] = []
    func part(_ plot: PlotCode?, _ mass: Int64) {
      let wide = mass.multipliedFullWidth(by: grams)
      let division = total.dividingFullWidth(wide)
      parts.append((plot, division.quotient, division.remainder))
    }
    for (plot, mass) in origins.plots.sorted(by: { $0.key < $1.key }) { part(plot, mass) }
    if origins.unknownGrams > 0 { part(nil, origins.unknownGrams) }
    let left = grams - parts.reduce(0) { $0 + $1.whole }
    // Sorting is stable by index, so equal remainders go to the lesser plot code.
    let order = parts.indices.sorted {
      (-parts[$0].remainder, $0) < (-parts[$1].remainder, $1)
    }
    for index in order.prefix(Int(left)) { parts[index].whole += 1 }
    var plots: [PlotCode: Int64] = [:]
    var unknown: Int64 = 0
    for part in parts where part.whole > 0 {
      if let plot = part.plot { plots[plot] = part.whole } else { unknown = part.whole }
    }
    return Origins(plots: plots, unknownGrams: unknown)
  }
}
