import Glibc

/// A ring on a plane in metres that touches the ellipsoid in its middle; good to a few parts in
/// a million over a plot, and used for shapes only, never for areas that are reported.
struct LocalPlan {
  /// Corners in metres, the closing one left out.
  let corners: [(x: Double, y: Double)]
  /// Lengths in metres; `sides[i]` goes from corner i to the next.
  let sides: [Double]

  init(_ ring: [Position]) {
    let box = GeographicBox(around: ring)
    let middle = Position(
      longitude: (box.west + box.east) / 2, latitude: (box.south + box.north) / 2)
    let scale = MetreScale(at: middle)
    let corners = ring.dropLast().map { position in
      (
        x: (position.longitude - middle.longitude) * scale.east,
        y: (position.latitude - middle.latitude) * scale.north
      )
    }
    self.corners = corners
    self.sides = corners.indices.map { index in
      let next = corners[(index + 1) % corners.count]
      return Self.length(next.x - corners[index].x, next.y - corners[index].y)
    }
  }

  private static func length(_ x: Double, _ y: Double) -> Double {
    (x * x + y * y).squareRoot()
  }

  var medianSide: Double { sides.sorted()[sides.count / 2] }

  /// Distances of the corners from the middle of the area, wherever along it they were taken.
  var radii: [Double] {
    var (x, y, double) = (0.0, 0.0, 0.0)
    for index in corners.indices {
      let here = corners[index]
      let next = corners[(index + 1) % corners.count]
      let cross = here.x * next.y - next.x * here.y
      double += cross
      x += (here.x + next.x) * cross
      y += (here.y + next.y) * cross
    }
    guard double != 0 else { return [] }
    return corners.map { Self.length($0.x - x / (3 * double), $0.y - y / (3 * double)) }
  }

  /// The angle between the two sides that meet in a corner, in degrees, 0…180.
  func angle(at index: Int) -> Double {
    let here = corners[index]
    let before = corners[(index + corners.count - 1) % corners.count]
    let after = corners[(index + 1) % corners.count]
    let a = (x: before.x - here.x, y: before.y - here.y)
    let b = (x: after.x - here.x, y: after.y - here.y)
    return atan2(abs(a.x * b.y - a.y * b.x), a.x * b.x + a.y * b.y) * 180 / .pi
  }

  var area: Double {
    var sum = 0.0
    for index in corners.indices {
      let next = corners[(index + 1) % corners.count]
      sum += corners[index].x * next.y - next.x * corners[index].y
    }
    return abs(sum) / 2
  }

  /// The area of the box along the axes.
  var boxArea: Double { boxArea(along: (1, 0)) }

  func boxArea(along direction: (x: Double, y: Double)) -> Double {
    let along = corners.map { $0.x * direction.x + $0.y * direction.y }
    let across = corners.map { $0.y * direction.x - $0.x * direction.y }
    let width = (along.max() ?? 0) - (along.min() ?? 0)
    return width * ((across.max() ?? 0) - (across.min() ?? 0))
  }
}
