import Application
import ArgumentParser

struct AssessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess", abstract: "Lay plots without an assessment over the registered maps.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let report = try await ImportSteps(raiz: raiz, shared: shared).assess()
      if shared.json { try Terminal.json(report) }
      if !report.failed.isEmpty { throw ExitCode.found }
    }
  }
}
