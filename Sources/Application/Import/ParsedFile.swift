import Foundation
import Land
import Tabular
import Traceability

/// A file read into acts, and what was wrong with its rows.
struct ParsedFile {
  let name: String
  let path: String
  var kind: FileKind?
  var rowCount = 0
  var acts: [PlannedAct] = []
  var problems: [RowProblem] = []
  var geometries: [PlotCode: PlotGeometry] = [:]
  var remarks: [PlotCode: [RowProblem]] = [:]
  /// Where in the file each plot's geometry stands.
  var paths: [PlotCode: String] = [:]
  /// What rejects are written from.
  var table: Table?
  var geoJSON: [UInt8]?
  /// False where the file as a whole cannot be read, so that there are no good rows to take.
  var canSkip = true

  static func read(
    _ path: String, options: ImportOptions, catalogue: Catalogue, datasets: DatasetStore
  ) -> ParsedFile {
    var file = ParsedFile(name: URL(fileURLWithPath: path).lastPathComponent, path: path)
    do {
      if isVector(path) {
        try file.readVector(options: options, catalogue: catalogue)
        return file
      }
      let bytes = try FileBytes.read(path, limit: ImportLimits.fileBytes)
      if isGeoJSON(path, bytes) {
        try file.readGeoJSON(bytes, options: options, catalogue: catalogue)
      } else {
        try file.readTable(bytes, options: options, catalogue: catalogue, datasets: datasets)
      }
    } catch let error as TabularError {
      file.fail(RowProblem(error))
    } catch let error as GeoJSONError {
      file.fail(RowProblem(error, file: file.name))
    } catch let error as VectorError {
      file.fail(RowProblem(error, file: file.name))
    } catch let error as ApplicationError {
      file.fail(
        RowProblem(
          file: file.name, row: 0, column: "", value: "", code: error.code,
          reason: Tabular.Wording(
            es: error.message(in: .spanish), en: error.message(in: .english)),
          remedy: Tabular.Wording(es: "Revise la ruta.", en: "Check the path.")))
    } catch {
      file.fail(
        RowProblem(
          file: file.name, row: 0, column: "", value: "", code: "file.unreadable",
          reason: Tabular.Wording(es: "\(error)", en: "\(error)"),
          remedy: Tabular.Wording(es: "Revise el archivo.", en: "Check the file.")))
    }
    return file
  }

  private mutating func fail(_ problem: RowProblem) {
    problems.append(problem)
    canSkip = false
  }

  /// By its ending, or because it begins as JSON does.
  private static func isGeoJSON(_ path: String, _ bytes: [UInt8]) -> Bool {
    let lower = path.lowercased()
    if lower.hasSuffix(".geojson") || lower.hasSuffix(".json") { return true }
    if lower.hasSuffix(".csv") || lower.hasSuffix(".txt") { return false }
    return bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 } == 0x7B
  }

  /// By its ending alone: any other file is told by its content.
  private static func isVector(_ path: String) -> Bool {
    if path.lowercased().hasSuffix(".shp") { return true }
    let format = VectorFormat(ending: path)
    return format != nil && format != .geoJSON
  }

  private mutating func readVector(options: ImportOptions, catalogue: Catalogue) throws {
    kind = .plots
    let read = try VectorPlots.read(path)
    var plots = PlotFile(name: name, options: options, catalogue: catalogue)
    plots.read(read)
    take(plots)
    if !plots.problems.isEmpty { geoJSON = OriginalText.collection(read.features) }
  }

  private mutating func readGeoJSON(
    _ bytes: [UInt8], options: ImportOptions, catalogue: Catalogue
  ) throws {
    kind = .plots
    geoJSON = bytes
    var plots = PlotFile(name: name, options: options, catalogue: catalogue)
    try plots.read(geoJSON: bytes)
    take(plots)
  }

  private mutating func take(_ plots: PlotFile) {
    acts = plots.acts
    problems += plots.problems
    geometries = plots.geometries
    remarks = plots.remarks
    paths = plots.paths
    rowCount = acts.count + Set(plots.problems.map(\.row)).count
  }

  private mutating func readTable(
    _ bytes: [UInt8], options: ImportOptions, catalogue: Catalogue, datasets: DatasetStore
  ) throws {
    let table = try Table.read(bytes: bytes, name: name)
    self.table = table
    rowCount = table.rows.count
    guard let kind = options.kind ?? FileKind.detect(name: name, header: table.header) else {
      return fail(.unknownKind(name, table.header))
    }
    self.kind = kind
    switch kind {
    case .datasets:
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      var file = DatasetFile(
        table: table, folder: folder, options: options, store: datasets,
        kinds: try DatasetKinds.shipped())
      try file.readAll()
      acts = file.acts
      problems += file.problems
    case .plots, .plotPoints:
      var plots = PlotFile(name: name, options: options, catalogue: catalogue)
      let outlines = table.header.contains { FileKind.outlineColumns.contains(HeadingName($0)) }
      if outlines { try plots.read(outlines: table) } else { try plots.read(points: table) }
      take(plots)
      rowCount = table.rows.count
    default:
      var reader = try ActReader(
        table: table, kind: kind, catalogue: catalogue, options: options)
      reader.readAll()
      acts = reader.acts
      problems += reader.problems
    }
  }
}

/// Whole files, up to a bound.
enum FileBytes {
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ApplicationError.cannotRead(path, reason: "no existe / no such file")
    }
    guard !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
      throw ApplicationError.cannotRead(path, reason: "sin permiso / no right to read it")
    }
    defer { try? handle.close() }
    let size = try handle.seekToEnd()
    guard size <= UInt64(limit) else {
      throw ApplicationError.cannotRead(
        path, reason: "\(size) bytes; máximo / at most \(limit). Divídalo / split it")
    }
    try handle.seek(toOffset: 0)
    return Array(try handle.readToEnd() ?? Data())
  }
}

extension RowProblem {
  static func unknownKind(_ file: String, _ header: [String]) -> RowProblem {
    let kinds = FileKind.allCases.compactMap(\.names.first).joined(separator: ", ")
    let found = header.prefix(20).joined(separator: ", ")
    return RowProblem(
      file: file, row: 1, column: "", value: found, code: "file.kind-unknown",
      reason: Tabular.Wording(
        es: "No se reconoce de qué trata el archivo por su nombre ni por sus columnas.",
        en: "Neither its name nor its columns tell what the file is about."),
      remedy: Tabular.Wording(
        es: "Nómbrelo con una de estas palabras: \(kinds); o use --kind.",
        en: "Name it with one of these words: \(kinds); or use --kind."))
  }
}

/// Whole files for those who only read them.
public enum FileReading {
  /// - Throws: `ApplicationError.cannotRead`.
  public static func bytes(of path: String) throws -> [UInt8] {
    try FileBytes.read(path, limit: ImportLimits.fileBytes)
  }
}
