import Application
import ArgumentParser
import Foundation
import Traceability

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take a cooperative's files, each whole or not at all.",
    discussion: """
      Rows come as CSV. Plots come as GeoJSON, GeoPackage (.gpkg), KML (.kml; .kmz with one
      document), a zipped Shapefile (.zip with .shp, .shx, .dbf and .prj), or CSV with a column of
      points or of outlines (WKT).
      A folder's files are taken by the number their names begin with, then by what they are about.
      With --skip-bad a file's good rows are taken, and the bad ones go to FILE.rejects.csv (or
      .geojson) to be corrected and given again.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "Files or folders.") var paths: [String]
  @Flag(help: "Take the good rows of a file with bad ones.") var skipBad = false
  @Option(help: "What the files are about, where name and columns do not say.") var kind: String?
  @Option(help: "Country of plots whose file names none (PE).") var country: String?
  @Option(help: "Producer of plots whose file names none.") var producer: String?
  @Option(help: "Folder for the rejects (default: beside the file).") var rejects: String?
  @Option(name: .customLong("as"), help: "Who answers for the records.") var recordedBy: String?
  @Option(help: "A producer who consents anew after an erasure; may be repeated.")
  var newConsent: [String] = []
  @Option(help: "Why plots that are known come with another outline: takes it as a correction.")
  var correct: String?
  @Flag(inversion: .prefixedNo, help: "Lay new plots over the registered maps.") var assess = true

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let reports = try await ImportSteps(raiz: raiz, shared: shared).take(
        try ImportPaths.expand(paths), options: try options(raiz))
      var assessed: Assessor.Report?
      if assess { assessed = try await ImportSteps(raiz: raiz, shared: shared).assess() }
      try print(reports, assessed)
      try await raiz.catchUp()
      if reports.contains(where: { $0.outcome == .refused || $0.outcome == .takenInPart }) {
        throw ExitCode.refused
      }
    }
  }

  private func options(_ raiz: Raiz) throws -> ImportOptions {
    var options = ImportOptions(
      recordedBy: recordedBy ?? ImportSteps.user, now: raiz.now())
    options.skipBad = skipBad
    options.country = country?.uppercased()
    options.producer = producer
    options.rejectsFolder = rejects
    options.correction = correct
    options.newConsent = Set(try newConsent.map { try Subjects.producer($0) })
    if let kind {
      guard let known = FileKind(rawValue: kind) else {
        throw ApplicationError.invalidSetting(
          name: "--kind", value: kind,
          expected: FileKind.allCases.map(\.rawValue).joined(separator: ", "))
      }
      options.kind = known
    }
    return options
  }

  private func print(_ reports: [FileReport], _ assessed: Assessor.Report?) throws {
    guard shared.json else {
      return Terminal.out(ImportText(language: shared.language).summary(reports))
    }
    struct Document: Encodable {
      let files: [FileReport]
      let assessment: Assessor.Report?
    }
    try Terminal.json(Document(files: reports, assessment: assessed))
  }
}

/// Files in the order in which they are to be taken.
enum ImportPaths {
  private static let endings: Set<String> = [
    "csv", "txt", "geojson", "json", "gpkg", "kml", "kmz", "zip",
  ]

  static func expand(_ paths: [String]) throws -> [String] {
    var out: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard exists else {
        throw ApplicationError.cannotRead(path, reason: "no existe / no such file")
      }
      if isFolder.boolValue { out += try folder(path) } else { out.append(path) }
    }
    return out
  }

  private static func folder(_ path: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { name in
      let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      return endings.contains(ending) && !name.contains(".rejects.") && !name.hasPrefix(".")
    }
    return FileKind.inOrder(names).map { path + "/" + $0 }
  }
}
