/// Rings as plane figures in degrees; closed, first position = last.
enum PlanarRing {
  /// Square degrees, positive when counter-clockwise. Taken from the first position, so that
  /// a small ring far from the origin keeps its digits.
  static func signedArea(_ ring: [Position]) -> Double {
    guard let origin = ring.first else { return 0 }
    var sum = 0.0
    for index in 1..<ring.count {
      let a = ring[index - 1]
      let b = ring[index]
      sum +=
        (a.longitude - origin.longitude) * (b.latitude - origin.latitude)
        - (b.longitude - origin.longitude) * (a.latitude - origin.latitude)
    }
    return sum / 2
  }

  /// True if all positions lie on one line.
  static func isFlat(_ ring: [Position]) -> Bool {
    guard let origin = ring.first, let other = ring.first(where: { $0 != origin }) else {
      return true
    }
    let x = other.longitude - origin.longitude
    let y = other.latitude - origin.latitude
    return ring.allSatisfy {
      x * ($0.latitude - origin.latitude) == y * ($0.longitude - origin.longitude)
    }
  }

  /// From a place to the side from `a` to `b`, in square degrees.
  static func squaredDistance(from place: Position, to a: Position, _ b: Position) -> Double {
    let side = (x: b.longitude - a.longitude, y: b.latitude - a.latitude)
    let off = (x: place.longitude - a.longitude, y: place.latitude - a.latitude)
    let length = side.x * side.x + side.y * side.y
    let along = length > 0 ? min(1, max(0, (off.x * side.x + off.y * side.y) / length)) : 0
    let x = off.x - along * side.x
    let y = off.y - along * side.y
    return x * x + y * y
  }

  static func withoutRepeats(_ ring: [Position]) -> [Position] {
    var out: [Position] = []
    out.reserveCapacity(ring.count)
    for position in ring where position != out.last { out.append(position) }
    return out
  }

  /// The same ring begun at its south-westernmost position and going the way that comes
  /// first, so that equal rings are equal arrays.
  static func fromSmallest(_ ring: [Position]) -> [Position] {
    let open = Array(ring.dropLast())
    let order = { (a: Position, b: Position) in
      (a.longitude, a.latitude) < (b.longitude, b.latitude)
    }
    guard let smallest = open.indices.min(by: { order(open[$0], open[$1]) }) else { return [] }
    let forward = Array(open[smallest...] + open[..<smallest])
    let backward = [forward[0]] + forward.dropFirst().reversed()
    for (a, b) in zip(forward, backward) where a != b {
      return order(a, b) ? forward : backward
    }
    return forward
  }
}
