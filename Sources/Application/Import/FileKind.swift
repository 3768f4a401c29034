import Tabular

/// What a file of a cooperative is about.
public enum FileKind: String, Sendable, Hashable, CaseIterable {
  case organisations, producers, datasets, plots
  case plotPoints = "plot-points"
  case tenure, harvests, purchases, blends, splits, processes, dispatches, receipts, rejections
  case adjustments, shipments, loads, seals, exports, corrections
  case capacities
  case tanks
  case tankActs = "tank-acts"
  case certificates, downgrades

  /// Words that a file's name may hold, Spanish first.
  var names: [String] {
    switch self {
    case .organisations: ["organizaciones", "organisations", "organizations"]
    case .producers: ["productores", "producers", "socios", "members"]
    case .datasets: ["capas", "datasets"]
    case .plots: ["parcelas", "plots"]
    case .plotPoints: ["puntos", "points"]
    case .tenure: ["tenencia", "tenure"]
    case .harvests: ["cosechas", "harvests"]
    case .purchases: ["compras", "purchases"]
    case .blends: ["mezclas", "blends"]
    case .splits: ["divisiones", "splits"]
    case .processes: ["procesos", "processes"]
    case .dispatches: ["despachos", "dispatches"]
    case .receipts: ["recepciones", "receipts"]
    case .rejections: ["rechazos", "rejections"]
    case .adjustments: ["ajustes", "adjustments"]
    case .shipments: ["embarques", "shipments"]
    case .loads: ["cargas", "loads"]
    case .seals: ["sellos", "seals"]
    case .exports: ["exportaciones", "exports"]
    case .corrections: ["correcciones", "corrections"]
    case .capacities: ["capacidades", "capacities"]
    case .tanks: ["tanques", "silos", "tanks"]
    case .tankActs: ["movimientos", "movements"]
    case .certificates: ["certificados", "certificates"]
    case .downgrades: ["rebajas", "downgrades"]
    }
  }

  /// The place of a kind in a folder whose files bear no numbers.
  var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The columns of its CSV form.
  var columns: [ColumnSpec] {
    switch self {
    case .organisations:
      [
        Column.code, .required("name", "nombre"), .required("kind", "tipo"),
        .required("country", "pais"), .optional("tax", "ruc", "tax_id"),
        .optional("address", "direccion"), .optional("email", "correo"),
      ]
    case .producers:
      [
        Column.code, .optional("name", "nombre", "nombres"),
        .optional("document", "documento", "dni"), .optional("phone", "telefono", "celular"),
        .optional("organisation", "organizacion", "cooperativa"),
        .optional("district", "distrito", "ubigeo"),
      ]
    case .datasets:
      [
        .required("dataset", "nombre", "name"), .required("kind", "tipo"),
        .required("version", "version"), .required("file", "archivo"),
        .required("licence", "licencia", "license"), .required("source", "fuente"),
        .optional("meaning", "significado"),
        .optional("forestValues", "valores_bosque", "forest_values"),
        .optional("yearZero", "anio_cero", "año_cero", "year_zero"),
      ]
    case .plots:
      [
        .required("plot_id", "codigo", "code", "parcela", "plot"),
        .required("wkt", "geometria", "geometry", "geom", "the_geom", "contorno"),
        .optional("producer", "productor"), .optional("commodity", "cultivo"),
        .optional("district", "distrito"), .optional("area", "area_ha", "hectareas"),
        .optional("planted", "anio_siembra", "año_siembra", "planted_year"),
        .optional("country", "pais"),
      ]
    case .plotPoints:
      [
        .required("plot_id", "codigo", "code", "parcela", "plot"),
        .required("latitude", "latitud", "lat"), .required("longitude", "longitud", "lon", "lng"),
        .optional("producer", "productor"), .optional("commodity", "cultivo"),
        .optional("district", "distrito"), .optional("area", "area_ha", "hectareas"),
        .optional("planted", "anio_siembra", "año_siembra", "planted_year"),
        .optional("country", "pais"),
      ]
    case .tenure:
      [
        .required("plot", "parcela"), .required("kind", "tipo"), .required("number", "numero"),
        .optional("issuer", "emisor"), .required("sha256", "sha256", "huella"),
        .optional("validTo", "vence", "valid_to"),
      ]
    case .capacities:
      [
        Column.organisation, .optional("vehicle", "vehiculo", "placa"),
        .optional("trip", "kg_viaje", "trip_kg"),
        .optional("trips", "viajes_dia", "trips_per_day"),
        .optional("hour", "kg_hora", "hour_kg"),
        .optional("hours", "horas_dia", "hours_per_day"), .optional("source", "fuente"),
      ]
    default: custodyColumns
    }
  }

  /// Headings of a column of outlines in Well-Known Text.
  static var outlineColumns: Set<HeadingName> {
    let spec = FileKind.plots.columns.first { $0.key == "wkt" }
    return Set(([spec?.key].compactMap { $0 } + (spec?.names ?? [])).map { HeadingName($0) })
  }

  private var custodyColumns: [ColumnSpec] {
    let lot = Column.lot
    let source = ColumnSpec.required("source", "lote_origen", "source_lot")
    switch self {
    case .harvests:
      return [
        lot, .required("plot", "parcela"), .required("producer", "productor"), Column.product,
        Column.mass, .required("from", "desde"), .required("to", "hasta"), Column.scheme,
        Column.model,
      ]
    case .purchases:
      return [
        lot, .required("buyer", "comprador"), .required("seller", "vendedor"), Column.product,
        .optional("source", "lote_origen", "source_lot"), Column.mass,
        .optional("price", "precio"), .optional("currency", "moneda"),
        .optional("receipt", "recibo"), Column.scheme, Column.model, Column.date,
      ]
    case .blends: return [lot, Column.organisation, source, Column.mass, Column.date]
    case .splits: return [source, Column.organisation, lot, Column.mass, Column.date]
    case .processes:
      return [
        .required("run", "corrida"), .required("process", "proceso"), Column.organisation,
        .required("direction", "sentido"), lot, .optional("product", "producto"), Column.mass,
        Column.date,
      ]
    case .dispatches:
      return [
        lot, .required("from", "de"), .required("to", "a"), .optional("waybill", "guia"),
        .optional("vehicle", "vehiculo"), .optional("part", "lote_parte", "part_lot"),
        .optional("kg", "peso_kg", "peso", "mass_kg"), Column.date,
      ]
    case .receipts:
      return [
        lot, Column.receiver, Column.mass, .optional("returned", "lote_devuelto", "returned_lot"),
        .optional("returnedKg", "kg_devueltos", "returned_kg"),
        .optional("reason", "causa", "motivo"), Column.date,
      ]
    case .corrections:
      return [
        lot, .required("version", "acto", "act"), Column.organisation, Column.reason,
        .optional("void", "anular"), .optional("kg", "peso_kg", "peso", "mass_kg"),
        .optional("plot", "parcela"), .optional("producer", "productor"),
        .optional("from", "desde"), .optional("to", "hasta"),
        .optional("direction", "sentido"), .optional("source", "lote_origen", "source_lot"),
        .optional("product", "producto"), .optional("date", "fecha"),
      ]
    case .rejections: return [lot, Column.receiver, Column.reason, Column.date]
    case .adjustments:
      return [
        lot, Column.organisation, Column.mass, Column.reason,
        .optional("cause", "codigo_causa"), Column.date,
      ]
    default: return shipmentColumns
    }
  }

  private var tankColumns: [ColumnSpec] {
    let tank = ColumnSpec.required("tank", "tanque", "silo")
    let cause = ColumnSpec.optional("cause", "codigo_causa")
    switch self {
    case .tanks:
      return [
        tank, Column.organisation, Column.product,
        .required("capacity", "capacidad_kg", "capacidad"), .optional("form", "forma"),
        Column.date,
      ]
    // One file for all: what a tank holds depends on the order of what was done with it.
    case .tankActs:
      return [
        tank, Column.organisation, .required("movement", "movimiento"),
        .optional("lot", "lote"), Column.mass,
        .optional("measuredBy", "medido_por", "measured_by"),
        .optional("reason", "motivo_ajuste", "causa", "motivo"), cause,
        .optional("evidence", "evidencia", "sha256"), Column.date,
      ]
    case .certificates:
      return [
        .required("plot", "parcela"), .required("scheme", "esquema"),
        .required("number", "numero"), .required("validTo", "vence", "valid_to"),
        .required("sha256", "sha256", "huella"),
      ]
    case .downgrades:
      return [
        Column.lot, Column.organisation, .required("scheme", "esquema"),
        .required("model", "modelo"), Column.reason, Column.date,
      ]
    default: return []
    }
  }

  private var shipmentColumns: [ColumnSpec] {
    let shipment = ColumnSpec.required("shipment", "embarque")
    switch self {
    case .shipments:
      return [
        shipment, .required("exporter", "exportador"), .optional("importer", "importador"),
        .required("destination", "destino"), Column.date,
      ]
    case .loads:
      return [shipment, Column.organisation, Column.lot, Column.mass, Column.date]
    case .seals:
      return [
        shipment, Column.organisation, .optional("container", "contenedor"),
        .optional("seals", "precintos"), Column.date,
      ]
    case .exports:
      return [
        shipment, Column.organisation, .optional("port", "puerto"),
        .optional("document", "documento", "transport_document"), Column.date,
      ]
    default: return tankColumns
    }
  }
}

/// Columns that several kinds of file share.
private enum Column {
  static let code = ColumnSpec.required("code", "codigo")
  static let lot = ColumnSpec.required("lot", "lote")
  static let product = ColumnSpec.required("product", "producto")
  static let mass = ColumnSpec.required("kg", "peso_kg", "peso", "mass_kg")
  static let date = ColumnSpec.required("date", "fecha")
  static let organisation = ColumnSpec.required("organisation", "organizacion")
  static let scheme = ColumnSpec.optional("scheme", "esquema")
  static let model = ColumnSpec.optional("model", "modelo")
  static let receiver = ColumnSpec.required("receiver", "receptor")
  static let reason = ColumnSpec.required("reason", "motivo_ajuste", "causa", "motivo")
}

extension ColumnSpec {
  fileprivate static func required(_ key: String, _ names: String...) -> ColumnSpec {
    ColumnSpec(key: key, names: names, required: true)
  }

  fileprivate static func optional(_ key: String, _ names: String...) -> ColumnSpec {
    ColumnSpec(key: key, names: names, required: false)
  }
}
