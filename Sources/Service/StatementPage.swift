import Application
import Traceability

/// What a statement's page shows.
struct StatementView {
  struct CommodityRow {
    let heading, product, species, mass: String
    let labelHeading, labelProduct, labelSpecies, labelMass: String
  }

  struct LotRow {
    let url, lot, product, mass, verdict, css: String
    let labelLot, labelProduct, labelMass, labelVerdict: String
  }

  struct PlotRow {
    let anchor, number, plot, producer, district, country, area, verdict, css: String
    let labelPlot, labelProducer, labelDistrict, labelCountry, labelArea, labelVerdict: String
  }

  struct Picture {
    let id, svgUrl, pngUrl, plot, label, area: String
  }

  let t: [String: String]
  let code, css, policy, verdict: String
  let isProven: Bool
  let operatorName, operatorCode, operatorPlace: String
  let operatorTax, operatorEmail, importer: String?
  let destination, countries, shipment, produced, drafted, position, digest: String
  let bundleUrl: String
  let commodities: [CommodityRow]
  let lotCount: String
  let lots: [LotRow]
  let plotCount, totalArea: String
  let plots: [PlotRow]
  let pictures: [Picture]
  let hasReasons: Bool
  let reasons: [LotView.ReasonRow]
}

/// Builds a statement's view.
struct StatementPageBuilder {
  private let format: PageFormat
  private let language: Language
  private let t: [String: String]

  init(_ raiz: Raiz, _ language: Language) {
    self.language = language
    format = PageFormat(language: language, catalogue: raiz.catalogue)
    t = PageTexts.all(language).merging(StatementTexts.all(language)) { $1 }
  }

  private func text(_ key: String) -> String { t[key] ?? key }

  func view(_ detail: StatementDetail) -> StatementView {
    let (statement, judgement) = (detail.statement, detail.judgement)
    let exporter = detail.exporter
    let place = [exporter?.address, exporter?.country].compactMap { $0 }
    return StatementView(
      t: t, code: statement.statement.text, css: format.css(judgement.verdict),
      policy: judgement.policyName + " " + judgement.policyVersion,
      verdict: format.verdict(judgement.verdict),
      isProven: judgement.verdict == .deforestationFree,
      operatorName: exporter?.name ?? detail.shipment.exporter.text,
      operatorCode: detail.shipment.exporter.text, operatorPlace: place.joined(separator: ", "),
      operatorTax: exporter?.taxIdentifier, operatorEmail: exporter?.email,
      importer: detail.shipment.importerName, destination: detail.shipment.destination,
      countries: detail.countriesOfProduction.joined(separator: ", "),
      shipment: statement.shipment.text,
      produced: "\(statement.producedFrom) – \(statement.producedTo)",
      drafted: format.moment(detail.draftedAt), position: "\(detail.position)",
      digest: "\(statement.geoJSONDigest)",
      bundleUrl: "/api/shipments/\(format.path(statement.shipment.text))/bundle",
      commodities: statement.commodities.map(commodity), lotCount: "\(detail.loads.count)",
      lots: detail.loads.map(lot), plotCount: "\(detail.plots.count)",
      totalArea: format.hectares(detail.plots.reduce(0) { $0 + $1.squareMetres }),
      plots: detail.plots.enumerated().map { plot($0.element, $0.offset + 1) },
      pictures: detail.plots.enumerated().map { picture($0.element, $0.offset + 1) },
      hasReasons: !judgement.reasons.isEmpty,
      reasons: judgement.reasons.map(reason))
  }

  private func reason(_ reason: Reason) -> LotView.ReasonRow {
    LotView.ReasonRow(
      text: Wording.text(of: reason, in: language), subject: reason.subject.description,
      css: format.css(reason.verdict), events: nil, findingsUrl: nil, t: t)
  }

  private func commodity(_ row: StatementDrafted.Commodity) -> StatementView.CommodityRow {
    StatementView.CommodityRow(
      heading: row.hsHeading, product: format.product(row.product),
      species: row.scientificName ?? "—", mass: format.kilograms(row.netGrams.value),
      labelHeading: text("hsHeading"), labelProduct: text("product"),
      labelSpecies: text("species"), labelMass: text("netMass"))
  }

  private func lot(_ load: StatementDetail.Load) -> StatementView.LotRow {
    StatementView.LotRow(
      url: "/lots/" + format.path(load.lot.text), lot: load.lot.text,
      product: format.product(load.product), mass: format.kilograms(load.grams),
      verdict: format.verdict(load.verdict), css: format.css(load.verdict),
      labelLot: text("lot"), labelProduct: text("product"), labelMass: text("netMass"),
      labelVerdict: text("verdict"))
  }

  private func plot(_ plot: StatementDetail.Plot, _ number: Int) -> StatementView.PlotRow {
    let producer = plot.producer.map {
      plot.producerErased ? "\($0) (\(text("erased")))" : $0.text
    }
    return StatementView.PlotRow(
      anchor: "#m\(number)", number: "\(number)", plot: plot.plot.text, producer: producer ?? "—",
      district: plot.district ?? "—", country: plot.country, area: area(plot),
      verdict: format.verdict(plot.verdict), css: format.css(plot.verdict),
      labelPlot: text("plot"), labelProducer: text("producer"), labelDistrict: text("district"),
      labelCountry: text("country"), labelArea: text("area"), labelVerdict: text("verdict"))
  }

  /// A point's area is what was declared of it.
  private func area(_ plot: StatementDetail.Plot) -> String {
    let hectares = format.hectares(plot.squareMetres)
    return plot.form == .point ? "\(text("point")) · \(hectares)" : hectares
  }

  private func picture(_ plot: StatementDetail.Plot, _ number: Int) -> StatementView.Picture {
    let path = "/plots/\(format.path(plot.plot.text))/map"
    let query = "?lang=\(language.rawValue)"
    return StatementView.Picture(
      id: "m\(number)", svgUrl: path + ".svg" + query, pngUrl: path + ".png" + query,
      plot: plot.plot.text, label: "\(text("mapOfPlot")) \(plot.plot)", area: area(plot) + " ha")
  }
}

extension PageFormat {
  /// Four decimals, as a statement gives them.
  func hectares(_ squareMetres: Double) -> String {
    let text = Wording.hectares(squareMetres)
    return language == .spanish ? text.replacing(".", with: ",") : text
  }
}

/// Words of the statement's page alone.
enum StatementTexts {
  static func all(_ language: Language) -> [String: String] {
    texts.mapValues { language == .spanish ? $0.es : $0.en }
  }

  private static let texts: [String: (es: String, en: String)] = [
    "statement": ("Declaración de diligencia debida", "Due-diligence statement"),
    "verdictNow": ("Dictamen del embarque hoy", "Verdict of the shipment today"),
    "provenThen": (
      "Se redactó con el embarque demostrado libre de deforestación.",
      "It was drafted with the shipment proven deforestation-free."
    ),
    "changed": (
      "La evidencia cambió desde que se redactó. Hoy el embarque ya no está demostrado:",
      "The evidence has changed since it was drafted. Today the shipment is no longer proven:"
    ),
    "operator": ("Operador", "Operator"),
    "taxIdentifier": ("Identificación fiscal", "Tax identifier"),
    "email": ("Correo", "E-mail"),
    "importer": ("Importador", "Importer"),
    "destination": ("Destino", "Destination"),
    "countries": ("País de producción", "Country of production"),
    "country": ("País", "Country"),
    "shipmentCode": ("Embarque", "Shipment"),
    "produced": ("Producido", "Produced"),
    "drafted": ("Redactada", "Drafted"),
    "atPosition": ("en la posición", "at position"),
    "geoJSON": ("Archivo de parcelas (SHA-256)", "File of plots (SHA-256)"),
    "goods": ("Mercancía", "Goods"),
    "hsHeading": ("Partida SA", "HS heading"),
    "species": ("Especie", "Species"),
    "netMass": ("Masa neta (kg)", "Net mass (kg)"),
    "lotsLoaded": ("Lotes cargados", "Lots loaded"),
    "plotsOf": ("Parcelas de producción", "Plots of production"),
    "area": ("Superficie (ha)", "Area (ha)"),
    "point": ("punto", "point"),
    "totalArea": ("Superficie total", "Total area"),
    "print": ("Imprimir", "Print"),
  ]
}
