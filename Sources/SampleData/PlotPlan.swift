import Foundation
import Land

/// The land of the sample: square cells in six districts, one plot in each.
struct LandPlan {
  /// A plot's cell, degrees; 20 raster cells aside.
  static let cell = 0.005
  static let rasterCell = 0.000_25
  static let rasterCellsAside = 20
  private static let west = -77.2
  private static let north = -7.6
  /// Cells between two districts' fields.
  private static let gap = 6

  /// Fields of each district: cells aside, and the cells from the north-west corner.
  let side: Int
  let districtColumns: Int
  let districtRows: Int
  private let plotCell: [Int: Int]
  private let counts: [Int]

  /// The whole map, raster cells.
  var columns: Int { 2 * districtColumns * Self.rasterCellsAside }
  var rows: Int { 3 * districtRows * Self.rasterCellsAside }

  var grid: RasterGrid {
    RasterGrid(
      west: Self.west, north: Self.north, cellWidth: Self.rasterCell,
      cellHeight: Self.rasterCell, columns: columns, rows: rows)
  }

  init(_ groups: [GroupPlan]) {
    var counts = [Int](repeating: 0, count: Places.districts.count)
    var first: [Int: Int] = [:]
    for group in groups {
      first[group.index] = counts[group.district]
      counts[group.district] += group.plots.count
    }
    self.counts = counts
    plotCell = first
    var side = 1
    while side * side < (counts.max() ?? 1) { side += 1 }
    self.side = side
    // A third of the province is 0.55° by 0.4°; a larger sample needs more land than it has.
    districtColumns = max(110, side + Self.gap)
    districtRows = max(80, side + Self.gap)
  }

  /// Column and row of a plot's cell from the north-west corner of the map.
  func place(of plot: Int, in group: GroupPlan) -> (column: Int, row: Int) {
    let number = (plotCell[group.index] ?? 0) + plot - group.plots.lowerBound
    let district = Places.districts[group.district]
    let left = district.column * districtColumns + (districtColumns - side) / 2
    let top = district.row * districtRows + (districtRows - side) / 2
    return (left + number % side, top + number / side)
  }

  /// The middle of a cell, degrees.
  func centre(_ place: (column: Int, row: Int)) -> (longitude: Double, latitude: Double) {
    (
      Self.west + (Double(place.column) + 0.5) * Self.cell,
      Self.north - (Double(place.row) + 0.5) * Self.cell
    )
  }

  /// True in the fields that plots may stand in.
  func isField(column: Int, row: Int) -> Bool {
    let inDistrict = (column % districtColumns, row % districtRows)
    let left = (districtColumns - side) / 2
    let top = (districtRows - side) / 2
    return (left..<left + side).contains(inDistrict.0) && (top..<top + side).contains(inDistrict.1)
  }
}

/// One plot: who, where, how large.
struct PlotPlan {
  let index: Int
  let group: GroupPlan
  let isPoint: Bool
  /// Hectares as declared, four decimals.
  let hectares: Double
  let plantedYear: Int
  /// Longitude and latitude in micro-degrees; one for a point, else a closed ring.
  let outline: [(longitude: Int, latitude: Int)]

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
    plantedYear = random.integer(2_006...2_018)
    let inOrder = index - group.plots.lowerBound
    // A plot in doubt has an outline: what its maps show must not hang on a disc.
    isPoint = group.story == nil && wanted < 3.9 && random.integer(0...6) == 0
    var place = land.place(of: index, in: group)
    var shift = 0.0
    if group.story == .overlap, inOrder == 1 {
      // The second plot stands in the first one's cell, half a plot to the east.
      place = land.place(of: index - 1, in: group)
      shift = 0.000_5
    }
    let centre = land.centre(place)
    if isPoint {
      outline = [Self.micro(centre.longitude, centre.latitude)]
      hectares = (wanted * 10_000).rounded() / 10_000
      return
    }
    let ring = Self.ring(centre.longitude + shift, centre.latitude, wanted, &random)
    outline = ring
    let measured = try Self.measuredHectares(ring)
    // Declared as farmers do: to the hundredth, a little off.
    hectares = (measured * random.real(0.985, 1.015) * 100).rounded() / 100
  }

  private static func hectares(_ group: GroupPlan, _ random: inout SampleRandom) -> Double {
    if group.story != nil { return group.isPalm ? 4.5 : 1.5 }
    // The sum of three uniforms is bell-shaped; its exponent is near log-normal.
    let bell = random.fraction() + random.fraction() + random.fraction() - 1.5
    let median = group.isPalm ? 4.6 : 0.9
    return min(max(median * exp(bell * 1.1), 0.3), group.isPalm ? 15 : 8)
  }

  /// A star-shaped ring about a place: simple whatever the radii are.
  private static func ring(
    _ longitude: Double, _ latitude: Double, _ hectares: Double, _ random: inout SampleRandom
  ) -> [(longitude: Int, latitude: Int)] {
    let corners = random.integer(9...18)
    let radius = (hectares * 10_000 / Double.pi).squareRoot()
    let metresPerDegree = 110_600.0
    let widthPerDegree = metresPerDegree * cos(latitude * .pi / 180)
    let turn = random.real(0, 0.3)
    var ring = (0..<corners).map { corner -> (longitude: Int, latitude: Int) in
      let angle = (Double(corner) + random.real(-0.2, 0.2)) * 2 * .pi / Double(corners) + turn
      let reach = radius * random.real(0.86, 1.1)
      return micro(
        longitude + cos(angle) * reach / widthPerDegree,
        latitude + sin(angle) * reach / metresPerDegree)
    }
    ring.append(ring[0])
    return ring
  }

  private static func micro(_ longitude: Double, _ latitude: Double) -> (
    longitude: Int, latitude: Int
  ) {
    (Int((longitude * 1e6).rounded()), Int((latitude * 1e6).rounded()))
  }

  private static func measuredHectares(_ ring: [(longitude: Int, latitude: Int)]) throws -> Double {
    let positions = ring.map {
      Position(longitude: Double($0.longitude) / 1e6, latitude: Double($0.latitude) / 1e6)
    }
    guard let geometry = PlotGeometry.make(polygons: [[positions]]).geometry else {
      throw SampleError.cannotWrite("plot", reason: "an outline came out invalid")
    }
    return geometry.areaSquareMetres / 10_000
  }
}
