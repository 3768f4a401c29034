import Land

/// Meridians and parallels at round degrees.
struct Graticule {
  struct Tick: Hashable {
    /// Degrees in units of 10^-decimals, so that the label is exact.
    let units: Int
    let decimals: Int
    /// Along the frame's edge, in its units.
    let place: Double

    /// `76,486° O`, `8.19° S`.
    func label(_ texts: MapTexts, isLongitude: Bool) -> String {
      let letter =
        isLongitude
        ? (units < 0 ? texts.west : texts.east) : (units < 0 ? texts.south : texts.north)
      return texts.number(abs(units), decimals: decimals) + "° " + letter
    }
  }

  let meridians: [Tick]
  let parallels: [Tick]

  private static let mostTicks = 5.0
  private static let mostDecimals = 5

  init(_ frame: MapFrame) {
    let (digit, decimals, unit) = Self.step(
      max(frame.box.east - frame.box.west, frame.box.north - frame.box.south))
    let ticks = { (low: Double, high: Double, place: (Double) -> Double) -> [Tick] in
      let first = Int((low / unit / Double(digit)).rounded(.up))
      let last = Int((high / unit / Double(digit)).rounded(.down))
      guard first <= last else { return [] }
      return (first...last).map { index in
        let units = index * digit
        return Tick(units: units, decimals: decimals, place: place(Double(units) * unit))
      }
    }
    meridians = ticks(frame.box.west, frame.box.east, frame.x)
    parallels = ticks(frame.box.south, frame.box.north, frame.y)
  }

  /// The least of 1, 2, 5 · 10^-decimals that makes few ticks over a span of degrees.
  private static func step(_ span: Double) -> (digit: Int, decimals: Int, unit: Double) {
    var unit = 1.0
    for _ in 0..<mostDecimals { unit /= 10 }
    for decimals in (0...mostDecimals).reversed() {
      for digit in [1, 2, 5] where span / (Double(digit) * unit) <= mostTicks {
        return (digit, decimals, unit)
      }
      unit *= 10
    }
    return (50, 0, 1)
  }
}

/// The longest round length that fits.
struct ScaleBar {
  let metres: Int
  /// In the frame's units.
  let length: Double

  private static let mostUnits = 130.0

  init(_ frame: MapFrame) {
    var best = 1
    var power = 1
    while power <= 1_000_000 {
      for digit in [1, 2, 5]
      where Double(digit * power) / frame.metresPerUnit <= Self.mostUnits {
        best = digit * power
      }
      power *= 10
    }
    metres = best
    length = Double(best) / frame.metresPerUnit
  }

  var label: String { metres < 1_000 ? "\(metres) m" : "\(metres / 1_000) km" }
}
