public import Land
public import Traceability

/// A plot as it is shown to the EU Information System.
public struct EUPlot: Sendable, Hashable {
  public let code: PlotCode
  /// Personal data; only with the producer's consent.
  public let producerName: String?
  /// ISO 3166-1 alpha-2.
  public let country: String
  /// Free text: the district, the plot's name.
  public let place: String?
  public let geometry: PlotGeometry
  /// The polygon's geodesic area, or the declared area of a point.
  public let areaHectares: Double

  public init(
    code: PlotCode, producerName: String?, country: String, place: String?,
    geometry: PlotGeometry, areaHectares: Double
  ) {
    self.code = code
    self.producerName = producerName
    self.country = country
    self.place = place
    self.geometry = geometry
    self.areaHectares = areaHectares
  }
}

/// The GeoJSON file that the EU Information System takes (its GeoJSON file description, type II).
///
/// One feature a plot, sorted by plot code; a plot whose holes had to be cut open has one feature
/// a piece. Properties are `ProducerName`, `ProducerCountry`, `ProductionPlace` (left out where
/// nothing is known) and `Area`, a number of hectares. The same plots give the same bytes.
public enum EUGeoJSON {
  /// The most bytes of geolocation that a statement may have (25 MB).
  public static let mostBytes = 25_000_000
  /// The most producers of one commodity of one statement. The file itself has no such limit; a
  /// statement above it must be split when it is submitted.
  public static let mostProducers = 1_000
  /// Hectares that a point may stand for.
  public static let pointHectares = 0.0001...4.0
  /// The schema's limit on a producer's name, used for both texts.
  public static let mostTextCharacters = 500

  public static func build(plots: [EUPlot]) throws(EUGeoJSONError) -> [UInt8] {
    guard !plots.isEmpty else { throw .noPlots }
    let sorted = plots.sorted { $0.code < $1.code }
    for (plot, next) in zip(sorted, sorted.dropFirst()) where plot.code == next.code {
      throw .plotTwice(plot.code)
    }
    var out = CanonicalWriter()
    out.raw("{\"type\":\"FeatureCollection\",\"features\":[")
    var isFirst = true
    for plot in sorted {
      try check(plot)
      for piece in try pieces(of: plot) {
        if !isFirst { out.raw(",") }
        isFirst = false
        write(plot, piece, into: &out)
      }
      guard out.bytes.count <= mostBytes else {
        throw .tooLarge(bytes: out.bytes.count, limit: mostBytes)
      }
    }
    out.raw("]}")
    guard out.bytes.count <= mostBytes else {
      throw .tooLarge(bytes: out.bytes.count, limit: mostBytes)
    }
    return out.bytes
  }

  private static func check(_ plot: EUPlot) throws(EUGeoJSONError) {
    let country = Array(plot.country.utf8)
    guard country.count == 2, country.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw .country(plot.code, plot.country)
    }
    for (name, text) in [("ProducerName", plot.producerName), ("ProductionPlace", plot.place)]
    where (text?.unicodeScalars.count ?? 0) > mostTextCharacters {
      throw .textTooLong(plot.code, property: name, limit: mostTextCharacters)
    }
    // Judged as it will be written: rounded to four decimals.
    let written = Double(Wording.decimal(plot.areaHectares, places: 4)) ?? .nan
    let shown = Wording.decimal(plot.areaHectares, places: 4)
    guard written.isFinite, written >= 0.0001 else {
      throw plot.geometry.isPoint
        ? .pointArea(plot.code, hectares: shown) : .area(plot.code, hectares: shown)
    }
    guard !plot.geometry.isPoint || pointHectares.contains(written) else {
      throw .pointArea(plot.code, hectares: shown)
    }
  }

  private struct Piece {
    let geometry: String
    let hectares: Double
  }

  private static func pieces(of plot: EUPlot) throws(EUGeoJSONError) -> [Piece] {
    let cut: EUGeometry
    do {
      cut = try EUGeometry.cut(plot.geometry)
    } catch {
      throw .geometry(plot.code, error)
    }
    let texts = cut.geometries
    guard texts.count > 1 else {
      return texts.map { Piece(geometry: $0, hectares: plot.areaHectares) }
    }
    // Each piece says its own area, so that the features add up to the plot.
    return texts.map { text in
      let read = try? GeoJSONDocument.parse(Array(text.utf8))
      let piece = PlotGeometry.make(from: read?.features.first?.geometry).geometry
      return Piece(geometry: text, hectares: (piece?.areaSquareMetres ?? 0) / 10_000)
    }
  }

  private static func write(_ plot: EUPlot, _ piece: Piece, into out: inout CanonicalWriter) {
    out.raw("{\"type\":\"Feature\",\"properties\":{")
    if let name = plot.producerName { out.field("ProducerName", text: name) }
    out.field("ProducerCountry", text: plot.country)
    if let place = plot.place { out.field("ProductionPlace", text: place) }
    out.field("Area", raw: number(piece.hectares))
    out.raw("},\"geometry\":")
    out.raw(piece.geometry)
    out.raw("}")
  }

  /// Up to four decimals, no trailing zeros: `23.72`, `3`.
  static func number(_ hectares: Double) -> String {
    var text = Wording.decimal(hectares, places: 4)
    guard text.contains(".") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
