import Land
import Tabular
import Traceability
import ValueTypes

/// Reads a table of maps into registrations, each map hashed and put into the data folder.
struct DatasetFile {
  let table: Table
  /// Where the maps' relative paths begin.
  let folder: String
  let options: ImportOptions
  let store: DatasetStore
  private(set) var acts: [PlannedAct] = []
  private(set) var problems: [RowProblem] = []

  init(table: Table, folder: String, options: ImportOptions, store: DatasetStore) {
    self.table = table
    self.folder = folder
    self.options = options
    self.store = store
  }

  mutating func readAll() throws(TabularError) {
    let columns = try table.columns(FileKind.datasets.columns)
    for row in table.rows {
      var cells = columns.reader(row)
      read(&cells)
      problems += cells.problems
    }
  }

  private mutating func read(_ cells: inout RowReader) {
    let name: DatasetName? = cells.required("dataset", .code())
    let kind = cells.required("kind", .datasetKind())
    let version = cells.required("version", .text(maxScalars: 80))
    let file = cells.required("file", .text(maxScalars: 400))
    let licence = cells.required("licence", .text(maxScalars: 200))
    let source = cells.required("source", .text(maxScalars: 400))
    let forest = cells.optional("forestValues", .text(maxScalars: 400))
    let yearZero = cells.optional("yearZero", .integer())
    guard cells.problems.isEmpty, let name, let kind, let version, let file, let licence, let source
    else { return }
    let forestValues = forest.map { text in text.split(separator: ";").map { Int($0) } } ?? []
    guard meaningIsClear(kind, forestValues, yearZero, &cells) else { return }
    let path = file.hasPrefix("/") ? file : folder + "/" + file
    do {
      let stored = try store.take(path)
      acts.append(
        PlannedAct(
          rows: [cells.row.number],
          content: .command(
            .registerDataset(
              DatasetRegistered(
                dataset: name, kind: kind, version: version, digest: stored.digest,
                byteCount: stored.byteCount, licence: licence, source: source,
                extent: stored.extent, cellDegrees: stored.cellDegrees,
                forestValues: forestValues.compactMap { $0 },
                yearZero: yearZero.flatMap { Int(exactly: $0) }))),
          occurredAt: options.now))
    } catch {
      cells.refuse(
        "file", code: "dataset.unreadable",
        reason: Tabular.Wording(
          es: "No se puede leer el mapa: \(error).", en: "The map cannot be read: \(error)."),
        remedy: Tabular.Wording(
          es: "Revise la ruta y que sea un GeoTIFF en EPSG:4326.",
          en: "Check the path, and that it is a GeoTIFF in EPSG:4326."))
    }
  }

  /// A map whose values mean nothing would clear every plot.
  private func meaningIsClear(
    _ kind: DatasetKind, _ forestValues: [Int?], _ yearZero: Int64?, _ cells: inout RowReader
  ) -> Bool {
    switch kind {
    case .forest2020:
      if !forestValues.isEmpty, !forestValues.contains(nil) { return true }
      cells.refuse(
        "forestValues", code: "dataset.meaning",
        reason: Tabular.Wording(
          es: "Falta qué valores significan bosque.", en: "Which values mean forest is missing."),
        remedy: Tabular.Wording(
          es: "Escriba los valores separados por «;»: 1.",
          en: "Write the values separated by “;”: 1."))
    case .lossYear:
      if let yearZero, (1_900...2_200).contains(yearZero) { return true }
      cells.refuse(
        "yearZero", code: "dataset.meaning",
        reason: Tabular.Wording(
          es: "Falta el año del valor cero.", en: "The year of value zero is missing."),
        remedy: Tabular.Wording(
          es: "Escriba el año: 2000 si 21 es 2021.", en: "Write the year: 2000 if 21 is 2021."))
    }
    return false
  }
}
