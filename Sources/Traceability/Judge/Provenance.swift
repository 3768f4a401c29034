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
      for input in world.inputs(of: code) where seen.insert(input.lot).inserted {
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
        if key.kind == .tank {
          for next in world.lots(outOf: key, after: code) where seen.insert(next).inserted {
            waiting.append(next)
          }
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
  /// The lot's mass is pushed upstream: what reaches a lot is divided over what it was made from,
  /// in proportion to the mass each gave, by largest remainder, ties by code. What counts found
  /// above a lot's books is a part of every draw from it, without an origin. Lots that feed each
  /// other in a ring, and what is made from them, have no known origin.
  ///
  /// Every draw is followed once. Were each lot's own shares rounded first and then mixed, a lot's
  /// origins would cost its draws times its plots, and be rounded as often as the chain is long.
  public func origins(of lot: LotCode) -> Origins {
    let order = sourcesFirst(of: lot)
    var grams = [lot: world.lots[lot]?.origin.grams.value ?? 0]
    guard order.last == lot else {
      return Origins(plots: [:], unknownGrams: grams[lot] ?? 0)
    }
    var plots: [PlotCode: Int64] = [:]
    var unknown: Int64 = 0
    for code in order.reversed() {
      guard let mass = grams[code], mass > 0 else { continue }
      guard let state = world.lots[code] else {
        unknown += mass
        continue
      }
      let known = code == lot ? mass : Self.known(mass, of: state)
      unknown += mass - known
      if let plot = state.origin.plot, state.origin.grams > .zero {
        plots[plot, default: 0] += known
      } else {
        unknown += push(known, up: state, into: &grams)
      }
    }
    return Origins(plots: plots.filter { $0.value > 0 }, unknownGrams: unknown)
  }

  /// The lots upstream, each after all that it was made from, so the asked one last; without
  /// those on a ring, and what is made from them.
  private func sourcesFirst(of lot: LotCode) -> [LotCode] {
    var waits: [LotCode: Int] = [:]
    var feeds: [LotCode: [LotCode]] = [:]
    var ready: [LotCode] = []
    for code in upstream(of: [lot]).lots {
      let inputs = world.inputs(of: code)
      for input in inputs { feeds[input.lot, default: []].append(code) }
      waits[code] = inputs.count
      if inputs.isEmpty { ready.append(code) }
    }
    var next = 0
    while next < ready.count {
      for code in feeds[ready[next]] ?? [] {
        waits[code, default: 0] -= 1
        if waits[code] == 0 { ready.append(code) }
      }
      next += 1
    }
    return ready
  }

  /// The part of a draw that has the lot's origins: the rest is of what counts found above the
  /// books. Past all bounds nothing is known.
  private static func known(_ grams: Int64, of lot: LotState) -> Int64 {
    let found = lot.foundGrams
    guard found > 0 else { return grams }
    return Shares.divide(grams, in: [lot.origin.grams.value, found])?[0] ?? 0
  }

  /// Divides grams over what a lot was made from; returns those without an origin.
  private func push(
    _ grams: Int64, up lot: LotState, into pushed: inout [LotCode: Int64]
  ) -> Int64 {
    guard let sources = world.sources(of: lot.code) else { return grams }
    let inputs = sources.inputs.sorted { $0.lot < $1.lot }
    var weights = inputs.map(\.grams.value)
    weights.append(sources.unknownGrams)
    guard let parts = Shares.divide(grams, in: weights) else { return grams }
    for (input, part) in zip(inputs, parts) { pushed[input.lot, default: 0] += part }
    return parts.dropFirst(inputs.count).first ?? 0
  }
}
