import CGeo

/// Land that two plots both claim.
public struct PlotOverlap: Sendable, Hashable {
  /// How much it matters (G10): the thresholds on the share of the smaller plot.
  public enum Weight: String, Sendable, Hashable {
    /// Under 2 %: the noise of satellite positions.
    case noise
    /// 2 to 10 %.
    case warning
    /// Over 10 %.
    case critical
    /// The same geometry, be its rings begun elsewhere.
    case same
  }

  /// Numbers of the two plots in the list, the smaller first.
  public let first: Int
  public let second: Int
  public let squareMetres: Double
  /// Of the smaller plot's area, 0…1.
  public let shareOfSmaller: Double
  public let weight: Weight

  /// - Parameters:
  ///   - shareOfSmaller: 0…1.
  ///   - isSame: true for the same rings, wherever they begin, or the same point.
  public init(
    first: Int = 0, second: Int = 1, squareMetres: Double, shareOfSmaller: Double, isSame: Bool,
    thresholds: GeometryThresholds = .raiz1
  ) {
    self.first = first
    self.second = second
    self.squareMetres = squareMetres
    self.shareOfSmaller = shareOfSmaller
    self.weight =
      switch shareOfSmaller {
      case _ where isSame: .same
      case ..<thresholds.overlapWarningShare: .noise
      case ...thresholds.overlapCriticalShare: .warning
      default: .critical
      }
  }
}

/// Why overlaps could not be told.
public enum OverlapError: Error, Sendable, Hashable, CustomStringConvertible {
  case tooManyPairs(limit: Int)
  case engine(reason: String)

  /// A stable name.
  public var code: String {
    switch self {
    case .tooManyPairs: "overlap-too-many-pairs"
    case .engine: "overlap-engine"
    }
  }

  public var description: String {
    switch self {
    case .tooManyPairs(let limit):
      "\(code): more than \(limit) pairs of plots lie over each other; remove duplicates first"
    case .engine(let reason): "\(code): \(reason)"
    }
  }
}

/// Finds land that is claimed twice.
public enum Overlaps {
  /// Most pairs of plots whose boxes meet.
  public static let mostPairs = 1_000_000

  /// The land in both, as a share of the smaller plot, 0…1; 0 if either is a point.
  public static func share(_ a: PlotGeometry, _ b: PlotGeometry) throws(OverlapError) -> Double {
    try all(in: [a, b]).first?.shareOfSmaller ?? 0
  }

  /// All pairs with land in common, in the order of their numbers. Points are passed over.
  public static func all(
    in plots: [PlotGeometry], thresholds: GeometryThresholds = .raiz1
  ) throws(OverlapError) -> [PlotOverlap] {
    do throws(GEOSError) {
      let geos = try GEOSContext()
      var shapes: [(index: Int, shape: GEOSShape)] = []
      for (index, plot) in plots.enumerated() where !plot.isPoint {
        shapes.append((index, try geos.shape(plot.polygons)))
      }
      guard let pairs = try geos.meetingPairs(shapes.map(\.shape), limit: mostPairs) else {
        throw GEOSError(reason: tooMany)
      }
      var found: [PlotOverlap] = []
      for (a, b) in pairs {
        let both = try geos.intersection(shapes[a].shape, shapes[b].shape).area()
        guard both > 0 else { continue }
        found.append(
          try overlap(shapes[a], shapes[b], both: both, plots: plots, thresholds))
      }
      return found
    } catch {
      throw error.reason == tooMany
        ? .tooManyPairs(limit: mostPairs) : .engine(reason: error.reason)
    }
  }

  private static let tooMany = "too many pairs"

  /// The planar share of the smaller plot, put on its geodesic area: over a plot's extent
  /// the scale between the two does not change.
  private static func overlap(
    _ a: (index: Int, shape: GEOSShape), _ b: (index: Int, shape: GEOSShape), both: Double,
    plots: [PlotGeometry], _ thresholds: GeometryThresholds
  ) throws(GEOSError) -> PlotOverlap {
    let planarA = try a.shape.area()
    let planarB = try b.shape.area()
    let share = min(1, both / min(planarA, planarB))
    let smaller = planarA <= planarB ? plots[a.index] : plots[b.index]
    return PlotOverlap(
      first: a.index, second: b.index, squareMetres: share * smaller.areaSquareMetres,
      shareOfSmaller: share, isSame: isSame(plots[a.index], plots[b.index]),
      thresholds: thresholds)
  }

  private static func isSame(_ a: PlotGeometry, _ b: PlotGeometry) -> Bool {
    let rings = { (plot: PlotGeometry) in
      Set(plot.polygons.map { polygon in Set(polygon.rings.map(PlanarRing.fromSmallest)) })
    }
    return rings(a) == rings(b)
  }
}
