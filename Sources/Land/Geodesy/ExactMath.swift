/// Sine and inverse hyperbolic tangent from additions, multiplications and divisions alone, of four
/// numbers at a time.
///
/// IEEE 754 defines those to the last bit and leaves sine to each maths library, so an area
/// that must be the same on every machine cannot call one.
enum ExactMath {
  typealias Four = SIMD4<Double>

  /// Radians in a degree.
  static let radian = 0.017453292519943295

  static func magnitude(_ x: Four) -> Four { x.replacing(with: -x, where: x .< 0) }

  static func sin(degrees: Double) -> Double { sin(degrees: Four(repeating: degrees))[0] }

  /// The sine of −90…90 degrees, good to about one unit in the last place.
  static func sin(degrees: Four) -> Four {
    let size = magnitude(degrees)
    var sine = Four.zero
    if size.min() <= 45 { sine = sinSeries(size * radian) }
    if size.max() > 45 {
      sine.replace(with: cosSeries((90 - size) * radian), where: size .> 45)
    }
    return sine.replacing(with: -sine, where: degrees .< 0)
  }

  /// Taylor about 0 for x up to π/4; the first term left out is under 10^-21.
  private static func sinSeries(_ x: Four) -> Four {
    let square = x * x
    var sum = Four.zero
    var n = 19.0
    while n > 1 {
      sum = square / (n * (n - 1)) * (1 - sum)
      n -= 2
    }
    return x * (1 - sum)
  }

  private static func cosSeries(_ x: Four) -> Four {
    let square = x * x
    var sum = Four.zero
    var n = 20.0
    while n > 0 {
      sum = square / (n * (n - 1)) * (1 - sum)
      n -= 2
    }
    return 1 - sum
  }

  /// The inverse hyperbolic tangent of |x| ≤ 0.2: x + x³/3 + x⁵/5 + …; the first term left
  /// out is under 10^-18 of the result.
  static func atanh(_ x: Four) -> Four {
    let square = x * x
    var sum = Four.zero
    var n = 25.0
    while n >= 1 {
      sum = sum * square + 1 / n
      n -= 2
    }
    return x * sum
  }
}
