import CGeo

/// A geometry as a vector file has it: nothing closed, turned or joined.
indirect enum VectorShape: Sendable, Hashable {
  case point(Position)
  case multiPoint([Position])
  case lineString([Position])
  case multiLineString([[Position]])
  case polygon([[Position]])
  case multiPolygon([[[Position]]])
  case collection([VectorShape])

  /// The type's name in Simple Features.
  var typeName: String {
    switch self {
    case .point: "Point"
    case .multiPoint: "MultiPoint"
    case .lineString: "LineString"
    case .multiLineString: "MultiLineString"
    case .polygon: "Polygon"
    case .multiPolygon: "MultiPolygon"
    case .collection: "GeometryCollection"
    }
  }

  /// All positions, in order.
  var positions: [Position] {
    switch self {
    case .point(let position): [position]
    case .multiPoint(let list), .lineString(let list): list
    case .multiLineString(let lists), .polygon(let lists): lists.flatMap { $0 }
    case .multiPolygon(let polygons): polygons.flatMap { $0.flatMap { $0 } }
    case .collection(let members): members.flatMap(\.positions)
    }
  }

  /// The same shape with each position given by a rule.
  func mapped(_ rule: (Position) -> Position) -> VectorShape {
    switch self {
    case .point(let position): .point(rule(position))
    case .multiPoint(let list): .multiPoint(list.map(rule))
    case .lineString(let list): .lineString(list.map(rule))
    case .multiLineString(let lists): .multiLineString(lists.map { $0.map(rule) })
    case .polygon(let rings): .polygon(rings.map { $0.map(rule) })
    case .multiPolygon(let polygons): .multiPolygon(polygons.map { $0.map { $0.map(rule) } })
    case .collection(let members): .collection(members.map { $0.mapped(rule) })
    }
  }
}

/// Takes an OGR geometry apart.
enum OGRShapeReader {
  /// - Throws: `vector-curved` for arcs and `vector-not-area` for what is no simple feature.
  static func shape(_ geometry: OGRGeometryH) throws(VectorError) -> VectorShape {
    let type = unsafe OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))
    switch type {
    case wkbPoint:
      let list = unsafe positions(geometry)
      return list.count == 1 ? .point(list[0]) : .multiPoint(list)
    case wkbLineString, wkbLinearRing: return unsafe .lineString(positions(geometry))
    case wkbPolygon: return unsafe .polygon(rings(geometry))
    case wkbMultiPoint:
      return unsafe .multiPoint(parts(geometry).flatMap { unsafe positions($0) })
    case wkbMultiLineString:
      return unsafe .multiLineString(parts(geometry).map { unsafe positions($0) })
    case wkbMultiPolygon:
      return unsafe .multiPolygon(parts(geometry).map { unsafe rings($0) })
    case wkbGeometryCollection:
      var members: [VectorShape] = []
      let list = unsafe parts(geometry)
      for index in unsafe list.indices { members.append(try unsafe shape(list[index])) }
      return .collection(members)
    default:
      let name = unsafe OGRGeometryTypeToName(type).map { unsafe String(cString: $0) } ?? "?"
      let isCurve = OGR_GT_IsNonLinear(type) != 0
      throw VectorError(isCurve ? .curved : .notArea, ["found": name])
    }
  }

  private static func parts(_ geometry: OGRGeometryH) -> [OGRGeometryH] {
    unsafe (0..<max(0, OGR_G_GetGeometryCount(geometry))).compactMap {
      unsafe OGR_G_GetGeometryRef(geometry, $0)
    }
  }

  private static func rings(_ geometry: OGRGeometryH) -> [[Position]] {
    unsafe parts(geometry).map { unsafe positions($0) }
  }

  private static func positions(_ geometry: OGRGeometryH) -> [Position] {
    guard unsafe OGR_G_IsEmpty(geometry) == 0 else { return [] }
    let count = Int(unsafe OGR_G_GetPointCount(geometry))
    var xs = [Double](repeating: 0, count: count)
    var ys = [Double](repeating: 0, count: count)
    let stride = Int32(MemoryLayout<Double>.stride)
    _ = unsafe OGR_G_GetPoints(geometry, &xs, stride, &ys, stride, nil, 0)
    return zip(xs, ys).map { Position(longitude: $0, latitude: $1) }
  }
}
