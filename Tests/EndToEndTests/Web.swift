import Foundation
import FoundationNetworking
import Testing

/// HTTP as a stranger speaks it.
enum Web {
  struct Answer: Sendable {
    let status: Int
    let text: String
  }

  static func waitUntilUp(_ base: String) async throws {
    for _ in 0..<900 {
      if let answer = try? await get(base + "/health"), answer.status == 200 { return }
      try await Task.sleep(for: .milliseconds(200))
    }
    Issue.record("\(base) did not come up")
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
