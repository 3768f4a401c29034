import Land
import Ledger
import Tabular
import Traceability
import ValueTypes

/// Reads plots, outlines (GeoJSON, vector files, Well-Known Text in CSV) or points (CSV), into
/// registrations.
struct PlotFile {
  let name: String
  let options: ImportOptions
  let catalogue: Catalogue
  private(set) var acts: [PlannedAct] = []
  private(set) var problems: [RowProblem] = []
  /// What was mended in a plot that is accepted, and what someone should look at.
  private(set) var remarks: [PlotCode: [RowProblem]] = [:]
  /// Geometries by plot, for the look at overlaps.
  private(set) var geometries: [PlotCode: PlotGeometry] = [:]
  /// Where in the file each plot's geometry stands.
  private(set) var paths: [PlotCode: String] = [:]

  /// A geometry whose text is longer stands in an attachment, not in the event.
  static let inlineGeometryBytes = 40_000

  init(name: String, options: ImportOptions, catalogue: Catalogue) {
    self.name = name
    self.options = options
    self.catalogue = catalogue
  }

  /// Features are counted from 1 in what people read.
  mutating func read(geoJSON bytes: [UInt8]) throws(GeoJSONError) {
    let document = try GeoJSONDocument.parse(bytes)
    if document.features.isEmpty {
      problems.append(.emptyPlots(name))
    }
    for feature in document.features { read(feature) }
  }

  /// Features are counted from 1 through all layers.
  mutating func read(_ file: VectorPlots) {
    if file.features.isEmpty { problems.append(.emptyPlots(name)) }
    for feature in file.features {
      if let error = file.refused[feature.index] {
        problems.append(RowProblem(error, file: name))
      } else {
        read(
          feature, source: file.sources[feature.index], clipsNames: file.format == .shapefile)
      }
    }
  }

  private mutating func read(
    _ feature: GeoJSONFeature, source: VectorPlots.Source? = nil, clipsNames: Bool = false
  ) {
    let row = feature.index + 1
    var properties = FeatureProperties(feature, file: name, row: row, clipsNames: clipsNames)
    let plan = PlotPlan(
      code: properties.plotCode(), producer: properties.code("productor", "producer"),
      commodities: properties.list("cultivo", "commodity", "cultivos"),
      district: properties.text("distrito", "district", "ubigeo"),
      country: properties.text("pais", "country", "ProducerCountry"),
      squareMetres: properties.squareMetres("area_ha", "Area", "hectareas"),
      planted: properties.integer("anio_siembra", "año_siembra", "planted_year"))
    problems += properties.problems
    guard properties.problems.isEmpty, let code = plan.code else { return }
    register(
      plan, code, feature.geometry, at: feature.geometryPlace, row: row, source: source)
  }

  /// Outlines in Well-Known Text, one a row.
  mutating func read(outlines table: Table) throws(TabularError) {
    let columns = try table.columns(FileKind.plots.columns)
    let sign = columns.decimalSign(of: ["area"])
    for row in table.rows {
      var cells = columns.reader(row)
      let code: PlotCode? = cells.required("plot_id", .code())
      let outline = cells.required("wkt", .outline)
      let plan = PlotPlan(code: code, from: &cells, decimal: sign)
      problems += cells.problems
      guard cells.problems.isEmpty, let code, let outline else { continue }
      register(plan, code, outline, at: columns.heading(of: "wkt"), row: row.number)
    }
  }

  mutating func read(points table: Table) throws(TabularError) {
    let columns = try table.columns(FileKind.plotPoints.columns)
    let sign = columns.decimalSign(of: ["latitude", "longitude", "area"])
    for row in table.rows {
      var cells = columns.reader(row)
      let code: PlotCode? = cells.required("plot_id", .code())
      let latitude = cells.required("latitude", .decimal(scale: 12, decimal: sign))
      let longitude = cells.required("longitude", .decimal(scale: 12, decimal: sign))
      let plan = PlotPlan(code: code, from: &cells, decimal: sign)
      problems += cells.problems
      guard cells.problems.isEmpty, let code, let latitude, let longitude else { continue }
      let position = GeoJSONPosition(
        longitude: Double(longitude) / 1e12, latitude: Double(latitude) / 1e12)
      register(plan, code, .point(position), at: "", row: row.number)
    }
  }

  private mutating func register(
    _ plan: PlotPlan, _ code: PlotCode, _ given: GeoJSONGeometry?, at place: String, row: Int,
    source: VectorPlots.Source? = nil
  ) {
    let country = plan.country ?? options.country
    let result = PlotGeometry.make(
      from: given, at: place, expected: country.flatMap(CountryBoxes.box(of:)))
    var findings = result.findings
    if let geometry = result.geometry, let swapped = swappedCountry(geometry, country) {
      problems.append(.axesSwapped(name, row, place, swapped))
      return
    }
    if let geometry = result.geometry {
      let hectares = plan.squareMetres.map { Double($0) / 10_000 }
      findings += geometry.findings(declaredHectares: hectares, at: place)
    }
    let refused = findings.filter { $0.severity == .refuse }
    guard refused.isEmpty, let geometry = result.geometry else {
      problems += refused.map { RowProblem($0, file: name, row: row) }
      return
    }
    paths[code] = place
    remarks[code] = findings.map { RowProblem($0, file: name, row: row) }
    guard let producer = producer(plan, row) else { return }
    let accepted = AcceptedGeometry(
      geometry: geometry, findings: findings, given: given, source: source)
    add(plan, code, accepted, producer: producer.code, country, row)
  }

  /// The plot's producer, the option's, or none; nil (outer) where the option is no code.
  private mutating func producer(
    _ plan: PlotPlan, _ row: Int
  ) -> (code: ProducerCode?, Void)? {
    if let code = plan.producer { return (code, ()) }
    guard let text = options.producer else { return (nil, ()) }
    do {
      return (try ProducerCode(text), ())
    } catch {
      problems.append(.badOption(name, row, "--producer", text))
      return nil
    }
  }

  private mutating func add(
    _ plan: PlotPlan, _ code: PlotCode, _ accepted: AcceptedGeometry, producer: ProducerCode?,
    _ given: String?, _ row: Int
  ) {
    let geometry = accepted.geometry
    geometries[code] = geometry
    let (record, attachments) = accepted.record(inlineBytes: Self.inlineGeometryBytes)
    acts.append(
      PlannedAct(
        rows: [row],
        content: .command(
          .registerPlot(
            PlotRegistered(
              plot: code, producer: producer, commodities: plan.commodityCodes(catalogue),
              country: country(geometry, given), district: plan.district,
              declaredSquareMetres: plan.squareMetres, plantedYear: plan.planted,
              geometry: record))),
        occurredAt: options.now, attachments: attachments))
  }

  /// The country whose box holds the plot only when its axes are swapped, if there is one and no
  /// box holds the plot as it stands.
  private func swappedCountry(_ geometry: PlotGeometry, _ given: String?) -> String? {
    let box = geometry.box
    let longitude = (box.west + box.east) / 2
    let latitude = (box.south + box.north) / 2
    guard given == nil,
      CountryBoxes.countries(longitude: longitude, latitude: latitude).isEmpty
    else { return nil }
    return CountryBoxes.countries(longitude: latitude, latitude: longitude).first
  }

  /// As given, else the one country whose box holds the plot, else `ZZ`: not known.
  private func country(_ geometry: PlotGeometry, _ given: String?) -> String {
    if let given { return given.uppercased() }
    let box = geometry.box
    let fitting = CountryBoxes.countries(
      longitude: (box.west + box.east) / 2, latitude: (box.south + box.north) / 2)
    return fitting.count == 1 ? fitting[0] : "ZZ"
  }
}
