import Synchronization

/// A map of areas (protected areas, concessions, districts, countries), read once into memory.
///
/// Usable from any thread: each call takes an engine of its own from a pool. Results depend on
/// the file and the plot alone.
public final class VectorLayer: Sendable {
  /// What to do about features that are no valid areas.
  public enum Faults: Sendable, Hashable {
    /// The file is refused with the feature's number and the reason.
    case refuse
    /// Rings are rebuilt to cover the same land, a feature without geometry covers none, and
    /// ``VectorLayer/mended`` says which.
    case mend
  }

  /// A feature that was put right on reading.
  public struct Mended: Sendable, Hashable {
    /// The feature, counted from 1.
    public let feature: Int
    /// What GEOS said was wrong.
    public let reason: String
    /// Nil for a feature that has no geometry.
    public let place: Position?
  }

  public let name: String
  public let format: VectorFormat
  public let featureCount: Int
  /// Around all features, in degrees.
  public let box: GeographicBox
  /// Names of the features' fields, in the file's order.
  public let fields: [String]
  /// The reference system that the file declares where it is not WGS 84, as `EPSG:32718`.
  public let reprojectedFrom: String?
  public let mended: [Mended]

  let features: [VectorFeature]
  private let engines = Mutex<[VectorEngine]>([])

  /// Reads a GeoJSON, GeoPackage, KML or zipped Shapefile.
  ///
  /// - Parameters:
  ///   - path: a plain file of this machine.
  ///   - layer: which layer; nil where the file has only one.
  public init(
    path: String, layer: String? = nil, faults: Faults = .refuse,
    limits: VectorLimits = VectorLimits()
  ) throws(VectorError) {
    let source = try VectorSource(path, limits: limits)
    let records = try Self.records(of: source, named: layer)
    var builder = try VectorLayerBuilder(faults: faults)
    var read = 0
    var positions = 0
    try records.forEach(read: &read, positions: &positions) { taken throws(VectorError) in
      try builder.add(try taken.get())
    }
    if layer == nil { try source.checkCount(read) }
    let boxes = builder.features.compactMap(\.box)
    guard let first = boxes.first else { throw VectorError(.noLayer) }
    name = records.layerName
    format = source.format
    fields = records.fields
    reprojectedFrom = records.reprojection?.source
    features = builder.features
    mended = builder.mended
    featureCount = builder.features.count
    box = boxes.reduce(first) { $0.joined(with: $1) }
  }

  private static func records(
    of source: VectorSource, named wanted: String?
  ) throws(VectorError) -> VectorRecords {
    let layers = unsafe source.layers()
    let fitting = unsafe layers.filter { unsafe wanted == nil || $0.name == wanted }
    guard let layer = unsafe fitting.first else { throw VectorError(.noLayer) }
    guard unsafe fitting.count == 1 else {
      let names = unsafe layers.prefix(10).map { unsafe $0.name }.joined(separator: ", ")
      throw VectorError(.severalLayers, ["found": names])
    }
    return try unsafe VectorRecords(layer.name, layer.handle, limits: source.limits)
  }

  /// The attributes of a feature, counted from 1, by field; fields without a value left out.
  public func attributes(of feature: Int) -> [String: String] {
    features[feature - 1].attributes
  }

  /// Lends an engine to a call, so that no two threads use one at once.
  func withEngine<Value: Sendable>(
    _ body: (VectorEngine) throws(GEOSError) -> Value
  ) throws(VectorError) -> Value {
    do throws(GEOSError) {
      let waiting = engines.withLock { $0.popLast() }
      let engine: VectorEngine
      if let waiting { engine = waiting } else { engine = try VectorEngine(features) }
      defer { engines.withLock { $0.append(engine) } }
      return try body(engine)
    } catch {
      throw VectorError(error)
    }
  }
}

/// One area of a layer.
struct VectorFeature: Sendable {
  let attributes: [String: String]
  let polygons: [Polygon]
  /// Nil if it covers nothing.
  let box: GeographicBox?
}

/// Takes records as areas, refusing or mending what is none.
private struct VectorLayerBuilder {
  let faults: VectorLayer.Faults
  private let geos: GEOSContext
  private(set) var features: [VectorFeature] = []
  private(set) var mended: [VectorLayer.Mended] = []

  init(faults: VectorLayer.Faults) throws(VectorError) {
    self.faults = faults
    do throws(GEOSError) {
      geos = try GEOSContext()
    } catch {
      throw VectorError(error)
    }
  }

  mutating func add(_ record: VectorRecord) throws(VectorError) {
    let number = record.number
    if let warning = record.warning {
      throw VectorError(.cannotRead, feature: number, at: record.layer, ["reason": warning])
    }
    let shape = record.shape ?? .multiPolygon([])
    var polygons = try polygons(of: shape, number)
    if polygons.isEmpty {
      guard faults == .mend else {
        throw VectorError(.noGeometry, feature: number, at: record.layer)
      }
      mended.append(VectorLayer.Mended(feature: number, reason: "no geometry", place: nil))
    } else if let (fault, whole) = try judged(polygons, number) {
      guard faults == .mend else {
        throw VectorError(
          .invalid, feature: number, at: record.layer,
          Figure.place(fault.place).merging(["reason": fault.reason]) { $1 })
      }
      polygons = whole
      mended.append(
        VectorLayer.Mended(feature: number, reason: fault.reason, place: fault.place))
    }
    let corners = polygons.flatMap(\.shell)
    features.append(
      VectorFeature(
        attributes: record.properties.compactMapValues { value in
          value.string ?? value.number?.text
        },
        polygons: polygons, box: corners.isEmpty ? nil : GeographicBox(around: corners)))
  }

  /// What is wrong with an area, and the same land without it; nil for a valid one.
  private func judged(
    _ polygons: [Polygon], _ number: Int
  ) throws(VectorError) -> (GEOSContext.Fault, [Polygon])? {
    do throws(GEOSError) {
      let area = try geos.shape(polygons)
      guard let fault = try geos.fault(in: area) else { return nil }
      return (fault, try geos.repaired(area, grid: 0).polygons())
    } catch {
      throw VectorError(error, feature: number)
    }
  }

  private func polygons(of shape: VectorShape, _ number: Int) throws(VectorError) -> [Polygon] {
    let sources: [[[Position]]]
    switch shape {
    case .polygon(let rings): sources = [rings]
    case .multiPolygon(let list): sources = list
    case .collection(let members):
      var all: [Polygon] = []
      for member in members { all += try polygons(of: member, number) }
      return all
    default: throw VectorError(.notArea, feature: number, ["found": shape.typeName])
    }
    var out: [Polygon] = []
    for rings in sources {
      guard let shell = rings.first else { continue }
      for ring in rings { try check(ring, number) }
      out.append(Polygon(shell: shell, holes: Array(rings.dropFirst())))
    }
    return out
  }

  private func check(_ ring: [Position], _ number: Int) throws(VectorError) {
    for position in ring
    where !(abs(position.longitude) <= 180 && abs(position.latitude) <= 90) {
      throw VectorError(
        .outOfRange, feature: number,
        ["longitude": "\(position.longitude)", "latitude": "\(position.latitude)"])
    }
    guard let first = ring.first, first == ring.last, ring.count >= 4 else {
      throw VectorError(
        .ringNotClosed, feature: number,
        Figure.place(ring.first ?? Position(longitude: 0, latitude: 0)))
    }
  }
}

extension GeographicBox {
  func joined(with other: GeographicBox) -> GeographicBox {
    GeographicBox(
      west: min(west, other.west), south: min(south, other.south),
      east: max(east, other.east), north: max(north, other.north))
  }
}
