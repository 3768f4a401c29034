import Application
import ArgumentParser
import Foundation

struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Print the ledger's public key and keep it in ledger.pub.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await withRaiz(shared) { raiz in
      struct Document: Encodable {
        let origin: String
        let verifierKey: String
      }
      let path = try shared.settings().dataFolder + "/ledger.pub"
      try FileNames.write(Array((raiz.verifierKey + "\n").utf8), to: path)
      if shared.json {
        return try Terminal.json(
          Document(origin: raiz.origin, verifierKey: raiz.verifierKey))
      }
      Terminal.out(raiz.verifierKey)
    }
  }
}

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Print the token that the HTTP interface asks for on writes.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await Failures.reported(shared) {
      Terminal.out(try WriteToken.loadOrCreate(in: try shared.settings().dataFolder))
    }
  }
}
