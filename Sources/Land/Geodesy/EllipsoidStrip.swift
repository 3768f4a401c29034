/// Areas between two meridians and two parallels of WGS 84, in closed form: of strips of one
/// height and width, four at a time.
struct EllipsoidStrip: Sendable {
  typealias Four = ExactMath.Four

  private static let squaredEccentricity = Geodesic.flattening * (2 - Geodesic.flattening)
  private static let eccentricity = squaredEccentricity.squareRoot()
  private static let semiMinorAxis = Geodesic.semiMajorAxis * (1 - Geodesic.flattening)

  private let half: Double
  private let sineOfHalf: Double
  private let scale: Double

  /// - Parameters: in degrees, neither below zero.
  init(height: Double, width: Double) {
    half = height / 2
    sineOfHalf = ExactMath.sin(degrees: half)
    scale = Self.semiMinorAxis * Self.semiMinorAxis / 2 * (width * ExactMath.radian)
  }

  /// Square metres about each of four latitudes, in degrees.
  ///
  /// From the area up to a parallel, b²/2·Δλ·(s/(1−e²s²) + atanh(e·s)/e) with s the sine of the
  /// latitude (Snyder, *Map Projections: A Working Manual*, eq. 3-12). The difference of two such
  /// areas is taken by the sum formulas, so that a strip of 10 m keeps all its digits.
  func squareMetres(middles: Four) -> Four {
    let e2 = Self.squaredEccentricity
    let south = ExactMath.sin(degrees: middles - half)
    let north = ExactMath.sin(degrees: middles + half)
    // sin(m+h) − sin(m−h) = 2 cos m sin h
    let step = 2 * ExactMath.sin(degrees: 90 - ExactMath.magnitude(middles)) * sineOfHalf
    let product = south * north
    let rational =
      step * (1 + e2 * product) / ((1 - e2 * south * south) * (1 - e2 * north * north))
    let logarithmic =
      ExactMath.atanh(Self.eccentricity * step / (1 - e2 * product)) / Self.eccentricity
    return scale * (rational + logarithmic)
  }
}
