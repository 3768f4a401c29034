/// A closed ring on its way to a plot, and where each position stood as received.
struct SourceRing {
  var positions: [Position]
  /// The number in the ring received, one a position.
  var vertices: [Int]

  var reversed: SourceRing {
    SourceRing(positions: positions.reversed(), vertices: vertices.reversed())
  }

  /// Without positions that repeat the one before; `first` and `last` stay equal.
  var withoutRepeats: SourceRing {
    var out = SourceRing(positions: [], vertices: [])
    out.positions.reserveCapacity(positions.count)
    out.vertices.reserveCapacity(positions.count)
    for (index, position) in positions.enumerated() where position != out.positions.last {
      out.positions.append(position)
      out.vertices.append(vertices[index])
    }
    return out
  }
}

/// A polygon that is in form, and where its corners came from.
struct SourcePolygon {
  /// The polygon's number in the geometry.
  let part: Int
  let place: String
  /// The shell first, wound as RFC 7946 says.
  var rings: [SourceRing]

  var polygon: Polygon {
    Polygon(shell: rings[0].positions, holes: rings.dropFirst().map(\.positions))
  }

  /// The corner of a ring, as received.
  func spot(ring: Int, index: Int) -> GeometrySpot {
    let position = rings[ring].positions[index]
    return GeometrySpot(
      part: part, ring: ring, vertex: rings[ring].vertices[index],
      longitude: position.longitude, latitude: position.latitude)
  }

  /// The side that passes nearest to a place, by the corner it starts from.
  func spot(nearest place: Position) -> GeometrySpot {
    var best = (distance: Double.infinity, ring: 0, vertex: 0)
    for (number, ring) in rings.enumerated() {
      for index in ring.positions.indices.dropLast() {
        let distance = PlanarRing.squaredDistance(
          from: place, to: ring.positions[index], ring.positions[index + 1])
        if distance < best.distance { best = (distance, number, ring.vertices[index]) }
      }
    }
    return GeometrySpot(
      part: part, ring: best.ring, vertex: best.vertex, longitude: place.longitude,
      latitude: place.latitude)
  }

  func path(_ spot: GeometrySpot) -> String { "\(place)[\(spot.ring)][\(spot.vertex)]" }
}

// MARK: Closing, turning, dropping repeats

extension GeometryChecker {
  /// The polygon in form: rings closed, wound as RFC 7946 says, no position twice running.
  mutating func normalise(_ source: PlacedPolygon, part: Int) -> SourcePolygon? {
    guard let first = source.rings.first, !first.isEmpty else {
      note(.geometryEmpty, at: source.place)
      return nil
    }
    var rings: [SourceRing] = []
    for (index, ring) in source.rings.enumerated() {
      let place = "\(source.place)[\(index)]"
      guard let ring = closed(ring, at: place) else { continue }
      if hasWideSide(ring, at: place, part: part, number: index) { continue }
      let area = PlanarRing.signedArea(ring.positions)
      // A bow tie may have no area either; its crossing is for GEOS to find.
      if area == 0, PlanarRing.isFlat(ring.positions) {
        note(.noArea, at: place, ["squareMetres": "0"])
      } else if area > 0 && index > 0 || area < 0 && index == 0 {
        note(.windingTurned, at: place)
        rings.append(ring.reversed)
      } else {
        rings.append(ring)
      }
    }
    guard rings.count == source.rings.count else { return nil }
    checkRepeatedRings(rings, at: source.place)
    return SourcePolygon(part: part, place: source.place, rings: rings)
  }

  private mutating func checkRepeatedRings(_ rings: [SourceRing], at place: String) {
    guard rings.count > 1 else { return }
    var seen: Set<[Position]> = []
    for (index, ring) in rings.enumerated()
    where !seen.insert(PlanarRing.fromSmallest(ring.positions)).inserted {
      note(.ringRepeated, at: "\(place)[\(index)]", ["ring": String(index)])
    }
  }

  /// A side over half the world: on the plane it runs one way, on the globe the other.
  private mutating func hasWideSide(
    _ ring: SourceRing, at place: String, part: Int, number: Int
  ) -> Bool {
    for index in ring.positions.indices.dropLast() {
      let here = ring.positions[index]
      guard abs(ring.positions[index + 1].longitude - here.longitude) >= 180 else { continue }
      let spot = GeometrySpot(
        part: part, ring: number, vertex: ring.vertices[index], longitude: here.longitude,
        latitude: here.latitude)
      note(.crossesAntimeridian, at: "\(place)[\(spot.vertex)]", spot, Figure.place(here))
      return true
    }
    return false
  }

  private mutating func closed(_ ring: [GeoJSONPosition], at place: String) -> SourceRing? {
    guard let first = ring.first, let last = ring.last, ring.count >= 3 else {
      note(.tooFewPositions, at: place, ["count": String(ring.count)])
      return nil
    }
    var source = SourceRing(positions: ring.map(\.plain), vertices: Array(ring.indices))
    if !first.isSamePlace(as: last) {
      guard close(&source, at: place) else { return nil }
    }
    guard source.positions.count >= 4 else {
      note(.tooFewPositions, at: place, ["count": String(ring.count)])
      return nil
    }
    let kept = source.withoutRepeats
    let dropped = source.positions.count - kept.positions.count
    if dropped > 0 { note(.duplicatePositions, at: place, ["count": String(dropped)]) }
    guard kept.positions.count >= 4 else {
      note(.tooFewPositions, at: place, ["count": String(kept.positions.count)])
      return nil
    }
    return kept
  }

  /// Adds the first position at the end if the walk had all but come back to it.
  private mutating func close(_ ring: inout SourceRing, at place: String) -> Bool {
    let first = ring.positions[0]
    let gap = Geodesic.distance(ring.positions[ring.positions.count - 1], first)
    let figures = ["metres": Figure.text(gap, decimals: 1)]
    ring.positions.append(first)
    ring.vertices.append(0)
    let allowed = min(
      thresholds.closingGapMetres,
      thresholds.closingGapShare * Geodesic.perimeter(of: ring.positions))
    note(gap <= allowed ? .ringClosed : .ringNotClosed, at: place, figures)
    return gap <= allowed
  }
}

extension GeoJSONPosition {
  var plain: Position { Position(longitude: longitude.value, latitude: latitude.value) }
}
