import CGeo

/// Lengths and areas on the WGS 84 ellipsoid by Karney's algorithms (J. Geod. 87, 43–55, 2013),
/// from PROJ's `geodesic.h`.
public enum Geodesic {
  /// WGS 84 (NIMA TR8350.2): semi-major axis in metres, and flattening.
  static let semiMajorAxis = 6_378_137.0
  static let flattening = 1 / 298.257223563

  private static func ellipsoid() -> geod_geodesic {
    var geodesic = geod_geodesic()
    unsafe geod_init(&geodesic, semiMajorAxis, flattening)
    return geodesic
  }

  /// Metres along the shortest line.
  public static func distance(_ from: Position, _ to: Position) -> Double {
    var geodesic = ellipsoid()
    var metres = 0.0
    unsafe geod_inverse(
      &geodesic, from.latitude, from.longitude, to.latitude, to.longitude, &metres, nil, nil)
    return metres
  }

  /// The place that many metres away, the direction in degrees from north, clockwise.
  static func destination(from: Position, azimuth: Double, metres: Double) -> Position {
    var geodesic = ellipsoid()
    var latitude = 0.0
    var longitude = 0.0
    unsafe geod_direct(
      &geodesic, from.latitude, from.longitude, azimuth, metres, &latitude, &longitude, nil)
    return Position(longitude: longitude, latitude: latitude)
  }

  /// Square metres and metres of a closed ring, whichever way it goes.
  private static func measure(_ ring: [Position]) -> (area: Double, perimeter: Double) {
    var geodesic = ellipsoid()
    var area = 0.0
    var perimeter = 0.0
    var latitudes = ring.dropLast().map(\.latitude)
    var longitudes = ring.dropLast().map(\.longitude)
    unsafe geod_polygonarea(
      &geodesic, &latitudes, &longitudes, Int32(latitudes.count), &area, &perimeter)
    return (abs(area), perimeter)
  }

  static func area(ofRing ring: [Position]) -> Double { measure(ring).area }

  static func perimeter(of ring: [Position]) -> Double { measure(ring).perimeter }

  /// Square metres: the shell less the holes.
  public static func area(of polygon: Polygon) -> Double {
    polygon.holes.reduce(area(ofRing: polygon.shell)) { $0 - area(ofRing: $1) }
  }
}

extension PlotGeometry {
  /// Square metres on the ellipsoid; 0 for a point.
  public var areaSquareMetres: Double {
    polygons.reduce(0) { $0 + Geodesic.area(of: $1) }
  }

  /// Metres of all shells and holes.
  public var perimeterMetres: Double {
    polygons.reduce(0) { sum, polygon in
      polygon.rings.reduce(sum) { $0 + Geodesic.perimeter(of: $1) }
    }
  }

  /// The centre of its area on the plane of degrees; may lie outside a crescent.
  public var centroid: Position {
    guard case .multiPolygon(let polygons) = self else { return box.corner }
    let origin = box.corner
    var area = 0.0
    var x = 0.0
    var y = 0.0
    for ring in polygons.flatMap(\.rings) {
      for (a, b) in zip(ring, ring.dropFirst()) {
        let ax = a.longitude - origin.longitude
        let ay = a.latitude - origin.latitude
        let bx = b.longitude - origin.longitude
        let by = b.latitude - origin.latitude
        let cross = ax * by - bx * ay
        area += cross
        x += (ax + bx) * cross
        y += (ay + by) * cross
      }
    }
    guard area != 0 else { return origin }
    return Position(
      longitude: origin.longitude + x / (3 * area), latitude: origin.latitude + y / (3 * area))
  }

  /// A place inside it for a label; the centroid should GEOS fail.
  public var pointOnSurface: Position {
    guard case .multiPolygon(let polygons) = self else { return box.corner }
    do {
      let geos = try GEOSContext()
      return try geos.pointOnSurface(geos.shape(polygons))
    } catch {
      return centroid
    }
  }

  /// A round plot of a given area about a place, to assess plots known by a point only.
  ///
  /// 64 corners, counter-clockwise from the north, their distance such that the polygon (not
  /// the circle about it) has the area. Corners are rounded to 10^-9 degrees (0.1 mm), so that
  /// the last bits of a machine's sine do not change the result.
  /// - Parameter squareMetres: more than 0, at most ``Disc/mostSquareMetres``.
  public static func disc(
    around centre: Position, squareMetres: Double
  ) throws(Disc.Failure) -> PlotGeometry {
    guard squareMetres > 0, squareMetres <= Disc.mostSquareMetres else {
      throw .areaOutOfRange(squareMetres: squareMetres)
    }
    let corners = Double(Disc.corners)
    // n/2 r² sin(2π/n), with the sine of 2π/64 by its own series: the same on every machine.
    let radius = (2 * squareMetres / (corners * ExactMath.sin(degrees: 360 / corners)))
      .squareRoot()
    var shell: [Position] = []
    for index in 0..<Disc.corners {
      let corner = Geodesic.destination(
        from: centre, azimuth: -Double(index) * 360 / corners, metres: radius)
      shell.append(
        Position(
          longitude: Disc.rounded(corner.longitude), latitude: Disc.rounded(corner.latitude)))
    }
    guard shell.allSatisfy({ abs($0.longitude - centre.longitude) < 90 }),
      shell.allSatisfy({ abs($0.latitude) < 90 })
    else { throw .crossesEdgeOfWorld }
    shell.append(shell[0])
    return .multiPolygon([Polygon(shell: shell)])
  }
}

extension GeographicBox {
  fileprivate var corner: Position { Position(longitude: west, latitude: south) }
}

/// The round plots that stand for points.
public enum Disc {
  static let corners = 64
  /// Far above the 4 ha that a point may stand for.
  public static let mostSquareMetres = 1e8

  public enum Failure: Error, Sendable, Hashable, CustomStringConvertible {
    case areaOutOfRange(squareMetres: Double)
    case crossesEdgeOfWorld

    /// A stable name.
    public var code: String {
      switch self {
      case .areaOutOfRange: "disc-area-out-of-range"
      case .crossesEdgeOfWorld: "disc-crosses-edge-of-world"
      }
    }

    public var description: String {
      switch self {
      case .areaOutOfRange(let area):
        "\(code): \(area) m²; give more than 0 and at most \(Disc.mostSquareMetres)"
      case .crossesEdgeOfWorld:
        "\(code): the round plot crosses the 180th meridian or a pole; draw a polygon"
      }
    }
  }

  static func rounded(_ degrees: Double) -> Double {
    let units = DecimalText(degrees).roundedInteger(decimals: 9) ?? 0
    return Double(units) / 1e9
  }
}
