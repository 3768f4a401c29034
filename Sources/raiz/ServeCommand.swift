import Application
import ArgumentParser
import Service

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the HTTP interface and the web pages.")

  @OptionGroup var shared: SharedOptions
  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port to listen on.") var port = 8_080

  func run() async throws {
    try await withRaiz(shared) { raiz in
      let token = try WriteToken.loadOrCreate(in: try shared.settings().dataFolder)
      try await RaizService(raiz: raiz, host: host, port: port, writeToken: token).run()
    }
  }
}
