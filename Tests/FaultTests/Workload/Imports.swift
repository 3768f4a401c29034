import Foundation
import Synchronization

/// Files that processes of their own import, each repeated until it is told to be taken. A file is
/// one commit, large enough to go by COPY.
final class Imports: Sendable {
  private static let rows = 600

  private struct State {
    var files = 0
    var acknowledged: [String] = []
  }

  private let state = Mutex(State())

  /// The codes of the organisations of all files that were taken.
  var acknowledged: [String] { state.withLock { $0.acknowledged } }

  /// Imports a new file. Throws what raiz said last if it is not taken within two minutes.
  func take(by raiz: RaizServer, host: String, database: String) async throws {
    let number = state.withLock {
      $0.files += 1
      return $0.files
    }
    let codes = (0..<Self.rows).map { "IM\(number)-\($0)" }
    let file = raiz.data + "/import-\(number)-organizaciones.csv"
    let lines = ["codigo;nombre;tipo;pais"] + codes.map { "\($0);Importada \($0);exporter;PE" }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file))
    let deadline = ContinuousClock.now + .seconds(120)
    while true {
      let outcome = try await raiz.run(["import", file], host: host, database: database)
      if outcome.status == 0 { break }
      guard ContinuousClock.now < deadline else {
        throw RaizServer.Failure(description: "a file was not taken: " + outcome.output)
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    state.withLock { $0.acknowledged += codes }
  }
}
