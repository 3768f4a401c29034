public import Land

/// The piece of land that a picture shows, and where each place lies on it.
///
/// A local equirectangular plan: metres a degree are measured on the ellipsoid at the middle
/// latitude, so lengths are true there to a part in ten thousand over a few kilometres.
public struct MapFrame: Sendable, Hashable {
  /// The frame's size in the picture's units.
  static let width = 400.0
  static let height = 380.0

  /// No picture shows less ground than this, in metres.
  public static let leastMetres = 300.0
  private static let leastMargin = 40.0
  private static let marginShare = 0.12

  /// What is shown, in degrees.
  public let box: GeographicBox
  let centre: Position
  let metresPerUnit: Double
  /// Units a degree.
  private let eastUnits: Double
  private let northUnits: Double

  /// About a plot: its box and a margin, in the frame's proportions.
  public init(around geometry: PlotGeometry) {
    let plot = geometry.box
    let centre = Position(
      longitude: (plot.west + plot.east) / 2, latitude: (plot.south + plot.north) / 2)
    let step = 0.001
    let eastMetres =
      Geodesic.distance(
        centre, Position(longitude: centre.longitude + step, latitude: centre.latitude)) / step
    let poleward = centre.latitude > 0 ? -step : step
    let northMetres =
      Geodesic.distance(
        centre, Position(longitude: centre.longitude, latitude: centre.latitude + poleward))
      / step
    let across = (plot.east - plot.west) * eastMetres
    let along = (plot.north - plot.south) * northMetres
    let margin = max(Self.leastMargin, Self.marginShare * max(across, along))
    metresPerUnit = max(
      max(Self.leastMetres, across + 2 * margin) / Self.width,
      max(Self.leastMetres, along + 2 * margin) / Self.height)
    // A degree of longitude has no length at a pole.
    eastUnits = max(eastMetres, 1) / metresPerUnit
    northUnits = northMetres / metresPerUnit
    self.centre = centre
    box = GeographicBox(
      west: centre.longitude - Self.width / 2 / eastUnits,
      south: max(-90, centre.latitude - Self.height / 2 / northUnits),
      east: centre.longitude + Self.width / 2 / eastUnits,
      north: min(90, centre.latitude + Self.height / 2 / northUnits))
  }

  /// The frame's inside, in its own units from its north-west corner.
  static let inside = SceneBox(left: 0, top: 0, right: width, bottom: height)

  func x(_ longitude: Double) -> Double {
    Self.width / 2 + (longitude - centre.longitude) * eastUnits
  }

  func y(_ latitude: Double) -> Double {
    Self.height / 2 - (latitude - centre.latitude) * northUnits
  }

  func point(_ position: Position) -> ScenePoint {
    ScenePoint(x: x(position.longitude), y: y(position.latitude))
  }

  /// A closed ring of positions as a ring of points, which repeats none.
  func ring(_ positions: [Position]) -> [ScenePoint] { positions.dropLast().map(point) }
}
