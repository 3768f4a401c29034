import Glibc

/// A ring on a plane in metres that touches the ellipsoid in its middle; good to a few parts in
/// a million over a plot, and used for shapes only, never for areas that are reported.
struct LocalPlan {
  /// Corners in metres, the closing one left out.
  let corners: [(x: Double, y: Double)]
  /// Lengths in metres; `sides[i]` goes from corner i to the next.
  let sides: [Double]

  private static let sidesTried = 32

  init(_ ring: [Position]) {
    let box = GeographicBox(around: ring)
    let middle = Position(
      longitude: (box.west + box.east) / 2, latitude: (box.south + box.north) / 2)
    // Metres a degree, measured along the parallel and the meridian.
    let step = 0.001
    let east = Geodesic.distance(
      middle, Position(longitude: middle.longitude + step, latitude: middle.latitude))
    let poleward = middle.latitude > 0 ? -step : step
    let north = Geodesic.distance(
      middle, Position(longitude: middle.longitude, latitude: middle.latitude + poleward))
    let corners = ring.dropLast().map { position in
      (
        x: (position.longitude - middle.longitude) / step * east,
        y: (position.latitude - middle.latitude) / step * north
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

  /// Distances of the corners from their middle.
  var radii: [Double] {
    let count = Double(corners.count)
    let x = corners.reduce(0) { $0 + $1.x } / count
    let y = corners.reduce(0) { $0 + $1.y } / count
    return corners.map { Self.length($0.x - x, $0.y - y) }
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

  /// The smallest rectangle around has a side along some side of the hull. What is nearly a
  /// rectangle has its long sides along it, so the longest ones are tried, and no more: the
  /// work stays linear in the corners.
  var smallestRectangleArea: Double {
    let longest = sides.indices.sorted { sides[$0] > sides[$1] }.prefix(Self.sidesTried)
    return longest.reduce(boxArea) { least, index in
      guard sides[index] > 0 else { return least }
      let next = corners[(index + 1) % corners.count]
      let direction = (
        (next.x - corners[index].x) / sides[index], (next.y - corners[index].y) / sides[index]
      )
      return min(least, boxArea(along: direction))
    }
  }

  private func boxArea(along direction: (x: Double, y: Double)) -> Double {
    let along = corners.map { $0.x * direction.x + $0.y * direction.y }
    let across = corners.map { $0.y * direction.x - $0.x * direction.y }
    let width = (along.max() ?? 0) - (along.min() ?? 0)
    return width * ((across.max() ?? 0) - (across.min() ?? 0))
  }
}
