/// A position and the path it stands at.
struct PlacedPosition {
  let position: GeoJSONPosition
  let place: String
}

/// A polygon's rings as received and the path of its coordinates.
struct PlacedPolygon {
  let rings: [[GeoJSONPosition]]
  let place: String

  var positions: [PlacedPosition] {
    rings.enumerated().flatMap { index, ring in
      ring.map { PlacedPosition(position: $0, place: "\(place)[\(index)]") }
    }
  }
}

/// A geometry of any type taken apart into points, lines and polygons.
struct GeometryParts {
  var points: [PlacedPosition] = []
  var lines: [(type: String, place: String)] = []
  var polygons: [PlacedPolygon] = []
  /// How many members of geometry collections were joined.
  var joined = 0

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
}
