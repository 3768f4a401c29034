/// A feature of a vector layer as an area on a map.
public struct LayerArea: Sendable {
  /// Counted from 1 in the file's order.
  public let index: Int
  public let attributes: [String: String]
  /// Polygons: closed rings, the shell first.
  public let polygons: [[[Position]]]
}

extension VectorLayer {
  /// The features whose boxes meet a box, in the file's order.
  public func areas(meeting box: GeographicBox) -> [LayerArea] {
    features.enumerated().compactMap { index, feature in
      guard feature.box?.meets(box) == true else { return nil }
      return LayerArea(
        index: index + 1, attributes: feature.attributes,
        polygons: feature.polygons.map(\.rings))
    }
  }
}
