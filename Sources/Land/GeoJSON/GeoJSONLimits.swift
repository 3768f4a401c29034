/// How much a GeoJSON file may hold. Passing a limit is a ``GeoJSONError`` that names it.
///
/// The EU Information System takes 25 MB a statement, so a larger file serves nobody here.
public struct GeoJSONLimits: Sendable, Hashable {
  /// Bytes of the whole file.
  public var bytes = 32 * 1_024 * 1_024
  /// Arrays and objects inside one another.
  public var depth = 64
  /// Features of one collection.
  public var features = 100_000
  /// Positions of one geometry.
  public var positionsPerGeometry = 100_000
  /// Positions of the whole file; bounds the memory a file can claim.
  public var positionsPerFile = 1_000_000
  /// Bytes of one number's text.
  public var numberBytes = 64

  public init() {}
}
