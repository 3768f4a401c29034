import Application
import ArgumentParser
import Service

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the HTTP interface and the web pages.")

  @OptionGroup var shared: SharedOptions
  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port to listen on.") var port = 8_080
  @Option(help: "Commit to the heads of all streams this often, in seconds, where something came.")
  var headsEvery = 60
  @Option(help: "Look over the whole ledger (raiz detect) this often, in minutes; 0 never.")
  var detectEvery = 0
  @OptionGroup var witnessing: WitnessOptions

  func run() async throws {
    // Before the database is opened: a wrong option is told at once.
    let witnesses = try await Failures.reported(shared) { try witnessing.addresses() }
    try await withRaiz(shared) { raiz in
      let token = try WriteToken.loadOrCreate(in: try shared.settings().dataFolder)
      try await RaizService(
        raiz: raiz, host: host, port: port, writeToken: token, witnesses: witnesses,
        headsPause: .seconds(max(1, headsEvery)),
        detectPause: detectEvery > 0 ? .seconds(detectEvery * 60) : nil
      ).run()
    }
  }
}
