/// A GeoJSON text (RFC 7946) as its features; a bare geometry counts as one feature.
public struct GeoJSONDocument: Sendable, Hashable {
  public let features: [GeoJSONFeature]

  /// Reads a whole file.
  ///
  /// Strict: members must have the kinds RFC 7946 gives them, no name may stand twice in an
  /// object, and a `crs` member (from before RFC 7946) must say WGS 84. Rings, winding and
  /// ranges are not judged here but by ``PlotGeometry``.
  public static func parse(
    _ bytes: [UInt8], limits: GeoJSONLimits = GeoJSONLimits()
  ) throws(GeoJSONError) -> GeoJSONDocument {
    var reader = try GeoJSONReader(bytes, limits: limits)
    return GeoJSONDocument(features: try reader.document())
  }
}

/// A feature (RFC 7946 section 3.2).
public struct GeoJSONFeature: Sendable, Hashable {
  /// Its number in the collection, counted from 0.
  public let index: Int
  /// A text or a number, if it has one.
  public let id: JSONValue?
  /// Empty when the file says null.
  public let properties: [String: JSONValue]
  /// Nil when the file says null, which RFC 7946 allows and a plot does not.
  public let geometry: GeoJSONGeometry?
  /// The path of the geometry, as `features[3].geometry`; empty when it is the document itself.
  public let geometryPlace: String
}

/// A geometry (RFC 7946 section 3.1) as written: nothing closed, turned or dropped.
public indirect enum GeoJSONGeometry: Sendable, Hashable {
  case point(GeoJSONPosition)
  case multiPoint([GeoJSONPosition])
  case lineString([GeoJSONPosition])
  case multiLineString([[GeoJSONPosition]])
  case polygon([[GeoJSONPosition]])
  case multiPolygon([[[GeoJSONPosition]]])
  case geometryCollection([GeoJSONGeometry])
}

/// A position (RFC 7946 section 3.1.1): degrees, longitude first, with the texts received.
public struct GeoJSONPosition: Sendable, Hashable {
  public let longitude: JSONNumber
  public let latitude: JSONNumber
  /// What follows the latitude: an altitude in metres, and what RFC 7946 advises against. Empty
  /// where the format's reader tells only how many there were.
  public let further: [JSONNumber]
  public let furtherNumbers: Int

  init(longitude: JSONNumber, latitude: JSONNumber, further: [JSONNumber] = []) {
    self.longitude = longitude
    self.latitude = latitude
    self.further = further
    furtherNumbers = further.count
  }

  init(longitude: JSONNumber, latitude: JSONNumber, furtherNumbers: Int) {
    self.longitude = longitude
    self.latitude = latitude
    further = []
    self.furtherNumbers = furtherNumbers
  }

  /// As received: `[-76.512300,-8.100000,412.5]`.
  public var text: String {
    "[" + ([longitude, latitude] + further).map(\.text).joined(separator: ",") + "]"
  }

  /// With latitude and longitude exchanged.
  var turned: GeoJSONPosition {
    further.isEmpty
      ? GeoJSONPosition(longitude: latitude, latitude: longitude, furtherNumbers: furtherNumbers)
      : GeoJSONPosition(longitude: latitude, latitude: longitude, further: further)
  }

  /// A computed position, in degrees.
  public init(longitude: Double, latitude: Double) {
    self.init(longitude: JSONNumber(longitude), latitude: JSONNumber(latitude))
  }

  /// Same place, whatever the digits and the altitude.
  func isSamePlace(as other: GeoJSONPosition) -> Bool {
    longitude.value == other.longitude.value && latitude.value == other.latitude.value
  }
}
