/// Gives JSON the meaning that RFC 7946 gives it.
///
/// A first pass checks the bytes as JSON. A second goes through the objects: each member is
/// marked first and read once the object's `type` is known, in whatever order they stand.
struct GeoJSONReader {
  var scanner: JSONScanner
  let limits: GeoJSONLimits
  var positionsInFile = 0
  var positionsInGeometry = 0

  typealias Members = [String: JSONScanner.Mark]

  init(_ bytes: [UInt8], limits: GeoJSONLimits) throws(GeoJSONError) {
    guard bytes.count <= limits.bytes else {
      throw GeoJSONError(
        .tooManyBytes, at: JSONPath(), byte: limits.bytes,
        ["found": String(bytes.count), "limit": String(limits.bytes)])
    }
    if let wrong = UTF8Check.firstFault(in: bytes) {
      throw GeoJSONError(.notUTF8, at: JSONPath(), byte: wrong)
    }
    self.scanner = JSONScanner(bytes, limits: limits)
    self.limits = limits
  }

  mutating func document() throws(GeoJSONError) -> [GeoJSONFeature] {
    let start = scanner.mark
    try scanner.check()
    try scanner.end()
    scanner.rewind(to: start)
    let root = try members(at: start)
    switch try type(root, at: start) {
    case "FeatureCollection": return try featureCollection(root, at: start)
    case "Feature": return [try feature(root, at: start, index: 0)]
    default:
      positionsInGeometry = 0
      let geometry = try geometry(root, at: start)
      return [
        GeoJSONFeature(index: 0, id: nil, properties: [:], geometry: geometry, geometryPlace: "")
      ]
    }
  }

  // MARK: Features

  private mutating func featureCollection(
    _ root: Members, at start: JSONScanner.Mark
  ) throws(GeoJSONError) -> [GeoJSONFeature] {
    try refuse(
      ["coordinates", "geometries", "geometry", "properties"], in: root, of: "FeatureCollection")
    let list = try member("features", of: root, at: start)
    try expectKind("an array", at: list)
    try scanner.openArray()
    var marks: [JSONScanner.Mark] = []
    while try scanner.nextElement() {
      guard marks.count < limits.features else {
        throw scanner.failure(.tooManyFeatures, ["limit": String(limits.features)])
      }
      marks.append(scanner.mark)
      scanner.skipChecked()
    }
    var features: [GeoJSONFeature] = []
    for mark in marks {
      let found = try members(at: mark)
      let type = try type(found, at: mark)
      guard type == "Feature" else {
        throw fail(.unknownType, at: found["type"] ?? mark, ["found": type])
      }
      features.append(try feature(found, at: mark, index: features.count))
    }
    return features
  }

  private mutating func feature(
    _ found: Members, at start: JSONScanner.Mark, index: Int
  ) throws(GeoJSONError) -> GeoJSONFeature {
    try refuse(["coordinates", "geometries", "features"], in: found, of: "Feature")
    let geometryMark = try member("geometry", of: found, at: start)
    let propertiesMark = try member("properties", of: found, at: start)

    var id: JSONValue?
    if let mark = found["id"] {
      scanner.rewind(to: mark)
      let kind = scanner.kind()
      let value = try scanner.value()
      guard value.string != nil || value.number != nil else {
        throw fail(.wrongKind, at: mark, ["expected": "a text or a number", "found": kind])
      }
      id = value
    }

    scanner.rewind(to: propertiesMark)
    let kind = scanner.kind()
    let properties: [String: JSONValue]
    switch try scanner.value() {
    case .object(let members): properties = members
    case .null: properties = [:]
    default:
      throw fail(
        .wrongKind, at: propertiesMark, ["expected": "an object or null", "found": kind])
    }

    scanner.rewind(to: geometryMark)
    var geometry: GeoJSONGeometry?
    if scanner.kind() != "null" {
      positionsInGeometry = 0
      geometry = try self.geometry(try members(at: geometryMark), at: geometryMark)
    }
    return GeoJSONFeature(
      index: index, id: id, properties: properties, geometry: geometry,
      geometryPlace: geometryMark.path.text)
  }

  // MARK: Members

  /// Marks where each member's value starts; checks `bbox` and `crs`, which any object may have.
  mutating func members(at start: JSONScanner.Mark) throws(GeoJSONError) -> Members {
    try expectKind("an object", at: start)
    try scanner.openObject()
    var marks: Members = [:]
    while let name = try scanner.nextMember() {
      marks[name] = scanner.mark
      scanner.skipChecked()
    }
    if let bbox = marks["bbox"] { try checkBoundingBox(at: bbox) }
    if let crs = marks["crs"] { try checkReferenceSystem(at: crs) }
    return marks
  }

  func fail(
    _ code: GeoJSONError.Code, at mark: JSONScanner.Mark, _ figures: [String: String]
  ) -> GeoJSONError {
    var there = scanner
    there.rewind(to: mark)
    return there.failure(code, figures)
  }

  mutating func expectKind(_ kind: String, at mark: JSONScanner.Mark) throws(GeoJSONError) {
    scanner.rewind(to: mark)
    let found = scanner.kind()
    guard found == kind else {
      throw scanner.failure(.wrongKind, ["expected": kind, "found": found])
    }
  }

  func member(
    _ name: String, of found: Members, at start: JSONScanner.Mark
  ) throws(GeoJSONError) -> JSONScanner.Mark {
    guard let mark = found[name] else { throw fail(.memberMissing, at: start, ["member": name]) }
    return mark
  }

  mutating func type(
    _ found: Members, at start: JSONScanner.Mark
  ) throws(GeoJSONError) -> String {
    let mark = try member("type", of: found, at: start)
    try expectKind("a text", at: mark)
    return try scanner.string()
  }

  /// Members that RFC 7946 section 7.1 keeps for other kinds of object.
  func refuse(
    _ names: [String], in found: Members, of type: String
  ) throws(GeoJSONError) {
    for name in names {
      guard let mark = found[name] else { continue }
      throw fail(.misplacedMember, at: mark, ["member": name, "type": type])
    }
  }
}
