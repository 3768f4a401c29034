import Application
import ArgumentParser
import Foundation
import Ledger

/// Whom somebody trusts who checks a file: keys of the ledger, and witnesses.
struct TrustOptions: ParsableArguments {
  @Option(help: "The ledger's public key (name+hex+base64); may be given more than once.")
  var key: [String] = []
  @Option(help: "A file with public keys, one a line.") var keyFile: String?
  @Option(help: "A witness's public key (name+hex+base64); may be given more than once.")
  var witness: [String] = []
  @Option(help: "How many of the witnesses must have cosigned (default: all that are given).")
  var witnesses: Int?

  func policy() throws -> WitnessPolicy? {
    guard !witness.isEmpty || witnesses != nil else { return nil }
    do {
      return try WitnessPolicy(verifierKeys: witness, needed: witnesses)
    } catch {
      throw ApplicationError.invalidSetting(
        name: "--witness", value: witness.joined(separator: " "), expected: "\(error)")
    }
  }

  /// Those given, or else the one of the data folder.
  func keys(_ shared: SharedOptions) throws -> [String] {
    var keys = key
    let path = try keyFile ?? shared.settings().dataFolder + "/ledger.pub"
    if keyFile != nil || (keys.isEmpty && FileManager.default.fileExists(atPath: path)) {
      let text = String(decoding: try Application.FileReading.bytes(of: path), as: UTF8.self)
      keys += text.split(whereSeparator: \.isNewline).map(String.init)
    }
    guard !keys.isEmpty else { throw Self.invalid(key: "", shared) }
    return keys
  }

  func verifiers(_ shared: SharedOptions) throws -> [CheckpointVerifier] {
    try keys(shared).map { try Self.verifier($0, shared) }
  }

  static func verifier(_ key: String, _ shared: SharedOptions) throws -> CheckpointVerifier {
    do {
      return try CheckpointVerifier(verifierKey: key)
    } catch {
      throw invalid(key: key, shared)
    }
  }

  private static func invalid(key: String, _ shared: SharedOptions) -> ApplicationError {
    .invalidSetting(
      name: "--key", value: key,
      expected: shared.words(
        "la clave pública del registro («raiz key» la imprime)",
        "the ledger's public key (“raiz key” prints it)"))
  }
}
