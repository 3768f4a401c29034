/// Sine and inverse hyperbolic tangent from additions, multiplications and divisions alone.
///
/// IEEE 754 defines those to the last bit and leaves sine to each maths library, so an area
/// that must be the same on every machine cannot call one.
enum ExactMath {
  /// Radians in a degree.
  static let radian = 0.017453292519943295

  /// The sine of −90…90 degrees, good to about one unit in the last place.
  static func sin(degrees: Double) -> Double {
    if degrees < 0 { return -sin(degrees: -degrees) }
    return degrees <= 45 ? sinSeries(degrees * radian) : cosSeries((90 - degrees) * radian)
  }

  /// Taylor about 0 for x up to π/4; the first term left out is under 10^-21.
  private static func sinSeries(_ x: Double) -> Double {
    let square = x * x
    var sum = 0.0
    var n = 19.0
    while n > 1 {
      sum = square / (n * (n - 1)) * (1 - sum)
      n -= 2
    }
    return x * (1 - sum)
  }

  private static func cosSeries(_ x: Double) -> Double {
    let square = x * x
    var sum = 0.0
    var n = 20.0
    while n > 0 {
      sum = square / (n * (n - 1)) * (1 - sum)
      n -= 2
    }
    return 1 - sum
  }

  /// The inverse hyperbolic tangent of |x| ≤ 0.2: x + x³/3 + x⁵/5 + …; the first term left
  /// out is under 10^-18 of the result.
  static func atanh(_ x: Double) -> Double {
    let square = x * x
    var sum = 0.0
    var n = 25.0
    while n >= 1 {
      sum = sum * square + 1 / n
      n -= 2
    }
    return x * sum
  }
}
