import Foundation

/// An irregular outline about a place, in metres east and north of it.
///
/// The ring is star-shaped, so it is simple whatever its radii are, and stays so when stretched.
struct PlotShape {
  private(set) var corners: [(east: Double, north: Double)]

  /// The farthest corner, metres.
  var reach: Double {
    corners.map { ($0.east * $0.east + $0.north * $0.north).squareRoot() }.max() ?? 0
  }

  /// - Parameters:
  ///   - isPlain: nearly round, so that it covers what a story paints about its middle.
  ///   - most: the reach that it must keep within, metres.
  init(hectares: Double, isPlain: Bool, most: Double, _ random: inout SampleRandom) {
    let count = random.integer(8...19)
    let turn = random.real(0, 2 * .pi)
    let stretch = isPlain ? 1 : random.real(1, 1.3)
    let least = isPlain ? 0.88 : 0.76
    let axis = random.real(0, 2 * .pi)
    let unit = (0..<count).map { corner -> (east: Double, north: Double) in
      let angle = (Double(corner) + random.real(-0.2, 0.2)) * 2 * .pi / Double(count) + turn
      let radius = random.real(least, 1.1)
      return (cos(angle) * radius, sin(angle) * radius)
    }
    corners = Self.sized(Self.stretched(unit, stretch, axis), hectares)
    if reach > most { corners = Self.sized(unit, hectares) }
    if reach > most {
      let smaller = most / reach
      corners = corners.map { ($0.east * smaller, $0.north * smaller) }
    }
  }

  /// Longer along an axis and as much narrower across it.
  private static func stretched(
    _ corners: [(east: Double, north: Double)], _ by: Double, _ axis: Double
  ) -> [(east: Double, north: Double)] {
    corners.map { corner in
      let along = (corner.east * cos(axis) + corner.north * sin(axis)) * by
      let across = (corner.north * cos(axis) - corner.east * sin(axis)) / by
      return (along * cos(axis) - across * sin(axis), along * sin(axis) + across * cos(axis))
    }
  }

  /// The same shape with that area.
  private static func sized(
    _ corners: [(east: Double, north: Double)], _ hectares: Double
  ) -> [(east: Double, north: Double)] {
    var doubled = 0.0
    for (index, corner) in corners.enumerated() {
      let next = corners[(index + 1) % corners.count]
      doubled += corner.east * next.north - next.east * corner.north
    }
    let scale = (hectares * 20_000 / doubled).squareRoot()
    return corners.map { ($0.east * scale, $0.north * scale) }
  }
}
