import Application
import ArgumentParser
import Foundation
import Traceability

struct StatementCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement",
    abstract: "Draft the due-diligence statement over a proven shipment (JSON and EU GeoJSON).")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The shipment's code.") var shipment: String
  @Option(help: "Folder for the two files.") var out = "."
  @Option(name: .customLong("as"), help: "Who answers for it.") var recordedBy: String?

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let files = try await raiz.statement(
        for: try Subjects.shipment(shipment), recordedBy: recordedBy ?? ImportSteps.user)
      let stem = out + "/" + FileNames.safe(files.code.text)
      try FileNames.write(files.document, to: stem + ".json")
      try FileNames.write(files.geoJSON, to: stem + ".geojson")
      if shared.json {
        return Terminal.out(String(decoding: files.document, as: UTF8.self))
      }
      Terminal.out(
        shared.words(
          "\(files.code): \(files.isNew ? "redactada" : "ya estaba") → \(stem).json, .geojson",
          "\(files.code): \(files.isNew ? "drafted" : "drafted before") → \(stem).json, .geojson"))
    }
  }
}

struct BundleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "The whole evidence of a lot, plot:CODE or shipment:CODE in one file.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "A lot's code, plot:CODE or shipment:CODE.") var subject: String
  @Option(help: "The file (default: CODE.raiz.json).") var out: String?
  @Option(help: "Stand at the newest checkpoint that at least so many witnesses cosigned.")
  var cosigned = 0

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let key = try await Subjects.find(subject, in: raiz)
      let bytes = try await raiz.bundle(key, cosigners: cosigned)
      let path = out ?? FileNames.safe(key.code) + ".raiz.json"
      try FileNames.write(bytes, to: path)
      struct Document: Encodable {
        let file: String
        let bytes: Int
        let subject: StreamKey
        let verifierKey: String
      }
      if shared.json {
        return try Terminal.json(
          Document(
            file: path, bytes: bytes.count, subject: key, verifierKey: raiz.verifierKey))
      }
      Terminal.out("\(path) (\(bytes.count) bytes)")
      Terminal.note(
        shared.words(
          "para verificar: raiz verify \(path) --key '\(raiz.verifierKey)'",
          "to verify: raiz verify \(path) --key '\(raiz.verifierKey)'"))
    }
  }
}

/// Names of files made from codes.
enum FileNames {
  static func safe(_ code: String) -> String {
    String(code.map { $0 == "/" ? "_" : $0 })
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw ApplicationError.cannotWrite(path, reason: "\(error.localizedDescription)")
    }
  }
}
