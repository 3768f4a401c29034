/// Why bytes are not a geometry that was once accepted and stored.
public enum StoredGeometryError: Error, Sendable, Hashable, CustomStringConvertible {
  case unreadable(GeoJSONError)
  case refused([GeometryFinding])
  /// Readable and sound, but not the bytes that ``PlotGeometry/geoJSON(decimals:)`` writes.
  case notCanonical

  /// A stable name.
  public var code: String {
    switch self {
    case .unreadable: "stored-geometry-unreadable"
    case .refused: "stored-geometry-refused"
    case .notCanonical: "stored-geometry-not-canonical"
    }
  }

  public var description: String {
    switch self {
    case .unreadable(let error): "\(code): \(error)"
    case .refused(let findings):
      "\(code): "
        + findings.filter { $0.severity == .refuse }.map { $0.message(in: .english) }
        .joined(separator: " ")
    case .notCanonical:
      "\(code): the bytes differ from the canonical text; they were changed after they were stored"
    }
  }
}

extension PlotGeometry {
  /// Reads back what ``geoJSON(decimals:)`` wrote in full precision, to the byte: the result has
  /// the same ``digest``.
  public init(canonical bytes: [UInt8]) throws(StoredGeometryError) {
    let document: GeoJSONDocument
    do throws(GeoJSONError) {
      document = try GeoJSONDocument.parse(bytes)
    } catch {
      throw .unreadable(error)
    }
    // The reader gives a bare geometry as exactly one feature.
    let result = PlotGeometry.make(from: document.features.first?.geometry)
    guard let geometry = result.geometry else { throw .refused(result.findings) }
    guard geometry.geoJSON() == bytes else { throw .notCanonical }
    self = geometry
  }
}
