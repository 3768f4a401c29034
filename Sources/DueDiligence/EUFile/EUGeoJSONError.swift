public import Land
public import Traceability

/// Why plots cannot be written for the EU Information System; each names the plot.
public enum EUGeoJSONError: Error, Sendable, Hashable, CustomStringConvertible {
  case noPlots
  case plotTwice(PlotCode)
  /// Not two capital letters (ISO 3166-1 alpha-2).
  case country(PlotCode, String)
  /// A point stands for 0.0001 to 4 ha.
  case pointArea(PlotCode, hectares: String)
  /// No positive, finite number of hectares.
  case area(PlotCode, hectares: String)
  case textTooLong(PlotCode, property: String, limit: Int)
  /// Six decimals leave no valid geometry.
  case geometry(PlotCode, EUGeometryError)
  case tooLarge(bytes: Int, limit: Int)

  /// A stable name.
  public var code: String {
    switch self {
    case .noPlots: "eu-geojson-no-plots"
    case .plotTwice: "eu-geojson-plot-twice"
    case .country: "eu-geojson-country"
    case .pointArea: "eu-geojson-point-area"
    case .area: "eu-geojson-area"
    case .textTooLong: "eu-geojson-text-too-long"
    case .geometry: "eu-geojson-geometry"
    case .tooLarge: "eu-geojson-too-large"
    }
  }

  public var description: String { "\(code): \(message(in: .english))" }

  /// What was wrong, with which plot, and what to do.
  public func message(in language: Language) -> String {
    let es = language == .spanish
    switch self {
    case .noPlots:
      return es ? "No hay ninguna parcela que escribir." : "There is no plot to write."
    case .plotTwice(let plot):
      return es ? "La parcela \(plot) viene dos veces." : "Plot \(plot) comes twice."
    case .country(let plot, let country):
      return es
        ? "El país «\(country)» de la parcela \(plot) no es un código de dos letras (PE)."
        : "The country «\(country)» of plot \(plot) is no code of two letters (PE)."
    case .pointArea(let plot, let hectares):
      return es
        ? "La parcela \(plot) es un punto de \(hectares) ha; un punto vale de 0.0001 a 4 ha:"
          + " dibuje el polígono."
        : "Plot \(plot) is a point of \(hectares) ha; a point stands for 0.0001 to 4 ha:"
          + " draw the polygon."
    case .area(let plot, let hectares):
      return es
        ? "La parcela \(plot) mide «\(hectares)» ha; mídala otra vez."
        : "Plot \(plot) measures «\(hectares)» ha; measure it again."
    case .textTooLong(let plot, let property, let limit):
      return es
        ? "\(property) de la parcela \(plot) pasa de \(limit) caracteres; acórtelo."
        : "\(property) of plot \(plot) has more than \(limit) characters; shorten it."
    case .geometry(let plot, let error):
      let text = error.message(in: es ? .spanish : .english)
      return es ? "Parcela \(plot): \(text)" : "Plot \(plot): \(text)"
    case .tooLarge(let bytes, let limit):
      return es
        ? "El archivo tendría \(bytes) bytes y el sistema de la UE admite \(limit);"
          + " divida el embarque."
        : "The file would have \(bytes) bytes and the EU system takes \(limit);"
          + " split the shipment."
    }
  }
}
