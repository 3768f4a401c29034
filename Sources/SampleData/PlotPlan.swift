import Foundation
import Land

/// One plot: who, where, how large.
struct PlotPlan {
  let index: Int
  let group: GroupPlan
  let isPoint: Bool
  /// Hectares as declared, four decimals.
  let hectares: Double
  /// Of the outline; nil for a point.
  let measuredHectares: Double?
  let plantedYear: Int
  /// Longitude and latitude in micro-degrees; one for a point, else a closed ring.
  let outline: [MicroPosition]

  typealias MicroPosition = (longitude: Int, latitude: Int)

  private static let metresPerDegree = 110_600.0
  /// Where the second of two overlapping plots stands: half a plot to the east.
  private static let overlapShiftMetres = 55.0

  var code: String { "P-" + GroupPlan.padded(index + 1, 6) }
  /// Five plots have four producers.
  static func producer(of index: Int) -> Int { index * 4 / 5 }
  static func producerCode(_ number: Int) -> String { "PR-" + GroupPlan.padded(number + 1, 6) }

  var producerCode: String {
    // Two plots that overlap must not be one producer's.
    group.story == .overlap
      ? "PR-S" + GroupPlan.padded(index + 1, 5) : Self.producerCode(Self.producer(of: index))
  }

  init(_ index: Int, _ group: GroupPlan, _ land: LandPlan, seed: UInt64) throws {
    self.index = index
    self.group = group
    var random = SampleRandom(seed: seed, 1, index)
    let wanted = Self.hectares(group, &random)
    plantedYear = Self.planted(random.integer(2_006...2_018), index, group)
    // A plot in doubt has an outline: what its maps show must not hang on a disc.
    isPoint = group.story == nil && wanted < 3.9 && random.integer(0...6) == 0
    let isSecond = group.story == .overlap && index == group.plots.lowerBound + 1
    let centre = land.centre(land.place(of: isSecond ? index - 1 : index, in: group))
    if isPoint {
      hectares = (wanted * 10_000).rounded() / 10_000
      let reach = (wanted * 10_000 / Double.pi).squareRoot()
      let aside = Self.aside(within: LandPlan.reachMetres - reach, &random)
      outline = [Self.micro(centre, aside)]
      measuredHectares = nil
      return
    }
    let shape = PlotShape(
      hectares: wanted, isPlain: group.story != nil, most: LandPlan.reachMetres, &random)
    var aside = (east: 0.0, north: 0.0)
    if group.story == nil {
      aside = Self.aside(within: LandPlan.reachMetres - shape.reach, &random)
    }
    if isSecond { aside.east = Self.overlapShiftMetres }
    var ring = shape.corners.map {
      Self.micro(centre, ($0.east + aside.east, $0.north + aside.north))
    }
    ring.append(ring[0])
    outline = ring
    let measured = try Self.measuredHectares(ring)
    measuredHectares = measured
    // Declared as farmers do: to the hundredth, a little off.
    hectares = (measured * random.real(0.988, 1.012) * 100).rounded() / 100
  }

  /// Palms are old enough to bear in full; one story's plot is not.
  private static func planted(_ year: Int, _ index: Int, _ group: GroupPlan) -> Int {
    if group.story == .youngPlot, index == group.plots.lowerBound {
      return SampleOptions.lastSeason
    }
    return group.isPalm ? min(year, 2_016) : year
  }

  private static func hectares(_ group: GroupPlan, _ random: inout SampleRandom) -> Double {
    if group.story != nil { return group.isPalm ? 4.5 : 1.5 }
    // The sum of three uniforms is bell-shaped; its exponent is near log-normal.
    let bell = random.fraction() + random.fraction() + random.fraction() - 1.5
    let median = group.isPalm ? 4.6 : 0.9
    return min(max(median * exp(bell * 1.1), 0.3), group.isPalm ? 12 : 6)
  }

  /// Somewhere off the middle of the cell, metres.
  private static func aside(
    within slack: Double, _ random: inout SampleRandom
  ) -> (east: Double, north: Double) {
    let most = max(0, slack)
    return (random.real(-most, most), random.real(-most, most))
  }

  private static func micro(
    _ centre: (longitude: Double, latitude: Double), _ aside: (east: Double, north: Double)
  ) -> MicroPosition {
    let widthPerDegree = metresPerDegree * cos(centre.latitude * .pi / 180)
    return (
      Int(((centre.longitude + aside.east / widthPerDegree) * 1e6).rounded()),
      Int(((centre.latitude + aside.north / metresPerDegree) * 1e6).rounded())
    )
  }

  private static func measuredHectares(_ ring: [MicroPosition]) throws -> Double {
    let positions = ring.map {
      Position(longitude: Double($0.longitude) / 1e6, latitude: Double($0.latitude) / 1e6)
    }
    guard let geometry = PlotGeometry.make(polygons: [[positions]]).geometry else {
      throw SampleError.cannotWrite("plot", reason: "an outline came out invalid")
    }
    return geometry.areaSquareMetres / 10_000
  }
}
