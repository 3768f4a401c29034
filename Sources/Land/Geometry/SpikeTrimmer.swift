/// Takes off sides that go out and come back on themselves: they enclose nothing.
///
/// A corner is such a tip if one of its neighbours lies on the side to the other, off it by no
/// more than a threshold of a millimetre. The area may change by thresholds, too.
struct SpikeTrimmer {
  private let thresholds: GeometryThresholds
  private let origin: Position
  /// Metres a degree.
  private let east: Double
  private let north: Double

  init(_ ring: [Position], thresholds: GeometryThresholds) {
    self.thresholds = thresholds
    self.origin = ring[0]
    let scale = MetreScale(at: ring[0])
    (self.east, self.north) = (scale.east, scale.north)
  }

  /// - Returns: the first tip's index in the ring as it was; nil, and the ring as it was, if
  ///   there is none or the area would change.
  func trim(_ ring: inout SourceRing) -> Int? {
    let positions = ring.positions
    var tip: Int?
    var kept: [Int] = []
    for index in positions.indices.dropLast() {
      while kept.count >= 2,
        isTip(positions[kept[kept.count - 2]], positions[kept[kept.count - 1]], positions[index])
      {
        let removed = kept.removeLast()
        tip = min(tip ?? removed, removed)
      }
      if let last = kept.last, positions[last] == positions[index] { continue }
      kept.append(index)
    }
    let closed = closedUp(kept, positions, &tip)
    guard let tip, let first = closed.first else { return nil }
    let indices = closed + [first]
    let trimmed = indices.map { positions[$0] }
    let before = area(positions)
    let allowed = min(thresholds.mendedSquareMetres, thresholds.mendedShare * abs(before))
    guard abs(area(trimmed) - before) <= allowed else { return nil }
    ring = SourceRing(positions: trimmed, vertices: indices.map { ring.vertices[$0] })
    return tip
  }

  /// Does the same where the ring's end meets its start.
  private func closedUp(
    _ kept: [Int], _ positions: [Position], _ tip: inout Int?
  ) -> ArraySlice<Int> {
    var kept = kept[...]
    while kept.count >= 3 {
      let (first, last) = (kept[kept.startIndex], kept[kept.endIndex - 1])
      if positions[first] == positions[last] {
        kept.removeLast()
      } else if isTip(positions[kept[kept.endIndex - 2]], positions[last], positions[first]) {
        kept.removeLast()
        tip = min(tip ?? last, last)
      } else if isTip(positions[last], positions[first], positions[kept[kept.startIndex + 1]]) {
        kept.removeFirst()
        tip = min(tip ?? first, first)
      } else {
        break
      }
    }
    return kept
  }

  private func isTip(_ a: Position, _ b: Position, _ c: Position) -> Bool {
    let toA = (x: (a.longitude - b.longitude) * east, y: (a.latitude - b.latitude) * north)
    let toC = (x: (c.longitude - b.longitude) * east, y: (c.latitude - b.latitude) * north)
    guard toA.x * toC.x + toA.y * toC.y > 0 else { return false }
    let longest = max(toA.x * toA.x + toA.y * toA.y, toC.x * toC.x + toC.y * toC.y).squareRoot()
    let cross = abs(toA.x * toC.y - toA.y * toC.x)
    return cross <= thresholds.mendedWidthMetres * longest
  }

  /// Square metres on the plane, positive when counter-clockwise.
  private func area(_ ring: [Position]) -> Double {
    var sum = 0.0
    for (a, b) in zip(ring, ring.dropFirst()) {
      sum +=
        (a.longitude - origin.longitude) * (b.latitude - origin.latitude)
        - (b.longitude - origin.longitude) * (a.latitude - origin.latitude)
    }
    return sum / 2 * east * north
  }
}

/// Metres a degree about a place, measured along the parallel and the meridian.
struct MetreScale {
  let east: Double
  let north: Double

  init(at place: Position) {
    let step = 0.001
    let east = Geodesic.distance(
      place, Position(longitude: place.longitude + step, latitude: place.latitude))
    let poleward = place.latitude > 0 ? -step : step
    let north = Geodesic.distance(
      place, Position(longitude: place.longitude, latitude: place.latitude + poleward))
    (self.east, self.north) = (east / step, north / step)
  }
}
