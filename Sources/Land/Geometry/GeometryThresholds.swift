/// The numbers that the checks go by: data, under a name that the evidence records.
public struct GeometryThresholds: Sendable, Hashable {
  public let name: String
  /// G01: less land than this is none; the EU system takes 0.0001 ha or more.
  public var leastSquareMetres = 1.0
  /// G03, in metres.
  public var shortSegmentMetres = 1.0
  /// G04: a narrower angle, between sides longer than so many median sides, is a spike.
  public var spikeDegrees = 10.0
  public var spikeMedianSides = 3.0
  /// G05: 4πA/P², and mean width in metres.
  public var sliverCompactness = 0.1
  public var sliverWidthMetres = 10.0
  /// G06: 4πA/P², or the radii's distance from their mean, from so many corners on.
  public var roundCompactness = 0.98
  public var roundRadiusShare = 0.02
  public var roundCorners = 12
  /// G07: angles off a right one in degrees, or the share of the smallest rectangle around.
  public var rectangleDegrees = 0.5
  public var rectangleShare = 0.995
  /// G08 (Regulation (EU) 2023/1115 Article 2(28): at least six decimal digits).
  public var decimals = 6
  /// G09 (Article 2(28): a polygon for plots of more than four hectares).
  public var pointHectares = 4.0
  public var areaShare = 0.1
  public var areaHectares = 0.5

  /// The first set of thresholds.
  public static let raiz1 = GeometryThresholds(name: "raiz-geometry/1")

  public init(name: String) {
    self.name = name
  }
}
