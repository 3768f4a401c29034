import Application
import Foundation
import PostgreSQL
import PrivateCluster
import SampleData
import TestSupport
import Traceability
import ValueTypes

/// A ledger of its own in the tests' server, with a data folder that goes with it.
struct Workshop {
  let raiz: Raiz
  let folder: String
  let target: ConnectionTarget

  static func open() async throws -> Workshop {
    let server = try await TestServer.shared()
    let target = try await server.database(postgis: true)
    let folder = try TestFolders.scratch()
    return Workshop(raiz: try await open(target, folder), folder: folder, target: target)
  }

  static func open(_ target: ConnectionTarget, _ folder: String) async throws -> Raiz {
    var settings = try Settings(data: folder, environment: [:])
    settings.database = target
    return try await Raiz.open(settings)
  }

  func close() async {
    await raiz.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  var options: ImportOptions { ImportOptions(recordedBy: "test", now: raiz.now()) }

  func file(_ name: String, _ text: String) throws -> String {
    try file(name, Array(text.utf8))
  }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = folder + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  func take(_ path: String, _ change: (inout ImportOptions) -> Void = { _ in }) async throws
    -> FileReport
  {
    var options = self.options
    change(&options)
    return try await raiz.importer.take(path, options: options)
  }

  /// Events in the ledger.
  func size() async throws -> Int {
    guard let note = try await raiz.newestCheckpoint() else { return 0 }
    return Int(note.split(separator: "\n")[1]) ?? -1
  }

  /// Imports a small sample; answers its folder.
  /// - Parameter last: the last of its files that is taken, by number; nil takes all.
  func sample(plots: Int = 60, seed: UInt64 = 1, last: Int? = nil) async throws -> String {
    let out = folder + "/sample"
    try Sample.write(try SampleOptions(plots: plots, seed: seed), to: out)
    let names = try FileManager.default.contentsOfDirectory(atPath: out + "/import")
    let files = names.filter { $0 != "maps" && (Int($0.prefix(2)) ?? 0) <= last ?? .max }
    for name in FileKind.inOrder(files) {
      let report = try await take(out + "/import/" + name)
      guard report.outcome == .taken else { throw Failed(report: report) }
    }
    _ = try await raiz.assessor.assessAll(recordedBy: "test")
    _ = try await raiz.detect(recordedBy: "test")
    return out
  }

  struct Failed: Error, CustomStringConvertible {
    let report: FileReport
    var description: String { "\(report.file): \(report.problems.prefix(3).map(\.en))" }
  }
}
