public import Traceability

/// That a lot came out of a tank, and what it declares of it.
public struct TankPassage: Sendable, Hashable, Codable {
  public let tank: TankCode
  public let lot: LotCode
  /// Versions of the tank's stream.
  public let window: TankWindow
  /// How many lots came into the tank within the window.
  public let lots: Int
}

extension World {
  /// The draw-offs from tanks among some lots, by lot.
  func passages(of lots: some Sequence<LotCode>) -> [TankPassage] {
    lots.sorted().compactMap { lot in
      guard case .tapped(let event) = self.lots[lot]?.origin else { return nil }
      return TankPassage(
        tank: event.tank, lot: lot, window: event.window, lots: inputs(of: lot).count)
    }
  }
}
