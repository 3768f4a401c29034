import Application
import ArgumentParser
import DueDiligence
import Foundation
import Ledger

/// Needs no database and no network: only the file and the ledger's public key.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Verify a bundle offline, trusting only the key you give.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The bundle.") var file: String
  @Option(help: "The ledger's public key (name+hex+base64); may be given more than once.")
  var key: [String] = []
  @Option(help: "A file with public keys, one a line.") var keyFile: String?
  @Option(help: "A witness's public key (name+hex+base64); may be given more than once.")
  var witness: [String] = []
  @Option(help: "How many of the witnesses must have cosigned (default: all that are given).")
  var witnesses: Int?

  func run() async throws {
    try await Failures.reported(shared) {
      let bytes = try Application.FileReading.bytes(of: file)
      let report = BundleVerifier.verify(bytes, verifierKeys: try keys(), witnesses: try policy())
      if shared.json {
        try Terminal.json(report)
      } else {
        Terminal.out(report.text(in: shared.language))
      }
      if !report.isSound { throw ExitCode.found }
    }
  }

  private func policy() throws -> WitnessPolicy? {
    guard !witness.isEmpty || witnesses != nil else { return nil }
    do {
      return try WitnessPolicy(verifierKeys: witness, needed: witnesses)
    } catch {
      throw ApplicationError.invalidSetting(
        name: "--witness", value: witness.joined(separator: " "), expected: "\(error)")
    }
  }

  private func keys() throws -> [String] {
    var keys = key
    let path = try keyFile ?? shared.settings().dataFolder + "/ledger.pub"
    if keyFile != nil || (keys.isEmpty && FileManager.default.fileExists(atPath: path)) {
      let text = String(decoding: try Application.FileReading.bytes(of: path), as: UTF8.self)
      keys += text.split(whereSeparator: \.isNewline).map(String.init)
    }
    guard !keys.isEmpty else {
      throw ApplicationError.invalidSetting(
        name: "--key", value: "",
        expected: shared.words(
          "la clave pública del registro («raiz key» la imprime)",
          "the ledger's public key (“raiz key” prints it)"))
    }
    return keys
  }
}
