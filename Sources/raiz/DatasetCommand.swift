import Application
import ArgumentParser
import Ledger
import Traceability

struct DatasetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Maps and vector layers that plots are laid over.",
    subcommands: [
      DatasetAddCommand.self, DatasetListCommand.self, DatasetSupersedeCommand.self,
      DatasetKindsCommand.self,
    ])
}

struct DatasetAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Register a file by its SHA-256; other bytes under a registered name are refused.",
    discussion: """
      Rasters: GeoTIFF (COG too) and VRT mosaics, EPSG:4326, whole numbers. A mosaic stays where it
      lies. Vector layers: GeoPackage, GeoJSON, KML, KMZ, zipped Shapefile.
      Plots are assessed with it by «raiz assess».
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The file.") var file: String
  @Option(help: "What question it answers; «raiz dataset kinds» lists them.") var kind: String
  @Option(help: "A name of your own, with its year: gfc2020-v3.") var name: String
  @Option(help: "The maker's version.") var version: String
  @Option(help: "Under which licence.") var licence: String
  @Option(help: "Where it comes from.") var source: String
  @Option(help: "How its values are read, e.g. «values 1», «years-after 2000».")
  var meaning: String?

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let request = DatasetRequest(
        name: name, kind: kind, version: version, licence: licence, source: source, path: file,
        meaning: meaning)
      let added = try await raiz.addDataset(request, recordedBy: ImportSteps.user)
      if shared.json { return try Terminal.json(added.dataset) }
      Terminal.out("\(added.dataset.dataset): \(added.dataset.digest)")
      if !added.mended.isEmpty {
        Terminal.out(
          shared.words(
            "  \(added.mended.count) áreas no eran válidas y se repararon al leer:",
            "  \(added.mended.count) areas were not valid and are put right on reading:"))
        for line in added.mended.prefix(10) { Terminal.out("    \(line)") }
      }
      Terminal.out(
        shared.words(
          "  las parcelas se evalúan con ella por «raiz assess»",
          "  plots are assessed with it by «raiz assess»"))
    }
  }
}

struct DatasetListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All registered datasets.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await withRaiz(shared) { raiz in
      try await raiz.catchUp()
      let all = try await raiz.datasetSummaries()
      if shared.json { return try Terminal.json(all) }
      for one in all { Terminal.out(line(one)) }
    }
  }

  private func line(_ one: DatasetSummary) -> String {
    let dataset = one.registered
    var parts = [
      dataset.dataset.text, dataset.kind.rawValue, dataset.version, dataset.licence,
      dataset.reading?.description ?? "—", "\(dataset.digest)",
    ]
    if let past = one.superseded {
      let by = past.by.map { " → \($0)" } ?? ""
      parts.append(shared.words("ya no se usa", "used no more") + by + " (\(past.reason))")
    }
    if !one.isHere {
      parts.append(shared.words("falta el archivo ", "the file is missing: ") + one.path)
    }
    return parts.joined(separator: "\t")
  }
}

struct DatasetSupersedeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "supersede",
    abstract: "Take a dataset out of use; «raiz assess» then looks at its plots again.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The dataset's name.") var name: String
  @Option(help: "The registered dataset that stands in its place.") var by: String?
  @Option(help: "Why.") var reason: String

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let receipt = try await raiz.supersede(
        DatasetSuperseded(
          dataset: try DatasetName(name), by: try by.map { try DatasetName($0) }, reason: reason),
        recordedBy: ImportSteps.user)
      if shared.json { return try Terminal.json(receipt) }
      Terminal.out(
        shared.words(
          "registrado en la posición \(receipt.firstPosition)",
          "recorded at position \(receipt.firstPosition)"))
    }
  }
}

struct DatasetKindsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kinds", abstract: "What questions datasets can answer, and how values are read.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await Failures.reported(shared) {
      let kinds = try DatasetKinds.shipped().kinds
      if shared.json { return try Terminal.json(kinds) }
      for kind in kinds {
        Terminal.out(
          [
            kind.kind.rawValue, kind.form.rawValue, kind.meaning ?? "—",
            shared.words(kind.es, kind.en),
          ].joined(separator: "\t"))
      }
    }
  }
}
