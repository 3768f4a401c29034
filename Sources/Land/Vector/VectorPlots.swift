/// Plots from a GeoPackage, KML or zipped Shapefile, in the form that GeoJSON gives them.
public struct VectorPlots: Sendable {
  public struct Source: Sendable, Hashable {
    /// `EPSG:32718`, or the system's name.
    public let reference: String
    /// The geometry as the file has it, before it was brought to WGS 84 (EWKT).
    public let text: String
  }

  public let format: VectorFormat
  /// Numbered through all layers, in the file's order; places are `capa[1].geometry`.
  public let features: [GeoJSONFeature]
  /// Why features could not be taken, by number from 0; they stand in ``features`` as nothing.
  public let refused: [Int: VectorError]
  /// The geometries of features that were in another reference system, by number from 0.
  public let sources: [Int: Source]

  /// Reads a whole file. Rings, winding and ranges are not judged here but by ``PlotGeometry``.
  public static func read(
    _ path: String, limits: VectorLimits = .plots
  ) throws(VectorError) -> VectorPlots {
    let source = try VectorSource(path, limits: limits)
    var features: [GeoJSONFeature] = []
    var refused: [Int: VectorError] = [:]
    var sources: [Int: Source] = [:]
    var read = 0
    var positions = 0
    let layers = unsafe source.layers()
    guard unsafe !layers.isEmpty else { throw VectorError(.noLayer) }
    for index in unsafe layers.indices {
      let layer = unsafe layers[index]
      let records = try unsafe VectorRecords(layer.name, layer.handle, limits: limits)
      try records.forEach(read: &read, positions: &positions) { taken throws(VectorError) in
        let index = features.count
        do throws(VectorError) {
          let record = try taken.get()
          if let warning = record.warning {
            throw VectorError(
              .cannotRead, feature: record.number, at: record.layer, ["reason": warning])
          }
          features.append(feature(record, source.format, index))
          if let text = record.original, let reprojection = records.reprojection {
            sources[index] = Source(reference: reprojection.source, text: text)
          }
        } catch {
          refused[index] = error
          features.append(
            GeoJSONFeature(
              index: index, id: nil, properties: [:], geometry: nil,
              geometryPlace: "\(records.layerName)[\(index + 1)].geometry"))
        }
      }
    }
    try source.checkCount(read)
    return VectorPlots(
      format: source.format, features: features, refused: refused, sources: sources)
  }

  private static func feature(
    _ record: VectorRecord, _ format: VectorFormat, _ index: Int
  ) -> GeoJSONFeature {
    // What a KML calls a place by is its name; the other formats have no such field.
    let name = format == .kml || format == .kmz ? record.properties["Name"] : nil
    return GeoJSONFeature(
      index: index, id: name, properties: record.properties,
      geometry: record.shape.map { shape in
        PlotDigits(shape, furtherNumbers: record.furtherNumbers).geometry(shape)
      }, geometryPlace: "\(record.layer)[\(record.number)].geometry")
  }
}

/// Writes doubles as the text a surveyor would have written.
///
/// A double has forgotten the zeros at its end: one coordinate in ten with six decimals reads as
/// one with five. If any coordinate of a geometry has six or more, all are written with six at
/// least; if none has, nothing is added, and the check of decimals sees it.
private struct PlotDigits {
  private static let decimals = 6
  private let pads: Bool
  private let furtherNumbers: Int

  init(_ shape: VectorShape, furtherNumbers: Int) {
    self.furtherNumbers = furtherNumbers
    pads = shape.positions.contains { position in
      [position.longitude, position.latitude].contains { value in
        value.isFinite && JSONNumber(value).decimals >= Self.decimals
      }
    }
  }

  private func number(_ value: Double) -> JSONNumber {
    guard value.isFinite else { return JSONNumber(value: value, text: value.description) }
    let number = JSONNumber(value)
    guard pads, number.decimals < Self.decimals else { return number }
    let zeros = String(repeating: "0", count: Self.decimals - number.decimals)
    let point = number.decimals == 0 ? "." : ""
    return JSONNumber(value: value, text: number.text + point + zeros)
  }

  private func position(_ position: Position) -> GeoJSONPosition {
    GeoJSONPosition(
      longitude: number(position.longitude), latitude: number(position.latitude),
      furtherNumbers: furtherNumbers)
  }

  func geometry(_ shape: VectorShape) -> GeoJSONGeometry {
    switch shape {
    case .point(let place): .point(position(place))
    case .multiPoint(let list): .multiPoint(list.map(position))
    case .lineString(let list): .lineString(list.map(position))
    case .multiLineString(let lists): .multiLineString(lists.map { $0.map(position) })
    case .polygon(let rings): .polygon(rings.map { $0.map(position) })
    case .multiPolygon(let polygons):
      .multiPolygon(polygons.map { $0.map { $0.map(position) } })
    case .collection(let members): .geometryCollection(members.map(geometry))
    }
  }
}
