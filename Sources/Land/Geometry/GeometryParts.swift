/// Where a position stands in a geometry as received; all counted from 0.
struct VertexAddress: Hashable {
  /// The polygon's number, or the point's.
  let part: Int
  var ring = 0
  var vertex = 0
}

/// A point and the path it stands at.
struct PlacedPosition {
  let position: GeoJSONPosition
  let place: String
}

/// A polygon's rings as received and the path of its coordinates.
struct PlacedPolygon {
  let rings: [[GeoJSONPosition]]
  let place: String
}

/// A geometry of any type taken apart into points, lines and polygons.
struct GeometryParts {
  var points: [PlacedPosition] = []
  var lines: [(type: String, place: String)] = []
  var polygons: [PlacedPolygon] = []
  /// How many members of geometry collections were joined.
  var joined = 0

  var positionCount: Int {
    polygons.reduce(points.count) { sum, polygon in
      polygon.rings.reduce(sum) { $0 + $1.count }
    }
  }

  mutating func collect(_ source: GeoJSONGeometry, at place: String) {
    let coordinates = place.isEmpty ? "coordinates" : place + ".coordinates"
    switch source {
    case .point(let position):
      points.append(PlacedPosition(position: position, place: coordinates))
    case .multiPoint(let positions):
      for (index, position) in positions.enumerated() {
        points.append(PlacedPosition(position: position, place: "\(coordinates)[\(index)]"))
      }
    case .lineString: lines.append(("LineString", place))
    case .multiLineString: lines.append(("MultiLineString", place))
    case .polygon(let rings): polygons.append(PlacedPolygon(rings: rings, place: coordinates))
    case .multiPolygon(let list):
      for (index, rings) in list.enumerated() {
        polygons.append(PlacedPolygon(rings: rings, place: "\(coordinates)[\(index)]"))
      }
    case .geometryCollection(let members):
      joined += members.count
      for (index, member) in members.enumerated() {
        collect(member, at: (place.isEmpty ? "" : place + ".") + "geometries[\(index)]")
      }
    }
  }

  /// Calls `body` with each position until it answers false.
  func forEachPosition(_ body: (GeoJSONPosition, VertexAddress) -> Bool) {
    for (part, point) in points.enumerated() {
      guard body(point.position, VertexAddress(part: part)) else { return }
    }
    for (part, polygon) in polygons.enumerated() {
      for (ring, positions) in polygon.rings.enumerated() {
        for (vertex, position) in positions.enumerated() {
          guard body(position, VertexAddress(part: part, ring: ring, vertex: vertex)) else {
            return
          }
        }
      }
    }
  }

  /// The path of a position.
  func place(of address: VertexAddress) -> String {
    points.isEmpty
      ? "\(polygons[address.part].place)[\(address.ring)][\(address.vertex)]"
      : points[address.part].place
  }

  /// The same with latitude and longitude exchanged.
  var turned: GeometryParts {
    var parts = self
    parts.points = points.map { PlacedPosition(position: $0.position.turned, place: $0.place) }
    parts.polygons = polygons.map { polygon in
      PlacedPolygon(rings: polygon.rings.map { $0.map(\.turned) }, place: polygon.place)
    }
    return parts
  }
}
