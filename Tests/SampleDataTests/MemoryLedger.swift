import Land
import Traceability
import ValueTypes

/// A ledger in memory that takes a sample's files act by act, through the very rules of custody.
struct MemoryLedger {
  private(set) var world = World()
  private(set) var findings: [WrittenSample.Stories.Finding] = []
  /// Outlines in the order of their registration.
  private(set) var geometries: [(plot: PlotCode, geometry: PlotGeometry)] = []
  let context: DecisionContext

  struct Unreadable: Error { let what: String }

  init() throws {
    context = DecisionContext(
      now: try Self.moment("2026-11-01"), catalogue: try Catalogue.shipped(),
      policy: try Policy.shipped())
  }

  /// A day stands for its noon in Peru; a moment of the day is taken as it is.
  static func moment(_ text: String) throws -> Timestamp {
    let day = CivilDate(text).flatMap { Timestamp($0, hour: 12, offsetMinutes: -300) }
    guard let moment = day ?? Timestamp(text + ":00-05:00") else { throw Unreadable(what: text) }
    return moment
  }

  static func day(_ text: String) throws -> CivilDate {
    guard let day = CivilDate(text) else { throw Unreadable(what: text) }
    return day
  }

  mutating func take(_ command: Command, at moment: Timestamp) throws {
    let events = try decide(command, occurredAt: moment, in: world, by: context)
    for new in events {
      world.apply(
        new.event, stream: new.stream, version: world.version(of: new.stream) + 1,
        occurredAt: new.occurredAt)
      // A finding stands in its own stream and once more in that of each subject.
      if case .findingRaised(let raised) = new.event, new.stream.kind == .finding {
        let subject = raised.subjects.first?.description ?? ""
        findings.append(.init(kind: raised.kind.rawValue, subject: subject))
      }
    }
  }

  /// Takes one file of a sample; throws the refusal of its first act that is refused.
  mutating func take(file path: String, of sample: WrittenSample) throws {
    if path.hasSuffix(".geojson") { return try takePlots(path, of: sample) }
    if path.contains("-capas") { return try takeMaps(path, of: sample) }
    var reader = ActsOfTable(catalogue: context.catalogue)
    let kind = path.split(separator: "-").last?.split(separator: ".").first.map(String.init)
    for row in try TableRow.read(sample.text(path)) { try reader.read(row, kind: kind ?? "") }
    for act in try reader.finished() {
      try take(act.command, at: act.moment ?? context.now)
    }
  }

  // MARK: Land

  private mutating func takePlots(_ path: String, of sample: WrittenSample) throws {
    for feature in try GeoJSONDocument.parse(sample.bytes(path)).features {
      let result = PlotGeometry.make(from: feature.geometry)
      guard let geometry = result.geometry, result.findings.isEmpty else {
        throw Unreadable(what: "\(result.findings)")
      }
      let plot = try PlotCode(Self.text(feature, "codigo"))
      let hectares = Double(try Self.text(feature, "area_ha")) ?? 0
      guard geometry.findings(declaredHectares: hectares).isEmpty else {
        throw Unreadable(what: "area of \(plot)")
      }
      try take(
        .registerPlot(
          PlotRegistered(
            plot: plot, producer: try ProducerCode(Self.text(feature, "productor")),
            commodities: [try Self.text(feature, "cultivo")],
            country: try Self.text(feature, "pais"),
            district: try Self.text(feature, "distrito"),
            declaredSquareMetres: Int64((hectares * 10_000).rounded()),
            plantedYear: Int(try Self.text(feature, "anio_siembra")),
            geometry: GeometryRecord(
              digest: geometry.digest, form: geometry.isPoint ? .point : .polygon,
              squareMetres: geometry.areaSquareMetres, vertices: geometry.vertexCount,
              geoJSON: nil))), at: context.now)
      geometries.append((plot, geometry))
    }
  }

  private static func text(_ feature: GeoJSONFeature, _ name: String) throws -> String {
    switch feature.properties[name] {
    case .string(let text): return text
    case .number(let number): return number.text
    default: throw Unreadable(what: "\(name) of feature \(feature.index)")
    }
  }

  /// As an import does: a finding on the later plot of each pair that shares land.
  mutating func lookForOverlaps() throws {
    let shared = try Overlaps.all(in: geometries.map(\.geometry))
    for pair in shared where pair.shareOfSmaller >= 0.02 {
      let plot = geometries[max(pair.first, pair.second)].plot
      let other = geometries[min(pair.first, pair.second)].plot
      try take(
        .raiseFinding(
          FindingRaised(
            finding: try FindingCode("plot-overlap/\(plot)/\(other)"), kind: .plotOverlap,
            severity: pair.shareOfSmaller > 0.1 ? .doubt : .notice,
            subjects: [.plot(plot), .plot(other)], restsOn: [],
            figures: [
              "other": other.text,
              "percent": Wording.decimal(pair.shareOfSmaller * 100, places: 1),
            ])), at: context.now)
    }
  }

  // MARK: Maps

  private var maps: [(name: DatasetName, path: String)] = []

  private mutating func takeMaps(_ path: String, of sample: WrittenSample) throws {
    for row in try TableRow.read(sample.text(path)) {
      let file = sample.folder + "/import/" + (try row.text("archivo"))
      let raster = try RasterDataset.open(file)
      let isForest = try row.text("tipo") == "bosque-2020"
      let box = raster.grid.box
      let name = try DatasetName(row.text("nombre"))
      try take(
        .registerDataset(
          DatasetRegistered(
            dataset: name, kind: isForest ? .forest2020 : .lossYear,
            version: try row.text("version"), digest: try raster.sha256(), byteCount: 0,
            licence: try row.text("licencia"), source: try row.text("fuente"),
            extent: [box.west, box.south, box.east, box.north],
            cellDegrees: raster.grid.cellWidth,
            forestValues: try row.text("valores_bosque").split(separator: ";").compactMap {
              Int($0)
            },
            yearZero: Int(try row.text("anio_cero")))), at: context.now)
      maps.append((name, file))
    }
  }

  /// Lays every plot over every map; a point stands for a disc of its declared area.
  mutating func assess() throws {
    let open = try maps.map { (name: $0.name, raster: try RasterDataset.open($0.path)) }
    for (code, geometry) in geometries {
      guard let plot = world.plots[code]?.registered else { continue }
      var area = geometry
      if case .point(let position) = geometry {
        area = try PlotGeometry.disc(around: position, squareMetres: plot.squareMetres)
      }
      var results: [DatasetResult] = []
      for map in open {
        guard let known = world.datasets[map.name] else { continue }
        let covered = try Coverage.assess(area, on: map.raster)
        results.append(
          DatasetResult(
            dataset: known.dataset, kind: known.kind, datasetDigest: known.digest,
            squareMetres: covered.totalSquareMetres,
            outsideSquareMetres: covered.outsideSquareMetres,
            noDataSquareMetres: covered.noDataSquareMetres,
            classes: covered.classes.sorted { $0.key < $1.key }.map {
              .init(value: $0.key, squareMetres: $0.value, cells: covered.cellsTouched[$0.key] ?? 0)
            }))
      }
      try take(
        .recordAssessment(
          PlotAssessed(
            plot: code, geometryDigest: geometry.digest, method: CoverageResult.methodName,
            form: geometry.isPoint ? .point : .polygon, results: results)), at: context.now)
    }
  }

  /// As the program does: what only a look over all streams shows.
  mutating func detect() throws {
    let search = PatternSearch(world: world, catalogue: context.catalogue)
    for finding in search.findings() { try take(.raisePattern(finding), at: context.now) }
  }

  /// Every plot, lot and shipment that is not proven, with its verdict.
  func notProven() -> [String: String] {
    let judge = Judge(world: world, policy: context.policy)
    let judged =
      world.plots.keys.map { judge.judge(plot: $0) } + world.lots.keys.map { judge.judge(lot: $0) }
      + world.shipments.keys.map { judge.judge(shipment: $0) }
    var found: [String: String] = [:]
    for judgement in judged where judgement.verdict != .deforestationFree {
      found[judgement.subject.description] = judgement.verdict.rawValue
    }
    return found
  }
}
