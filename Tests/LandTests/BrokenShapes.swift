@testable import Land

/// Polygons as they come from the worst of files, the same in each run.
struct BrokenShapes {
  typealias Rings = [[GeoJSONPosition]]

  private var random: FixedRandom

  init(seed: UInt64) { random = FixedRandom(state: seed) }

  /// The polygons of one plot: mostly one of them.
  mutating func next() -> [Rings] {
    switch Int.random(in: 0..<1_000, using: &random) {
    case 0..<300: [few()]
    case 300..<450: [star(shuffled: true)]
    case 450..<600: [withSpikes()]
    case 600..<780: [withHoles()]
    case 780..<900: (0..<Int.random(in: 2...4, using: &random)).map { _ in few() }
    case 900..<950: [wild()]
    case 950..<999: [collinear()]
    default: Int.random(in: 0..<5, using: &random) == 0 ? [long()] : [few()]
    }
  }

  // MARK: Kinds

  /// Few different coordinates, so that vertices coincide, sides overlap and areas vanish.
  private mutating func few() -> Rings {
    (0..<max(1, Int.random(in: -1...3, using: &random))).map { _ in
      let range = Int.random(in: 1...7, using: &random)
      var ring = (0..<Int.random(in: 2...8, using: &random)).map { _ in
        position(
          Double(Int.random(in: 0...range, using: &random)) * 0.001,
          Double(Int.random(in: 0...range, using: &random)) * 0.001)
      }
      if Int.random(in: 0..<12, using: &random) > 0 { ring.append(ring[0]) }
      return ring
    }
  }

  private mutating func circle(
    _ x: Double, _ y: Double, _ radius: Double, _ corners: Int
  ) -> [GeoJSONPosition] {
    RandomShapes.star(
      around: Position(longitude: x, latitude: y), corners: corners, degrees: radius,
      using: &random
    ).map { position($0.longitude, $0.latitude) }
  }

  /// A sound ring, of which two corners may have changed places.
  private mutating func star(shuffled: Bool) -> Rings {
    var ring = circle(0, 0, size(), Int.random(in: 3...9, using: &random))
    if shuffled, Bool.random(using: &random) {
      ring.removeLast()
      ring.swapAt(
        Int.random(in: 0..<ring.count, using: &random),
        Int.random(in: 0..<ring.count, using: &random))
      ring.append(ring[0])
    }
    return [ring]
  }

  private mutating func withSpikes() -> Rings {
    let reach = size()
    var ring = circle(0, 0, reach, Int.random(in: 4...7, using: &random))
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let place = Int.random(in: 0..<ring.count, using: &random)
      let base = ring[place]
      let tip = position(
        Double.random(in: -2...2, using: &random) * reach,
        Double.random(in: -2...2, using: &random) * reach)
      // Back to where it went out, or some way beside it.
      let back =
        Bool.random(using: &random)
        ? base : position(base.longitude.value + reach * 1e-7, base.latitude.value)
      ring.insert(contentsOf: [tip, back], at: min(place + 1, ring.count - 1))
      if Bool.random(using: &random) { ring.insert(back, at: min(place + 1, ring.count - 1)) }
    }
    return [ring]
  }

  /// Holes inside, across the shell, touching it, in one another, or alike.
  private mutating func withHoles() -> Rings {
    let reach = size()
    let shell = circle(0, 0, reach, Int.random(in: 4...8, using: &random))
    var rings = [shell]
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let corners = Int.random(in: 3...5, using: &random)
      var hole = circle(
        Double.random(in: -0.3...0.3, using: &random) * reach,
        Double.random(in: -0.3...0.3, using: &random) * reach,
        reach * Double.random(in: 0.02...0.3, using: &random), corners)
      switch Int.random(in: 0..<8, using: &random) {
      case 0: hole = rings[rings.count - 1]
      case 1, 2:
        let touched = shell[Int.random(in: 0..<shell.count, using: &random)]
        hole[0] = touched
        hole[hole.count - 1] = touched
      case 3: hole = [shell[0], shell[1], position(0, 0), shell[0]]
      default: break
      }
      rings.append(hole)
    }
    return rings
  }

  private mutating func wild() -> Rings {
    let values = [
      0.0, -0.0, .infinity, -.infinity, .nan, 180, -180, 179.999999, -179.999999, 90, -90,
      89.9999999, 91, 181, 1e300, -1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
      1e-300, -76.5, -8.1,
    ]
    let isAllWild = Bool.random(using: &random)
    var ring = (0..<Int.random(in: 3...6, using: &random)).map { _ in
      let pick = { (random: inout FixedRandom) -> Double in
        isAllWild || Int.random(in: 0..<3, using: &random) == 0
          ? values[Int.random(in: 0..<values.count, using: &random)]
          : Double.random(in: -180...180, using: &random)
      }
      return position(pick(&random), pick(&random) / (isAllWild ? 1 : 2))
    }
    ring.append(ring[0])
    return [ring]
  }

  /// On one line, but perhaps for a last bit.
  private mutating func collinear() -> Rings {
    let slope = Double(Int.random(in: -3...3, using: &random))
    var ring = (0..<Int.random(in: 3...7, using: &random)).map { _ in
      let x = Double.random(in: -0.01...0.01, using: &random)
      let y = Bool.random(using: &random) ? slope * x : (slope * x).nextUp
      return position(x, y)
    }
    ring.append(ring[0])
    return [ring]
  }

  /// Thousands of corners, sound or with some of them elsewhere.
  private mutating func long() -> Rings {
    var ring = circle(0, 0, 0.05, Int.random(in: 1_000...4_000, using: &random))
    if Bool.random(using: &random) {
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        ring[Int.random(in: 1..<ring.count - 1, using: &random)] = position(0.02, 0.01)
      }
    }
    return [ring]
  }

  // MARK: Numbers

  private mutating func size() -> Double {
    [1e-7, 1e-5, 1e-3, 1e-3, 0.01, 0.01, 1, 60][Int.random(in: 0..<8, using: &random)]
  }

  /// Where it matters not, the text is any: six decimals.
  private func position(_ longitude: Double, _ latitude: Double) -> GeoJSONPosition {
    GeoJSONPosition(
      longitude: JSONNumber(value: longitude, text: "0.000001"),
      latitude: JSONNumber(value: latitude, text: "0.000001"))
  }
}
