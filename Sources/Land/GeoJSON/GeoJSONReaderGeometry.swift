/// Geometry objects, their coordinates, and the members `bbox` and `crs`.
extension GeoJSONReader {
  mutating func geometry(
    _ found: Members, at start: JSONScanner.Mark
  ) throws(GeoJSONError) -> GeoJSONGeometry {
    let type = try type(found, at: start)
    let names: Set<String> = [
      "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
      "GeometryCollection",
    ]
    guard names.contains(type) else {
      throw fail(.unknownType, at: found["type"] ?? start, ["found": type])
    }
    try refuse(["geometry", "properties", "features"], in: found, of: type)
    if type == "GeometryCollection" { return try collection(found, at: start) }

    let mark = try member("coordinates", of: found, at: start)
    scanner.rewind(to: mark)
    switch type {
    case "Point": return .point(try position(type))
    case "MultiPoint": return .multiPoint(try positions(type))
    case "LineString": return .lineString(try positions(type))
    case "MultiLineString": return .multiLineString(try rings(type))
    case "Polygon": return .polygon(try rings(type))
    default:
      var polygons: [[[GeoJSONPosition]]] = []
      try openList(type, "a list of polygons")
      while try scanner.nextElement() { polygons.append(try rings(type)) }
      return .multiPolygon(polygons)
    }
  }

  private mutating func collection(
    _ found: Members, at start: JSONScanner.Mark
  ) throws(GeoJSONError) -> GeoJSONGeometry {
    try refuse(["coordinates"], in: found, of: "GeometryCollection")
    let list = try member("geometries", of: found, at: start)
    try expectKind("an array", at: list)
    try scanner.openArray()
    var marks: [JSONScanner.Mark] = []
    while try scanner.nextElement() {
      marks.append(scanner.mark)
      scanner.skipChecked()
    }
    // Nesting is bounded: the first pass has refused anything deeper than the limit.
    var geometries: [GeoJSONGeometry] = []
    for mark in marks { geometries.append(try geometry(try members(at: mark), at: mark)) }
    return .geometryCollection(geometries)
  }

  // MARK: Coordinates

  private mutating func openList(_ type: String, _ expected: String) throws(GeoJSONError) {
    let found = scanner.kind()
    guard found == "an array" else {
      throw scanner.failure(
        .badCoordinates, ["type": type, "expected": expected, "found": found])
    }
    try scanner.openArray()
  }

  private mutating func rings(_ type: String) throws(GeoJSONError) -> [[GeoJSONPosition]] {
    var rings: [[GeoJSONPosition]] = []
    try openList(type, "a list of rings or lines")
    while try scanner.nextElement() { rings.append(try positions(type)) }
    return rings
  }

  private mutating func positions(_ type: String) throws(GeoJSONError) -> [GeoJSONPosition] {
    var positions: [GeoJSONPosition] = []
    try openList(type, "a list of positions")
    while try scanner.nextElement() { positions.append(try position(type)) }
    return positions
  }

  private mutating func position(_ type: String) throws(GeoJSONError) -> GeoJSONPosition {
    positionsInGeometry += 1
    positionsInFile += 1
    guard positionsInGeometry <= limits.positionsPerGeometry else {
      throw scanner.failure(
        .tooManyPositions, ["limit": String(limits.positionsPerGeometry), "scope": "geometry"])
    }
    guard positionsInFile <= limits.positionsPerFile else {
      throw scanner.failure(
        .tooManyPositions, ["limit": String(limits.positionsPerFile), "scope": "file"])
    }
    try openList(type, "a position")
    var longitude: JSONNumber?
    var latitude: JSONNumber?
    var further: [JSONNumber] = []
    while try scanner.nextElement() {
      let found = scanner.kind()
      guard found == "a number" else {
        throw scanner.failure(
          .badCoordinates, ["type": type, "expected": "a number", "found": found])
      }
      let number = try scanner.number()
      if longitude == nil {
        longitude = number
      } else if latitude == nil {
        latitude = number
      } else {
        further.append(number)
      }
    }
    guard let longitude, let latitude else {
      throw scanner.failure(
        .badCoordinates,
        ["type": type, "expected": "[longitude, latitude]", "found": "fewer than two numbers"])
    }
    return GeoJSONPosition(longitude: longitude, latitude: latitude, further: further)
  }

  // MARK: bbox and crs

  /// RFC 7946 section 5: as many numbers twice as there are dimensions.
  mutating func checkBoundingBox(at mark: JSONScanner.Mark) throws(GeoJSONError) {
    try expectKind("an array", at: mark)
    guard case .array(let elements) = try scanner.value() else { return }
    let numbers = elements.count { $0.number != nil }
    guard numbers == elements.count, numbers >= 4, numbers.isMultiple(of: 2) else {
      throw fail(
        .wrongKind, at: mark,
        ["expected": "four or six numbers", "found": "another list"])
    }
  }

  /// Names of WGS 84 as programs write them, all with longitude first.
  static let wgs84Names: Set<String> = [
    "urn:ogc:def:crs:ogc:1.3:crs84", "urn:ogc:def:crs:ogc::crs84", "ogc:crs84", "crs84",
    "urn:ogc:def:crs:epsg::4326", "epsg:4326",
    "http://www.opengis.net/def/crs/ogc/1.3/crs84", "http://www.opengis.net/def/crs/epsg/0/4326",
    "https://www.opengis.net/def/crs/ogc/1.3/crs84", "https://www.opengis.net/def/crs/epsg/0/4326",
  ]

  /// The `crs` member of GeoJSON 2008: `{"type":"name","properties":{"name":"…"}}`.
  mutating func checkReferenceSystem(at mark: JSONScanner.Mark) throws(GeoJSONError) {
    scanner.rewind(to: mark)
    let kind = scanner.kind()
    var name: String?
    if case .object(let crs) = try scanner.value(), crs["type"]?.string == "name",
      case .object(let properties)? = crs["properties"]
    {
      name = properties["name"]?.string
    }
    guard let name, Self.wgs84Names.contains(name.lowercased()) else {
      throw fail(.crsNotSupported, at: mark, ["found": name ?? kind])
    }
  }
}
