/// How much of a plot lies in a layer's areas.
public struct VectorOverlap: Sendable, Hashable {
  public struct Feature: Sendable, Hashable {
    /// Counted from 1 in the file's order.
    public let index: Int
    public let attributes: [String: String]
    /// Of the plot inside this feature; 0 for a point.
    public let squareMetres: Double
  }

  /// Of the plot inside any feature; land in two of them counts once.
  public let squareMetres: Double
  /// Features that share land with the plot, or hold the point, in the file's order.
  public let features: [Feature]
  /// The whole plot on the ellipsoid; 0 for a point.
  public let plotSquareMetres: Double

  /// The share inside, 0…1; for a point 1 if any feature holds it.
  public var share: Double {
    if plotSquareMetres > 0 { return min(1, squareMetres / plotSquareMetres) }
    return features.isEmpty ? 0 : 1
  }
}

extension VectorLayer {
  /// Lays a plot over the layer.
  ///
  /// Areas are cut on the plane of degrees, where both the plot's and the layer's edges are
  /// straight, and measured on the ellipsoid. The land inside and the land outside are cut
  /// independently of each other and must sum to the plot within
  /// ``OverlapTolerance/squareMetres(of:)``; else `vector-areas-disagree`. What they are off within
  /// it is shared out in proportion, so that inside and outside are exactly the plot.
  public func overlap(_ plot: PlotGeometry) throws(VectorError) -> VectorOverlap {
    if case .point(let position) = plot {
      let found = try containing(position)
      return VectorOverlap(
        squareMetres: 0,
        features: found.map {
          VectorOverlap.Feature(
            index: $0, attributes: attributes(of: $0), squareMetres: 0)
        }, plotSquareMetres: 0)
    }
    let whole = plot.areaSquareMetres
    let cut = try withEngine { engine throws(GEOSError) in
      try engine.cut(plot.polygons, squareMetres: whole)
    }
    var scale = 1.0
    if let outside = cut.outside {
      scale = whole / (cut.inside + outside)
      let tolerance = OverlapTolerance.squareMetres(of: plot)
      let most = cut.features.map(\.squareMetres).max() ?? 0
      let sum = cut.features.reduce(0) { $0 + $1.squareMetres }
      guard abs(cut.inside + outside - whole) <= tolerance,
        cut.inside >= most - tolerance, cut.inside <= sum + tolerance
      else {
        throw VectorError(
          .areasDisagree,
          ["inside": "\(cut.inside)", "outside": "\(outside)", "whole": "\(whole)"])
      }
    }
    return VectorOverlap(
      squareMetres: cut.inside * scale,
      features: cut.features.map { part in
        VectorOverlap.Feature(
          index: part.index + 1, attributes: features[part.index].attributes,
          squareMetres: part.squareMetres * scale)
      }, plotSquareMetres: whole)
  }

  /// The features that hold a position, their boundaries included; counted from 1.
  public func containing(_ position: Position) throws(VectorError) -> [Int] {
    try withEngine { engine throws(GEOSError) in
      let point = try engine.geos.point(position)
      var found: [Int] = []
      for index in engine.candidates(point) where try engine.touches(index, point) {
        found.append(index + 1)
      }
      return found
    }
  }
}

/// What a plot is cut into; features counted from 0.
struct VectorCut: Sendable {
  var inside = 0.0
  /// Nil where nothing was cut, so that there is nothing to compare.
  var outside: Double?
  var features: [(index: Int, squareMetres: Double)] = []
}

extension VectorEngine {
  func cut(_ polygons: [Polygon], squareMetres whole: Double) throws(GEOSError) -> VectorCut {
    let plot = try geos.shape(polygons)
    var cut = VectorCut()
    var pieces: [GEOSShape] = []
    var isCovered = false
    for index in candidates(plot) where try touches(index, plot) {
      if try covers(index, plot) {
        isCovered = true
        cut.features.append((index, whole))
        continue
      }
      let piece = try geos.intersection(shapes[index], plot)
      let area = try Self.area(piece)
      // A shared side or corner is no shared land.
      guard area > 0 else { continue }
      cut.features.append((index, area))
      pieces.append(piece)
    }
    if isCovered {
      cut.inside = whole
    } else if let first = pieces.first {
      var union = first
      for piece in pieces.dropFirst() { union = try geos.union(union, piece) }
      cut.inside = try Self.area(union)
      var rest = plot
      for part in cut.features { rest = try geos.difference(rest, shapes[part.index]) }
      cut.outside = try Self.area(rest)
    }
    return cut
  }

  private static func area(_ shape: GEOSShape) throws(GEOSError) -> Double {
    try shape.polygons().reduce(0) { $0 + Geodesic.area(of: $1) }
  }
}

/// How far the parts of a plot may be from summing to it.
///
/// A side between two corners is straight on the plane of degrees where it is cut, and a geodesic
/// where it is measured. A straight line of length L in degrees bends from the geodesic by a
/// curvature of sin α (1 + cos² α) tan φ / R at azimuth α, at most 1.09 tan φ / R; the land
/// between the two is a segment of L³ · 1.09 tan φ / (12 R), and a cut of the side moves part of
/// that. To it comes what overlaying may move a corner: 10⁻¹² of a coordinate (GEOS's snapping),
/// 2·10⁻⁵ m, along the perimeter; and rounding, 10⁻⁹ of the area.
enum OverlapTolerance {
  private static let radius = 6_356_752.0
  private static let cornerMetres = 2e-5
  private static let roundingShare = 1e-9

  static func squareMetres(of plot: PlotGeometry) -> Double {
    var sum = 0.0
    var perimeter = 0.0
    for ring in plot.polygons.flatMap(\.rings) {
      for (a, b) in zip(ring, ring.dropFirst()) {
        let length = Geodesic.distance(a, b)
        let latitude = min(89.9, max(abs(a.latitude), abs(b.latitude)))
        let tangent =
          ExactMath.sin(degrees: latitude) / ExactMath.sin(degrees: 90 - latitude)
        // A tenth instead of 1.09 twelfths: the ellipsoid's curvature differs by under 1 %.
        sum += length * length * length * tangent / (10 * radius)
        perimeter += length
      }
    }
    return sum + perimeter * cornerMetres + plot.areaSquareMetres * roundingShare
  }
}
