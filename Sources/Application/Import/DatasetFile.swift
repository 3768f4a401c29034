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
  let kinds: DatasetKinds
  private(set) var acts: [PlannedAct] = []
  private(set) var problems: [RowProblem] = []

  init(
    table: Table, folder: String, options: ImportOptions, store: DatasetStore,
    kinds: DatasetKinds
  ) {
    self.kinds = kinds
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
    let kind = cells.required("kind", .datasetKind(kinds.kinds))
    let version = cells.required("version", .text(maxScalars: 80))
    let file = cells.required("file", .text(maxScalars: 400))
    let licence = cells.required("licence", .text(maxScalars: 200))
    let source = cells.required("source", .text(maxScalars: 400))
    let words = DatasetMeaningWords(
      meaning: cells.optional("meaning", .text(maxScalars: 400)),
      forestValues: cells.optional("forestValues", .text(maxScalars: 400)),
      yearZero: cells.optional("yearZero", .integer()))
    guard cells.problems.isEmpty, let name, let kind, let version, let file, let licence,
      let source, let entry = kinds.entry(kind)
    else { return }
    guard let meaning = words.meaning(for: entry) else {
      refuseMeaning(words.column(for: entry), entry, &cells)
      return
    }
    let path = file.hasPrefix("/") ? file : folder + "/" + file
    do {
      let stored = try store.take(path, as: entry)
      acts.append(
        PlannedAct(
          rows: [cells.row.number],
          content: .command(
            .registerDataset(
              DatasetRegistered(
                dataset: name, kind: kind, version: version, digest: stored.digest,
                byteCount: stored.byteCount, licence: licence, source: source,
                extent: stored.extent, cellDegrees: stored.cellDegrees,
                forestValues: words.legacyForestValues(for: entry),
                yearZero: words.legacyYearZero(for: entry),
                meaning: words.isLegacy(for: entry) ? nil : meaning))),
          occurredAt: options.now))
    } catch {
      cells.refuse(
        "file", code: "dataset.unreadable",
        reason: Tabular.Wording(
          es: "No se puede leer el mapa: \(error).", en: "The map cannot be read: \(error)."),
        remedy: Tabular.Wording(
          es: "Revise la ruta, y que sea un ráster o una capa vectorial en EPSG:4326.",
          en: "Check the path, and that it is a raster or a vector layer in EPSG:4326."))
    }
  }

  /// A map whose values mean nothing would clear every plot.
  private func refuseMeaning(
    _ column: String, _ entry: DatasetKinds.Entry, _ cells: inout RowReader
  ) {
    let example = entry.exampleMeaning
    cells.refuse(
      column, code: "dataset.meaning",
      reason: Tabular.Wording(
        es: "Falta cómo se leen los valores de «\(entry.es)», o no responden a eso.",
        en: "How values of «\(entry.en)» are read is missing, or they do not answer that."),
      remedy: Tabular.Wording(
        es: "Escriba en la columna «significado», por ejemplo: \(example).",
        en: "Write in the column «meaning», for example: \(example)."))
  }
}
