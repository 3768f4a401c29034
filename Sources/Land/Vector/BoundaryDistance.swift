/// A feature's boundary near a plot.
public struct NearBoundary: Sendable, Hashable {
  /// The feature, counted from 1.
  public let feature: Int
  /// From the nearest point of the plot; 0 where the boundary crosses or touches it.
  public let metres: Double
}

extension VectorLayer {
  /// The features whose boundaries come within some metres of a plot, in the file's order.
  ///
  /// Distances are reckoned on the plane that touches the ellipsoid at the plot: over 50 km they
  /// are good to a few parts in a thousand, over 2 km to a metre.
  /// - Parameter within: metres, at most ``mostReach``.
  public func boundaries(near plot: PlotGeometry, within reach: Double) -> [NearBoundary] {
    let plane = LocalPlane(at: plot.box)
    let reach = min(max(0, reach), Self.mostReach)
    let box = plane.box(around: plot.box, metres: reach)
    let own = plot.boundaries.map { $0.map(plane.place) }
    return features.enumerated().compactMap { index, feature in
      guard feature.box?.meets(box) == true else { return nil }
      var nearest = Double.infinity
      for ring in feature.polygons.flatMap(\.rings) {
        for (a, b) in zip(ring, ring.dropFirst()) {
          guard GeographicBox(around: [a, b]).meets(box) else { continue }
          let side = PlaneSide(plane.place(a), plane.place(b))
          for line in own { nearest = min(nearest, side.squaredDistance(to: line)) }
        }
      }
      let metres = nearest.squareRoot()
      return metres <= reach ? NearBoundary(feature: index + 1, metres: metres) : nil
    }
  }

  /// The farthest that ``boundaries(near:within:)`` looks, in metres.
  public static let mostReach = 50_000.0
}

extension PlotGeometry {
  /// Its rings; a point as a line of one position.
  fileprivate var boundaries: [[Position]] {
    if case .point(let position) = self { [[position]] } else { polygons.flatMap(\.rings) }
  }
}

extension GeographicBox {
  func meets(_ other: GeographicBox) -> Bool {
    west <= other.east && other.west <= east && south <= other.north && other.south <= north
  }
}

/// Metres east and north of a place on the ellipsoid.
private struct LocalPlane {
  let origin: Position
  let metresPerLongitude: Double
  let metresPerLatitude: Double

  init(at box: GeographicBox) {
    let latitude = min(89, max(-89, (box.south + box.north) / 2))
    origin = Position(longitude: (box.west + box.east) / 2, latitude: latitude)
    let step = 0.001
    metresPerLongitude =
      Geodesic.distance(
        origin, Position(longitude: origin.longitude + step, latitude: latitude)) / step
    metresPerLatitude =
      Geodesic.distance(
        Position(longitude: origin.longitude, latitude: latitude - step / 2),
        Position(longitude: origin.longitude, latitude: latitude + step / 2)) / step
  }

  func place(_ position: Position) -> PlanePlace {
    PlanePlace(
      x: (position.longitude - origin.longitude) * metresPerLongitude,
      y: (position.latitude - origin.latitude) * metresPerLatitude)
  }

  func box(around box: GeographicBox, metres: Double) -> GeographicBox {
    // A hundredth more, so that what the scale's change over the distance hides is looked at too.
    let wide = 1.01 * metres / metresPerLongitude
    let high = 1.01 * metres / metresPerLatitude
    return GeographicBox(
      west: box.west - wide, south: box.south - high, east: box.east + wide,
      north: box.north + high)
  }
}

private struct PlanePlace {
  let x: Double
  let y: Double
}

private struct PlaneSide {
  let a: PlanePlace
  let b: PlanePlace

  init(_ a: PlanePlace, _ b: PlanePlace) {
    self.a = a
    self.b = b
  }

  func squaredDistance(to line: [PlanePlace]) -> Double {
    guard line.count > 1 else { return line.first.map(squaredDistance(to:)) ?? .infinity }
    return zip(line, line.dropFirst()).reduce(.infinity) { nearest, pair in
      min(nearest, squaredDistance(to: PlaneSide(pair.0, pair.1)))
    }
  }

  private func squaredDistance(to other: PlaneSide) -> Double {
    if crosses(other) { return 0 }
    return min(
      squaredDistance(to: other.a), squaredDistance(to: other.b), other.squaredDistance(to: a),
      other.squaredDistance(to: b))
  }

  private func squaredDistance(to place: PlanePlace) -> Double {
    let dx = b.x - a.x
    let dy = b.y - a.y
    let square = dx * dx + dy * dy
    let along =
      square == 0
      ? 0 : min(1, max(0, ((place.x - a.x) * dx + (place.y - a.y) * dy) / square))
    let x = a.x + along * dx - place.x
    let y = a.y + along * dy - place.y
    return x * x + y * y
  }

  /// Whether the ends of each lie on different sides of the other.
  private func crosses(_ other: PlaneSide) -> Bool {
    func side(_ line: PlaneSide, _ place: PlanePlace) -> Double {
      (line.b.x - line.a.x) * (place.y - line.a.y) - (line.b.y - line.a.y) * (place.x - line.a.x)
    }
    return side(self, other.a) * side(self, other.b) < 0
      && side(other, a) * side(other, b) < 0
  }
}
