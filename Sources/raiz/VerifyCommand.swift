import Application
import ArgumentParser
import DueDiligence

/// Needs no database and no network: only the file and the ledger's public key.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Verify a bundle offline, trusting only the key you give.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The bundle.") var file: String
  @OptionGroup var trust: TrustOptions

  func run() async throws {
    try await Failures.reported(shared) {
      let bytes = try Application.FileReading.bytes(of: file)
      let report = BundleVerifier.verify(
        bytes, verifierKeys: try trust.keys(shared), witnesses: try trust.policy())
      if shared.json {
        try Terminal.json(report)
      } else {
        Terminal.out(report.text(in: shared.language))
      }
      if !report.isSound { throw ExitCode.found }
    }
  }
}
