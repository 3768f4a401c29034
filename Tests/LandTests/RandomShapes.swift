import Foundation

@testable import Land

enum RandomShapes {
  /// A ring that winds once about its centre, so it never crosses itself.
  static func star(
    around centre: Position, corners: Int, degrees: Double, using random: inout FixedRandom
  ) -> [Position] {
    let angles = (0..<corners).map { _ in Double.random(in: 0..<2 * .pi, using: &random) }.sorted()
    var ring = angles.map { angle in
      let radius = degrees * Double.random(in: 0.2...1, using: &random)
      return Position(
        longitude: centre.longitude + radius * cos(angle),
        latitude: centre.latitude + radius * sin(angle))
    }
    ring.append(ring[0])
    return ring
  }
}
