import Foundation

/// The numbers that the checks go by: data, under a name that the evidence records.
///
/// Another set of numbers is another file with another name, never an edit of one in use.
public struct GeometryThresholds: Sendable, Hashable, Codable {
  public var name: String
  /// G01: more corners than a walk gives; bounds the work on one plot.
  public var mostVertices: Int
  /// G01: pairs of sides, one above or beside the other; bounds the work on one plot.
  public var mostSidePairs: Int
  /// G01: no plot lies further south (Antarctica does), in degrees.
  public var southernmostLatitude: Double
  /// G01: a ring is closed for its sender if its ends are so near, in metres and as a share of
  /// its length.
  public var closingGapMetres: Double
  public var closingGapShare: Double
  /// G01: less land than this is none; the EU system takes 0.0001 ha or more.
  public var leastSquareMetres: Double
  /// G02: a spike is taken off if it is no wider, and the area changes by no more.
  public var mendedSquareMetres: Double
  public var mendedShare: Double
  public var mendedWidthMetres: Double
  /// G03, in metres.
  public var shortSegmentMetres: Double
  /// G04: a narrower angle, between sides longer than so many median sides, is a spike.
  public var spikeDegrees: Double
  public var spikeMedianSides: Double
  /// G05: 4πA/P², and mean width in metres.
  public var sliverCompactness: Double
  public var sliverWidthMetres: Double
  /// G06: 4πA/P², or the radii's distance from their mean, from so many corners on.
  public var roundCompactness: Double
  public var roundRadiusShare: Double
  public var roundCorners: Int
  /// G07: angles off a right one in degrees, or the share of the smallest rectangle around.
  public var rectangleDegrees: Double
  public var rectangleShare: Double
  /// G08 (Regulation (EU) 2023/1115 Article 2(28): at least six decimal digits).
  public var decimals: Int
  /// G08: a lattice has at least this step, and so many different values along each axis.
  public var latticeDegrees: Double
  public var latticeValues: Int
  /// G09 (Article 2(28): a polygon for plots of more than four hectares).
  public var pointHectares: Double
  /// G09: the EU system takes no less for a point.
  public var leastHectares: Double
  public var areaShare: Double
  public var areaHectares: Double
  /// G10: shares of the smaller plot; under the first it is noise.
  public var overlapWarningShare: Double
  public var overlapCriticalShare: Double

  /// Reads a file of thresholds; throws Foundation's decoding error with the path of what is
  /// wrong.
  public init(json: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(GeometryThresholds.self, from: Data(json))
  }

  /// The first set of thresholds, `geometry_thresholds_1.json`.
  public static let raiz1: GeometryThresholds = {
    do {
      return try GeometryThresholds(json: PackageResources.geometry_thresholds_1_json)
    } catch {
      preconditionFailure("the file built into the program is not whole: \(error)")
    }
  }()
}
