import Foundation
import Land

/// The geometry as it was received, every number in its own digits.
enum OriginalText {
  static func geoJSON(_ geometry: GeoJSONGeometry) -> [UInt8] { Array(text(geometry).utf8) }

  /// Features as a FeatureCollection, for people to correct; one whose numbers are none has no
  /// geometry there.
  static func collection(_ features: [GeoJSONFeature]) -> [UInt8] {
    let list = features.map { feature in
      let geometry = feature.geometry.map(text).flatMap { isJSON($0) ? $0 : nil } ?? "null"
      let properties = feature.properties.sorted { $0.key < $1.key }
        .map { string($0.key) + ":" + value($0.value) }.joined(separator: ",")
      let id = feature.id.map { "\"id\":" + value($0) + "," } ?? ""
      return "{\"type\":\"Feature\",\(id)\"properties\":{\(properties)},"
        + "\"geometry\":\(geometry)}"
    }
    return Array(
      "{\"type\":\"FeatureCollection\",\"features\":[\(list.joined(separator: ","))]}".utf8)
  }

  private static func isJSON(_ text: String) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil
  }

  private static func string(_ text: String) -> String {
    // A string always has a JSON form.
    guard let data = try? JSONEncoder().encode(text) else { return "\"\"" }
    return String(decoding: data, as: UTF8.self)
  }

  /// Vector files have texts and numbers only.
  private static func value(_ value: JSONValue) -> String {
    if let number = value.number { return number.text }
    return value.string.map(string) ?? "null"
  }

  private static func text(_ geometry: GeoJSONGeometry) -> String {
    switch geometry {
    case .point(let position): object("Point", pair(position))
    case .multiPoint(let positions): object("MultiPoint", list(positions.map(pair)))
    case .lineString(let positions): object("LineString", list(positions.map(pair)))
    case .multiLineString(let lines):
      object("MultiLineString", list(lines.map { list($0.map(pair)) }))
    case .polygon(let rings): object("Polygon", list(rings.map { list($0.map(pair)) }))
    case .multiPolygon(let polygons):
      object(
        "MultiPolygon", list(polygons.map { list($0.map { list($0.map(pair)) }) }))
    case .geometryCollection(let parts):
      "{\"type\":\"GeometryCollection\",\"geometries\":" + list(parts.map(text)) + "}"
    }
  }

  private static func object(_ type: String, _ coordinates: String) -> String {
    "{\"type\":\"\(type)\",\"coordinates\":\(coordinates)}"
  }

  private static func pair(_ position: GeoJSONPosition) -> String {
    position.text
  }

  private static func list(_ parts: [String]) -> String {
    "[" + parts.joined(separator: ",") + "]"
  }
}
