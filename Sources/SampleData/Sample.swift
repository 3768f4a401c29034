import Foundation
import Land

/// Writes a believable Tocache in the very files that a cooperative would give.
public enum Sample {
  /// Writes `import/` (with `maps/`), `refused/` and `stories.json` into the folder.
  ///
  /// The same options give the same bytes. `progress` hears of groups of plots done and in all.
  @discardableResult
  public static func write(
    _ options: SampleOptions, to directory: String,
    progress: (String, Int, Int) -> Void = { _, _, _ in }
  ) throws -> SampleSummary {
    let files = FileManager.default
    for folder in ["/import", "/refused"] where files.fileExists(atPath: directory + folder) {
      try files.removeItem(atPath: directory + folder)
    }
    try files.createDirectory(
      atPath: directory + "/import/maps", withIntermediateDirectories: true)
    try files.createDirectory(atPath: directory + "/refused", withIntermediateDirectories: true)
    var run = SampleRun(options, directory)
    try run.writeRegistry()
    progress("maps", 0, 1)
    try run.writeMaps()
    progress("maps", 1, 1)
    for (index, group) in run.groups.enumerated() {
      try run.write(group)
      progress("groups", index + 1, run.groups.count)
    }
    return try run.finish()
  }
}

/// One sample being written.
struct SampleRun {
  let options: SampleOptions
  let directory: String
  let groups: [GroupPlan]
  private let land: LandPlan
  private let files: SampleFiles
  private var custody: CustodyWriter
  private var stories: [Story] = []
  private var producers = 0
  private var lastProducer = -1

  /// The two maps and the list of stories, which no part writer makes.
  private static let mapsAndStories = 3

  init(_ options: SampleOptions, _ directory: String) {
    self.options = options
    self.directory = directory
    groups = GroupPlan.all(options)
    land = LandPlan(groups, seed: options.seed)
    files = SampleFiles(directory + "/import")
    custody = CustodyWriter(files: files, options: options)
  }

  func writeRegistry() throws {
    for organisation in Places.organisations { try files.organisations.row(organisation) }
    try files.capacities.row(
      "ACJ", Places.smallTruck, kilograms(12_000_000), "2", "", "", "tarjeta de propiedad")
    try files.capacities.row(
      Places.smallMill, "", "", "", kilograms(100_000), "10", "licencia de planta")
    try files.datasets.row(
      "bosque-2020-muestra", "bosque-2020", "muestra 1", "maps/bosque-2020.tif", "CC0-1.0",
      "mapa inventado de la muestra", "1", "")
    try files.datasets.row(
      "perdida-anual-muestra", "perdida-anual", "muestra 1", "maps/perdida-anual.tif",
      "CC0-1.0", "mapa inventado de la muestra", "", "2000")
  }

  func writeMaps() throws {
    try MapWriter(land: land, groups: groups, seed: options.seed)
      .write(to: directory + "/import/maps")
  }

  mutating func write(_ group: GroupPlan) throws {
    let plots = try group.plots.map {
      try PlotPlan($0, group, land, seed: options.seed)
    }
    for plot in plots {
      try register(plot)
      try files.mayBreak()
    }
    custody.story = group.story.map { Story(kind: $0.rawValue) }
    noteTaintedPlots(group, plots)
    try custody.write(group, plots)
    if let story = custody.story { stories.append(story) }
    try files.mayBreak()
  }

  private mutating func noteTaintedPlots(_ group: GroupPlan, _ plots: [PlotPlan]) {
    guard let story = group.story, story.taintedPlots > 0 else { return }
    let tainted = plots.prefix(story.taintedPlots)
    custody.story?.subjects = tainted.map { "plot:" + $0.code }
    for plot in tainted { custody.taint("plot:" + plot.code) }
    switch story {
    case .forestLoss, .forestLossPalm, .smallForestLoss, .tankDirty, .tankFlushed:
      for plot in tainted { custody.find("forest-loss-after-cut-off", "plot:" + plot.code) }
    case .overlap: custody.find("plot-overlap", "plot:" + plots[1].code)
    default: break
    }
  }

  private mutating func register(_ plot: PlotPlan) throws {
    let district = Places.districts[plot.group.district]
    let number = PlotPlan.producer(of: plot.index)
    if plot.group.story == .overlap || number != lastProducer {
      if plot.group.story != .overlap { lastProducer = number }
      try registerProducer(plot, district)
    }
    try files.plots.line(feature(plot, district))
    let lacksTenure =
      plot.group.story == .noTenure && plot.index == plot.group.plots.lowerBound
    guard !lacksTenure else { return }
    var random = SampleRandom(seed: options.seed, 2, plot.index)
    let kinds = [("titulo", "SUNARP"), ("cusaf", "ARA San Martín"), ("posesion", "Municipalidad")]
    let kind = kinds[random.integer(0...2)]
    let digest = (0..<4).map { _ in
      let text = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
    try files.tenure.row(
      plot.code, kind.0, "22-SAM/CTO-\(plot.index + 1)", kind.1, digest, "")
  }

  private mutating func registerProducer(
    _ plot: PlotPlan, _ district: Places.District
  ) throws {
    var random = SampleRandom(seed: options.seed, 8, plot.index)
    let name =
      Places.givenNames[random.integer(0...Places.givenNames.count - 1)] + " "
      + Places.familyNames[random.integer(0...Places.familyNames.count - 1)] + " "
      + Places.familyNames[random.integer(0...Places.familyNames.count - 1)]
    let cooperative = plot.group.isPalm ? "" : plot.group.buyer
    try files.producers.row(
      plot.producerCode, name, "\(random.integer(10_000_000...79_999_999))",
      "9\(random.integer(10_000_000...99_999_999))", cooperative, district.ubigeo)
    producers += 1
  }

  private func feature(_ plot: PlotPlan, _ district: Places.District) -> String {
    let pairs = plot.outline.map { "[\(degrees($0.longitude)),\(degrees($0.latitude))]" }
    let geometry =
      plot.isPoint
      ? "{\"type\":\"Point\",\"coordinates\":\(pairs[0])}"
      : "{\"type\":\"Polygon\",\"coordinates\":[[\(pairs.joined(separator: ","))]]}"
    return "{\"type\":\"Feature\",\"properties\":{\"codigo\":\"\(plot.code)\","
      + "\"productor\":\"\(plot.producerCode)\","
      + "\"cultivo\":\"\(plot.group.isPalm ? "palma aceitera" : "cacao")\","
      + "\"distrito\":\"\(district.ubigeo)\",\"area_ha\":\(hectares(plot.hectares)),"
      + "\"anio_siembra\":\(plot.plantedYear),\"pais\":\"PE\"},\"geometry\":\(geometry)}"
  }

  /// Six decimals, always all of them.
  private func degrees(_ micro: Int) -> String {
    let sign = micro < 0 ? "-" : ""
    return sign + "\(abs(micro) / 1_000_000)." + GroupPlan.padded(abs(micro) % 1_000_000, 6)
  }

  private func hectares(_ value: Double) -> String {
    let units = Int((value * 10_000).rounded())
    return "\(units / 10_000)." + GroupPlan.padded(units % 10_000, 4)
  }

  mutating func finish() throws -> SampleSummary {
    try files.close()
    stories += try RefusedFiles(directory: directory, custody: custody).write(
      claimed: try claimedPlot())
    let file = StoryFile(
      seed: options.seed, plots: options.plots, seasons: options.seasons, stories: stories)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(file).write(to: URL(fileURLWithPath: directory + "/stories.json"))
    return SampleSummary(
      plots: options.plots, producers: producers, lots: custody.lots,
      shipments: custody.shipments, stories: stories.count,
      files: files.all.reduce(0) { $0 + $1.parts } + Self.mapsAndStories
        + stories.filter { $0.refusal != nil }.count)
  }

  /// A sound plot, claimed for somebody else in a file that must be refused.
  private func claimedPlot() throws -> String {
    guard let group = groups.last, let last = group.plots.last else { return "" }
    let plot = try PlotPlan(last, group, land, seed: options.seed)
    return feature(plot, Places.districts[group.district])
      .replacingOccurrences(of: plot.producerCode, with: PlotPlan.producerCode(0))
  }
}
