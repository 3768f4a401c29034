import Land
import Ledger
import Tabular
import Traceability
import ValueTypes

/// Reads plots, outlines (GeoJSON) or points (CSV), into registrations.
struct PlotFile {
  let name: String
  let options: ImportOptions
  let catalogue: Catalogue
  private(set) var acts: [PlannedAct] = []
  private(set) var problems: [RowProblem] = []
  /// Geometries by plot, for the look at overlaps.
  private(set) var geometries: [PlotCode: PlotGeometry] = [:]

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

  private mutating func read(_ feature: GeoJSONFeature) {
    let row = feature.index + 1
    var properties = FeatureProperties(feature, file: name, row: row)
    let plan = PlotPlan(
      code: properties.plotCode(), producer: properties.code("productor", "producer"),
      commodities: properties.list("cultivo", "commodity", "cultivos"),
      district: properties.text("distrito", "district", "ubigeo"),
      country: properties.text("pais", "country", "ProducerCountry"),
      squareMetres: properties.squareMetres("area_ha", "Area", "hectareas"),
      planted: properties.integer("anio_siembra", "año_siembra", "planted_year"))
    problems += properties.problems
    guard properties.problems.isEmpty, let code = plan.code else { return }
    register(plan, code, feature.geometry, at: feature.geometryPlace, row: row)
  }

  mutating func read(points table: Table) throws(TabularError) {
    let columns = try table.columns(FileKind.plotPoints.columns)
    let sign = columns.decimalSign(of: ["latitude", "longitude", "area"])
    for row in table.rows {
      var cells = columns.reader(row)
      let code: PlotCode? = cells.required("plot_id", .code())
      let latitude = cells.required("latitude", .decimal(scale: 12, decimal: sign))
      let longitude = cells.required("longitude", .decimal(scale: 12, decimal: sign))
      let producer: ProducerCode? = cells.optional("producer", .code())
      let commodity = cells.optional("commodity", .text())
      let district = cells.optional("district", .text(maxScalars: 40))
      let area = cells.optional("area", .squareMetres(decimal: sign))
      let planted = cells.optional("planted", .integer())
      let country = cells.optional("country", .country())
      problems += cells.problems
      guard cells.problems.isEmpty, let code, let latitude, let longitude else { continue }
      let plan = PlotPlan(
        code: code, producer: producer,
        commodities: commodity.map { $0.split(separator: ";").map(String.init) } ?? [],
        district: district, country: country, squareMetres: area,
        planted: planted.flatMap { Int(exactly: $0) })
      let position = GeoJSONPosition(
        longitude: Double(longitude) / 1e12, latitude: Double(latitude) / 1e12)
      register(plan, code, .point(position), at: "", row: row.number)
    }
  }

  private mutating func register(
    _ plan: PlotPlan, _ code: PlotCode, _ source: GeoJSONGeometry?, at place: String, row: Int
  ) {
    let given = plan.country ?? options.country
    let result = PlotGeometry.make(
      from: source, at: place, expected: given.flatMap(CountryBoxes.box(of:)))
    var findings = result.findings
    if let geometry = result.geometry, let swapped = swappedCountry(geometry, given) {
      problems.append(.axesSwapped(name, row, place, swapped))
      return
    }
    if let area = plan.squareMetres, let geometry = result.geometry {
      findings += geometry.findings(declaredHectares: Double(area) / 10_000, at: place)
    }
    let refused = findings.filter { $0.severity == .refuse }
    guard refused.isEmpty, let geometry = result.geometry else {
      problems += refused.map { RowProblem($0, file: name, row: row) }
      return
    }
    guard let producer = producer(plan, row) else { return }
    add(plan, code, geometry, findings, source, producer: producer.code, given, row)
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
    _ plan: PlotPlan, _ code: PlotCode, _ geometry: PlotGeometry,
    _ findings: [GeometryFinding], _ source: GeoJSONGeometry?, producer: ProducerCode?,
    _ given: String?, _ row: Int
  ) {
    let text = geometry.geoJSON()
    var attachments: [Attachment] = []
    let isInline = text.count <= Self.inlineGeometryBytes
    if !isInline { attachments.append(Attachment(mediaType: "application/geo+json", bytes: text)) }
    var original: SHA256Digest?
    if let source, findings.contains(where: { $0.severity == .mended }) {
      let kept = Attachment(
        mediaType: "application/geo+json", bytes: OriginalText.geoJSON(source))
      original = kept.digest
      attachments.append(kept)
    }
    let record = GeometryRecord(
      digest: geometry.digest, form: geometry.isPoint ? .point : .polygon,
      squareMetres: geometry.areaSquareMetres, vertices: geometry.vertexCount,
      geoJSON: isInline ? String(decoding: text, as: UTF8.self) : nil, originalDigest: original,
      notes: Set(findings.map { $0.code + " " + $0.problem.rawValue }).sorted())
    geometries[code] = geometry
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

/// What a file says of a plot besides its outline.
struct PlotPlan {
  let code: PlotCode?
  let producer: ProducerCode?
  let commodities: [String]
  let district: String?
  let country: String?
  let squareMetres: Int64?
  let planted: Int?

  /// Catalogue codes where the words are known; other words as they are, in lower case.
  func commodityCodes(_ catalogue: Catalogue) -> [String] {
    commodities.map { word in
      let name = HeadingName(word)
      let known = catalogue.commodities.first { commodity in
        [commodity.code, commodity.es, commodity.en].contains { HeadingName($0) == name }
      }
      return known?.code ?? word.lowercased()
    }
  }
}
