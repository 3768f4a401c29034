/// Areas between two meridians and two parallels of WGS 84, in closed form.
enum EllipsoidStrip {
  private static let squaredEccentricity = Geodesic.flattening * (2 - Geodesic.flattening)
  private static let eccentricity = squaredEccentricity.squareRoot()
  private static let semiMinorAxis = Geodesic.semiMajorAxis * (1 - Geodesic.flattening)

  /// Square metres of `width` × `height` degrees about the latitude `middle`.
  ///
  /// From the area up to a parallel, b²/2·Δλ·(s/(1−e²s²) + atanh(e·s)/e) with s the sine of the
  /// latitude (Snyder, *Map Projections: A Working Manual*, eq. 3-12). The difference of two such
  /// areas is taken by the sum formulas, so that a strip of 10 m keeps all its digits.
  static func squareMetres(middle: Double, height: Double, width: Double) -> Double {
    guard height > 0 else { return 0 }
    let half = height / 2
    let e2 = squaredEccentricity
    let south = ExactMath.sin(degrees: middle - half)
    let north = ExactMath.sin(degrees: middle + half)
    // sin(m+h) − sin(m−h) = 2 cos m sin h
    let step = 2 * ExactMath.sin(degrees: 90 - abs(middle)) * ExactMath.sin(degrees: half)
    let product = south * north
    let rational =
      step * (1 + e2 * product) / ((1 - e2 * south * south) * (1 - e2 * north * north))
    let logarithmic =
      ExactMath.atanh(eccentricity * step / (1 - e2 * product)) / eccentricity
    return semiMinorAxis * semiMinorAxis / 2 * (width * ExactMath.radian)
      * (rational + logarithmic)
  }
}
