/// How much a vector file may hold. Passing a limit is a ``VectorError`` that names it.
public struct VectorLimits: Sendable, Hashable {
  /// Bytes of the file as it lies on disk.
  public var bytes = 1 << 30
  /// Bytes of a zipped shapefile's parts once unpacked, counted as they come out.
  public var unpackedBytes = 1 << 30
  /// Entries of a zip file.
  public var entries = 1_000
  public var features = 1_000_000
  public var positionsPerFeature = 2_000_000
  /// Positions of the whole file; bounds the memory that a file can claim.
  public var positions = 20_000_000
  /// Elements inside one another in a KML file.
  public var depth = 64

  /// For maps that an administrator registers.
  public init() {}

  /// For plots that people send in, as ``GeoJSONLimits`` has them.
  public static let plots: VectorLimits = {
    let like = GeoJSONLimits()
    var limits = VectorLimits()
    limits.bytes = 256 * 1_024 * 1_024
    limits.unpackedBytes = 256 * 1_024 * 1_024
    limits.entries = 100
    limits.features = like.features
    limits.positionsPerFeature = like.positionsPerGeometry
    limits.positions = like.positionsPerFile
    return limits
  }()
}
