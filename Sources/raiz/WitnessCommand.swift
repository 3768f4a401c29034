import Application
import ArgumentParser
import Foundation
import Ledger
import Service
import ValueTypes

struct WitnessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "witness",
    abstract: "Watch other ledgers and cosign their checkpoints (needs no database).",
    subcommands: [Run.self, Key.self], defaultSubcommand: Run.self)

  /// The witness's own key and folder.
  struct Own: ParsableArguments {
    @Option(help: "The witness's name, a URL without https:// (default: RAIZ_WITNESS_NAME).")
    var name: String?

    /// The key in `witness.key`, made at first use; `witness.pub` says the public one.
    func cosigner(_ shared: SharedOptions) throws -> Cosigner {
      guard let name = name ?? WitnessCommand.environment("RAIZ_WITNESS_NAME") else {
        throw ApplicationError.invalidSetting(
          name: "--name", value: "",
          expected: shared.words(
            "el nombre del testigo, p. ej. testigo.example/1",
            "the witness's name, such as witness.example/1"))
      }
      let folder = try shared.settings().dataFolder
      try FileManager.default.createDirectory(
        atPath: folder + "/witness", withIntermediateDirectories: true)
      let cosigner = try Cosigner.loadOrCreate(file: folder + "/witness.key", name: name)
      try FileNames.write(Array((cosigner.verifierKey + "\n").utf8), to: folder + "/witness.pub")
      return cosigner
    }
  }

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Serve add-checkpoint; the default.")

    @OptionGroup var shared: SharedOptions
    @OptionGroup var own: Own
    @Option(
      name: .customLong("log"), parsing: .upToNextOption,
      help: "Verifier keys of the ledgers to watch (also RAIZ_WITNESS_LOGS, between spaces).")
    var logs: [String] = []
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8_081

    func run() async throws {
      try await Failures.reported(shared) {
        let keys =
          logs
          + (WitnessCommand.environment("RAIZ_WITNESS_LOGS") ?? "")
          .split(whereSeparator: \.isWhitespace).map(String.init)
        guard !keys.isEmpty else {
          throw ApplicationError.invalidSetting(
            name: "--log", value: "",
            expected: shared.words(
              "la clave pública de cada registro («raiz key» la imprime)",
              "the public key of each ledger (“raiz key” prints it)"))
        }
        let cosigner = try own.cosigner(shared)
        let folder = try shared.settings().dataFolder + "/witness"
        let witness = try Witness.open(
          folder: folder, cosigner: cosigner, logKeys: keys, now: try shared.settings().now)
        Terminal.out(cosigner.verifierKey)
        try await WitnessService(witness: witness, host: host, port: port).run()
      }
    }
  }

  struct Key: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "key", abstract: "Print the witness's public key, making it at first use.")

    @OptionGroup var shared: SharedOptions
    @OptionGroup var own: Own

    func run() async throws {
      try await Failures.reported(shared) {
        Terminal.out(try own.cosigner(shared).verifierKey)
      }
    }
  }

  static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
