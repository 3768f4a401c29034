/// A place on WGS 84, in degrees: longitude −180…180, latitude −90…90.
public struct Position: Sendable, Hashable {
  public let longitude: Double
  public let latitude: Double

  public init(longitude: Double, latitude: Double) {
    // Minus zero is zero: equal places must have equal bytes.
    self.longitude = longitude + 0.0
    self.latitude = latitude + 0.0
  }
}

/// One area: closed rings (first position = last), the shell counter-clockwise, the holes
/// clockwise (RFC 7946 section 3.1.6).
///
/// Only ``PlotGeometry`` makes one, so a polygon met anywhere has been checked.
public struct Polygon: Sendable, Hashable {
  public let shell: [Position]
  public let holes: [[Position]]

  init(shell: [Position], holes: [[Position]] = []) {
    self.shell = shell
    self.holes = holes
  }

  /// The shell first, then the holes.
  public var rings: [[Position]] { [shell] + holes }
}

/// The normalised geometry of a plot.
public enum PlotGeometry: Sendable, Hashable {
  case point(Position)
  case multiPolygon([Polygon])

  /// The polygons; none for a point.
  public var polygons: [Polygon] {
    if case .multiPolygon(let polygons) = self { polygons } else { [] }
  }

  public var isPoint: Bool {
    if case .point = self { true } else { false }
  }

  /// Positions, each ring's closing one not counted.
  public var vertexCount: Int {
    switch self {
    case .point: 1
    case .multiPolygon(let polygons):
      polygons.reduce(0) { sum, polygon in
        sum + polygon.rings.reduce(0) { $0 + $1.count - 1 }
      }
    }
  }

  /// The box around it, in degrees.
  public var box: GeographicBox {
    switch self {
    case .point(let position): GeographicBox(around: [position])
    case .multiPolygon(let polygons): GeographicBox(around: polygons.flatMap(\.shell))
    }
  }
}

/// A box along meridians and parallels, in degrees.
public struct GeographicBox: Sendable, Hashable {
  public let west: Double
  public let south: Double
  public let east: Double
  public let north: Double

  public init(west: Double, south: Double, east: Double, north: Double) {
    self.west = west
    self.south = south
    self.east = east
    self.north = north
  }

  /// The smallest box around positions, of which there must be one at least.
  init(around positions: [Position]) {
    var box = (west: 180.0, south: 90.0, east: -180.0, north: -90.0)
    for position in positions {
      box.west = min(box.west, position.longitude)
      box.east = max(box.east, position.longitude)
      box.south = min(box.south, position.latitude)
      box.north = max(box.north, position.latitude)
    }
    self.init(west: box.west, south: box.south, east: box.east, north: box.north)
  }

  public func contains(longitude: Double, latitude: Double) -> Bool {
    (west...east).contains(longitude) && (south...north).contains(latitude)
  }
}
