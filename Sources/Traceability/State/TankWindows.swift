import ValueTypes

/// Which of what came into a tank a draw-off must declare, and how its mass divides over it.
extension TankState {
  /// The versions from the first to the last that a draw-off at this moment must declare; nil
  /// where nothing came in. `version` is the draw-off's own: what was recorded later counts only
  /// if it happened before.
  ///
  /// All since the tank was last empty or, if that is less, the newest fills whose masses together
  /// reach 200 % of the capacity. What a count found adds nothing to them: it did not pass through.
  func required(at moment: Timestamp, version: Int64) -> TankWindow? {
    let start = starts.last { $0.version < version } ?? Dated(.zero, at: registeredAt, version: 1)
    // At most 10¹⁵ g times 200: far within Int64, as is the sum below, which stops at it.
    let full = registered.capacityGrams.value * CustodyLimits.firstInFirstOutPercent / 100
    var from: Int64?
    var to: Int64 = 0
    var filled: Int64 = 0
    for place in timeline.reversed() {
      let entry = entries[place]
      if entry.occurredAt < start.occurredAt { break }
      guard entry.version > start.version,
        entry.occurredAt < moment || (entry.occurredAt <= moment && entry.version < version)
      else { continue }
      from = min(from ?? entry.version, entry.version)
      to = max(to, entry.version)
      if entry.isFound { continue }
      filled += entry.grams.value
      if filled >= full { break }
    }
    return from.map { TankWindow(from: $0, to: to) }
  }

  /// The window that a draw-off must declare, where it declares less than that.
  public func missing(from draw: DrawOff) -> TankWindow? {
    guard let required = required(at: draw.occurredAt, version: draw.version),
      required.from < draw.event.window.from || required.to > draw.event.window.to
    else { return nil }
    return required
  }

  /// What came in within a window, by version.
  public func entries(in window: TankWindow) -> ArraySlice<Entry> {
    let first = entries.partitioningIndex { $0.version >= window.from }
    let last = entries.partitioningIndex { $0.version > window.to }
    return entries[first..<max(first, last)]
  }

  /// Divides a mass over all that came in within a window, each in proportion to its whole mass.
  /// Nil where nothing came in, or more than any honest books hold.
  func divide(_ grams: Grams, over window: TankWindow) -> LotSources? {
    let entries = entries(in: window)
    let parts = entries.flatMap { $0.isFound ? [$0.grams] : $0.inputs.map(\.grams) }
    // The sum of all bounds each sum below.
    guard parts.map(\.value).sum() != nil else { return nil }
    var masses: [LotCode: Int64] = [:]
    var unknown: Int64 = 0
    for entry in entries {
      if entry.isFound { unknown += entry.grams.value }
      for input in entry.inputs { masses[input.lot, default: 0] += input.grams.value }
    }
    let lots = masses.sorted { $0.key < $1.key }
    guard let shares = Shares.divide(grams.value, in: lots.map(\.value) + [unknown]) else {
      return nil
    }
    return LotSources(
      inputs: zip(lots, shares).map { lot, share in
        LotDraw(lot: lot.key, grams: (try? Grams(share)) ?? .zero)
      }, unknownGrams: shares.last ?? 0)
  }
}

extension Array {
  /// The first index from which on the condition holds, of an array where it never ceases to.
  fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
