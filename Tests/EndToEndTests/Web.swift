import Foundation
import FoundationNetworking
import Testing

/// HTTP as a stranger speaks it.
enum Web {
  struct Answer: Sendable {
    let status: Int
    let text: String
  }

  struct NotUp: Error, CustomStringConvertible {
    let description: String
  }

  /// Throws what a server said that ended instead.
  static func waitUntilUp(_ base: String, _ server: Process) async throws {
    for _ in 0..<900 {
      if let answer = try? await get(base + "/health"), answer.status == 200 { return }
      guard server.isRunning else {
        let said = (server.standardError as? Pipe)?.fileHandleForReading.readDataToEndOfFile()
        throw NotUp(
          description: "\(base): ended with \(server.terminationStatus): "
            + String(decoding: said ?? Data(), as: UTF8.self))
      }
      try await Task.sleep(for: .milliseconds(200))
    }
    throw NotUp(description: "\(base) did not come up")
  }

  static func get(_ address: String) async throws -> Answer {
    try await send(URLRequest(url: try #require(URL(string: address))))
  }

  /// The status of a write.
  static func post(_ address: String, _ body: String, token: String, key: String) async throws
    -> Int
  {
    var request = URLRequest(url: try #require(URL(string: address)))
    request.httpMethod = "POST"
    request.httpBody = Data(body.utf8)
    request.setValue(key, forHTTPHeaderField: "Idempotency-Key")
    request.setValue("Bearer " + token, forHTTPHeaderField: "Authorization")
    return try await send(request).status
  }

  private static func send(_ request: URLRequest) async throws -> Answer {
    let (data, response) = try await URLSession.shared.data(for: request)
    return Answer(
      status: (response as? HTTPURLResponse)?.statusCode ?? 0,
      text: String(decoding: data, as: UTF8.self))
  }
}
