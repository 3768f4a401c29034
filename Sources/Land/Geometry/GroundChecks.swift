/// What the values of a land cover map mean, as far as nothing is grown there.
public struct GroundLegend: Sendable, Hashable, Codable {
  public let water: Set<Int>
  public let builtUp: Set<Int>

  public init(water: Set<Int>, builtUp: Set<Int>) {
    self.water = water
    self.builtUp = builtUp
  }

  /// ESA WorldCover v100 and v200: 80 permanent water, 50 built-up.
  public static let worldCover = GroundLegend(water: [80], builtUp: [50])
  /// Hansen/UMD `datamask`: 2 permanent water.
  public static let hansenDataMask = GroundLegend(water: [2], builtUp: [])
  /// JRC Tropical Moist Forest, annual classes: 5 water.
  public static let tropicalMoistForest = GroundLegend(water: [5], builtUp: [])
}

/// G12: a plot on water, on built-up land, or where its crop does not grow.
///
/// Pure: takes what an overlay found, square metres by the map's value, and says what follows.
public enum GroundChecks {
  /// - Parameters:
  ///   - cover: square metres by the value of a land cover map.
  ///   - unknown: square metres without a value, or beyond the map.
  ///   - dataset: the map's name, for the messages.
  public static func findings(
    cover: [Int: Double], unknown: Double = 0, legend: GroundLegend, dataset: String,
    at place: String = "", thresholds: GeometryThresholds = .raiz1
  ) -> [GeometryFinding] {
    let ground = Ground(cover, unknown, dataset, place)
    guard let total = ground.total else { return [ground.finding(.groundUnknown)] }
    var findings: [GeometryFinding] = []
    let judge = { (values: Set<Int>, mostly: GeometryProblem, partly: GeometryProblem) in
      let share = ground.squareMetres { values.contains($0) } / total
      guard share > thresholds.groundShare else { return }
      findings.append(
        ground.finding(share > thresholds.groundMostShare ? mostly : partly, share: share))
    }
    judge(legend.water, .onWater, .partlyOnWater)
    judge(legend.builtUp, .onBuiltUp, .partlyOnBuiltUp)
    return findings
  }

  /// - Parameters:
  ///   - elevation: square metres by the value of an elevation map.
  ///   - metresPerValue: what one step of the map's values is, in metres.
  ///   - crop: the catalogue's code; a crop without a range is not judged.
  public static func findings(
    elevation: [Int: Double], unknown: Double = 0, metresPerValue: Double = 1, crop: String,
    dataset: String, at place: String = "", thresholds: GeometryThresholds = .raiz1
  ) -> [GeometryFinding] {
    guard let range = thresholds.altitudes[crop] else { return [] }
    let ground = Ground(elevation, unknown, dataset, place)
    guard let total = ground.total else { return [ground.finding(.groundUnknown)] }
    let outside = ground.squareMetres { value in
      let metres = Double(value) * metresPerValue
      return metres < range.lowest || metres > range.highest
    }
    guard outside / total > thresholds.groundMostShare else { return [] }
    let metres = ground.mean * metresPerValue
    return [
      ground.finding(
        .outsideAltitude, share: outside / total,
        [
          "crop": crop, "metres": Figure.text(metres, decimals: 0),
          "lowest": Figure.text(range.lowest, decimals: 0),
          "highest": Figure.text(range.highest, decimals: 0),
        ])
    ]
  }
}

/// One map's values under one plot.
private struct Ground {
  /// In ascending order of value, so that sums do not depend on the dictionary's order.
  private let classes: [(value: Int, squareMetres: Double)]
  private let unknown: Double
  private let dataset: String
  private let place: String

  init(_ classes: [Int: Double], _ unknown: Double, _ dataset: String, _ place: String) {
    self.classes = classes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    self.unknown = unknown
    self.dataset = dataset
    self.place = place
  }

  /// Square metres that the map knows; nil if that is less than half of the plot.
  var total: Double? {
    let known = squareMetres { _ in true }
    return known > 0 && known >= unknown ? known : nil
  }

  func squareMetres(_ isMeant: (Int) -> Bool) -> Double {
    classes.reduce(0) { $0 + (isMeant($1.value) ? $1.squareMetres : 0) }
  }

  var mean: Double {
    classes.reduce(0) { $0 + Double($1.value) * $1.squareMetres } / squareMetres { _ in true }
  }

  func finding(
    _ problem: GeometryProblem, share: Double = 0, _ figures: [String: String] = [:]
  ) -> GeometryFinding {
    var figures = figures
    figures["dataset"] = dataset
    figures["percent"] = Figure.percent(share)
    return GeometryFinding(problem: problem, place: place, figures: figures)
  }
}
