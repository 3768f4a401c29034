/// The convex hull of a ring on a plane (Andrew's monotone chain), and the boxes around it.
struct ConvexHull {
  typealias Corner = (x: Double, y: Double)

  /// Counter-clockwise, none twice.
  let corners: [Corner]

  init(_ points: [Corner]) {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    let lower = Self.chain(sorted)
    let upper = Self.chain(sorted.reversed())
    self.corners = lower.dropLast() + upper.dropLast()
  }

  private static func chain(_ points: [Corner]) -> [Corner] {
    var out: [Corner] = []
    for point in points {
      while out.count >= 2, turn(out[out.count - 2], out[out.count - 1], point) <= 0 {
        out.removeLast()
      }
      out.append(point)
    }
    return out
  }

  private static func turn(_ a: Corner, _ b: Corner, _ c: Corner) -> Double {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  }

  /// The smallest rectangle around has a side along one of the hull's (Freeman and Shapira
  /// 1975). The corners furthest along a direction only move on as the direction turns, so the
  /// work is linear.
  var smallestRectangleArea: Double {
    guard corners.count >= 3 else { return 0 }
    var least = Double.infinity
    var (far, high, near) = (0, 0, 0)
    for index in corners.indices {
      let here = corners[index]
      let next = corners[(index + 1) % corners.count]
      let length = ((next.x - here.x) * (next.x - here.x) + (next.y - here.y) * (next.y - here.y))
        .squareRoot()
      guard length > 0 else { continue }
      let side = (x: (next.x - here.x) / length, y: (next.y - here.y) / length)
      let along = { (corner: Corner) in corner.x * side.x + corner.y * side.y }
      let across = { (corner: Corner) in corner.y * side.x - corner.x * side.y }
      if index == 0 { (far, high, near) = (1, 1, 1) }
      far = furthest(from: far, along)
      high = furthest(from: max(high, far), across)
      near = furthest(from: max(near, high)) { -along($0) }
      let width = along(corners[far % corners.count]) - along(corners[near % corners.count])
      let height = across(corners[high % corners.count]) - across(here)
      least = min(least, width * height)
    }
    return least
  }

  /// Goes on round the hull as long as the measure does not fall.
  private func furthest(from start: Int, _ measure: (Corner) -> Double) -> Int {
    var index = start
    while index < start + corners.count,
      measure(corners[(index + 1) % corners.count]) >= measure(corners[index % corners.count])
    {
      index += 1
    }
    return index
  }
}
