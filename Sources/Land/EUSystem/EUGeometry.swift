/// A plot as the EU Information System takes it: six decimals, no holes, rings closed and
/// counter-clockwise.
///
/// The system cuts coordinates off after the sixth decimal and judges what is left, so the cut
/// is made here first, and what is left is judged here too.
public struct EUGeometry: Sendable, Hashable {
  /// A position in millionths of a degree.
  public struct MicroPosition: Sendable, Hashable {
    public let longitude: Int64
    public let latitude: Int64

    /// As a GeoJSON position with exactly six decimals.
    public var text: String {
      "[\(DecimalText.fixed(longitude, decimals: 6)),\(DecimalText.fixed(latitude, decimals: 6))]"
    }
  }

  public enum Shape: Sendable, Hashable {
    case point(MicroPosition)
    /// Closed rings, one a polygon. Apart from each other unless `holesCut` is more than 0:
    /// then some share the side along which they were cut.
    case polygons([[MicroPosition]])
  }

  public let shape: Shape
  /// Holes that were opened by cutting their polygon.
  public let holesCut: Int
  /// Positions that fell on their neighbour.
  public let positionsDropped: Int
  /// True if the cut coordinates crossed each other and were put right.
  public let wasRepaired: Bool

  /// GeoJSON geometries, compact; each belongs in a feature of its own.
  ///
  /// One `Point`, `Polygon` or `MultiPolygon`; after holes were cut, one `Polygon` a piece,
  /// because a `MultiPolygon` whose parts share a side is not valid.
  public var geometries: [String] {
    switch shape {
    case .point(let position): ["{\"type\":\"Point\",\"coordinates\":\(position.text)}"]
    case .polygons(let rings):
      holesCut == 0 && rings.count > 1
        ? [
          "{\"type\":\"MultiPolygon\",\"coordinates\":["
            + rings.map { "[\(Self.text($0))]" }.joined(separator: ",") + "]}"
        ]
        : rings.map { "{\"type\":\"Polygon\",\"coordinates\":[\(Self.text($0))]}" }
    }
  }

  private static func text(_ ring: [MicroPosition]) -> String {
    "[" + ring.map(\.text).joined(separator: ",") + "]"
  }
}

/// Why a geometry cannot be brought into the EU system's form.
public enum EUGeometryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Nothing is left of it at six decimals.
  case collapsed
  /// The pieces would not cover the same land, figures in square metres.
  case areaChanged(before: Double, after: Double, allowed: Double)
  /// A piece is still not valid, with GEOS's reason.
  case notValid(reason: String, longitude: Double, latitude: Double)
  /// So many pieces that no plot can be meant.
  case tooManyPieces(limit: Int)
  /// GEOS failed.
  case engine(reason: String)

  /// A stable name.
  public var code: String {
    switch self {
    case .collapsed: "eu-geometry-collapsed"
    case .areaChanged: "eu-geometry-area-changed"
    case .notValid: "eu-geometry-not-valid"
    case .tooManyPieces: "eu-geometry-too-many-pieces"
    case .engine: "eu-geometry-engine"
    }
  }

  public var description: String { "\(code): \(message(in: .english))" }

  /// What was wrong and what to do.
  public func message(in language: MessageLanguage) -> String {
    let es = language == .spanish
    switch self {
    case .collapsed:
      return es
        ? "La parcela es tan pequeña que a 6 decimales no queda nada; mida el contorno otra vez."
        : "The plot is so small that nothing is left at 6 decimals; measure the boundary again."
    case .areaChanged(let before, let after, _):
      let figures = "\(Figure.text(before, decimals: 1)) m² → \(Figure.text(after, decimals: 1)) m²"
      return es
        ? "A 6 decimales la superficie cambia demasiado (\(figures)); simplifique el contorno."
        : "At 6 decimals the area changes too much (\(figures)); simplify the boundary."
    case .notValid(let reason, let longitude, let latitude):
      let place =
        "[\(Figure.text(longitude, decimals: 6)), \(Figure.text(latitude, decimals: 6))]"
      return es
        ? "A 6 decimales el contorno deja de ser válido en \(place) (\(reason)); corríjalo ahí."
        : "At 6 decimals the boundary is no longer valid at \(place) (\(reason)); mend it there."
    case .tooManyPieces(let limit):
      return es
        ? "Al quitar los huecos saldrían más de \(limit) partes; divida la parcela."
        : "Without its holes the plot would fall into more than \(limit) parts; divide it."
    case .engine(let reason):
      return es
        ? "No se pudo preparar la geometría (\(reason)); avise a quien opera el sistema."
        : "The geometry could not be prepared (\(reason)); tell the operator."
    }
  }
}
