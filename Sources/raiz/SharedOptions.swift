import Application
import ArgumentParser
import Foundation
import Traceability

/// Options that every command takes.
struct SharedOptions: ParsableArguments {
  @Option(help: "The data folder (default: RAIZ_DATA, else the user's data folder).")
  var data: String?

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @Option(help: "es or en (default: from LANG; Spanish where it says neither).")
  var lang: String?

  var language: Language {
    let environment = ProcessInfo.processInfo.environment
    let text = lang ?? environment["LC_ALL"] ?? environment["LANG"] ?? "es"
    return text.lowercased().hasPrefix("en") ? .english : .spanish
  }

  @Option(help: "A file of further products and processes (or RAIZ_CATALOGUE); may be repeated.")
  var catalogue: [String] = []

  func settings() throws -> Settings {
    var settings = try Settings(data: data)
    if !catalogue.isEmpty { settings.catalogues = catalogue }
    return settings
  }

  /// Picks the words of the chosen language.
  func words(_ es: String, _ en: String) -> String { language == .spanish ? es : en }
}

/// Opens the ledger, runs the body, and closes again whatever happens.
func withRaiz(
  _ shared: SharedOptions, _ body: (Raiz) async throws -> Void
) async throws {
  try await Failures.reported(shared) {
    let raiz = try await Raiz.open(try shared.settings()) { Terminal.note($0) }
    do {
      try await body(raiz)
    } catch {
      await raiz.close()
      throw error
    }
    await raiz.close()
  }
}
