/// What a lot was made from.
public struct LotSources: Sendable, Hashable {
  /// The mass that each gave, or its share of what a tank gave, which may be 0 g.
  public let inputs: [LotDraw]
  /// The share of what has no known origin.
  public let unknownGrams: Int64
}

extension World {
  /// The lots that a lot was made from. Of a lot out of a tank they are those that the tank took
  /// within the declared window, whatever their shares; none where the tank is not known here.
  public func inputs(of lot: LotCode) -> [LotDraw] { sources(of: lot)?.inputs ?? [] }

  /// Nil where the ledger does not know what the lot was made from.
  public func sources(of lot: LotCode) -> LotSources? {
    guard let state = lots[lot] else { return nil }
    guard case .tapped(let event) = state.origin else {
      return LotSources(
        inputs: state.origin.inputs, unknownGrams: state.origin.unknownOriginGrams.value)
    }
    return tanks[event.tank]?.divide(event.grams, over: event.window)
  }

  /// What has no known origin: found above the books, or its share of what was in a tank.
  public func unknownOriginGrams(of lot: LotCode) -> Int64 {
    guard let state = lots[lot] else { return 0 }
    let known = state.unknownOriginGrams.value
    guard case .tapped = state.origin else { return known }
    return known + (sources(of: lot)?.unknownGrams ?? 0)
  }

  /// The lots drawn off a tank that declare what one lot gave it.
  public func lots(outOf tank: StreamKey, after lot: LotCode) -> [LotCode] {
    guard let code = try? TankCode(tank.code), let state = tanks[code] else { return [] }
    guard let fills = state.fillsOf[lot] else { return [] }
    return state.drawOffs.filter { draw in fills.contains { draw.event.window.contains($0) } }
      .map(\.event.lot)
  }

  /// The tanks that these lots came out of.
  public func tanks(giving lots: some Sequence<LotCode>) -> Set<TankCode> {
    Set(
      lots.compactMap { lot in
        if case .tapped(let event) = self.lots[lot]?.origin { event.tank } else { nil }
      })
  }

  /// The tanks that these lots went into.
  public func tanks(taking lots: some Sequence<LotCode>) -> Set<TankCode> {
    var found: Set<TankCode> = []
    for lot in lots {
      for draw in self.lots[lot]?.draws ?? [] where draw.purpose == .fill {
        for key in draw.into where key.kind == .tank {
          if let tank = try? TankCode(key.code) { found.insert(tank) }
        }
      }
    }
    return found
  }
}
