import Application
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Traceability

/// Producers without their personal data, and the erasure of those.
struct ProducerRoutes {
  let raiz: Raiz
  let writeToken: String

  private static let bodyLimit = 16_384

  private struct ErasureRequest: Decodable {
    var reason: String?
  }

  func add(to router: Router<BasicRequestContext>) {
    router.get("/api/producers/:code") { [raiz] _, context in
      try Response.json(try await raiz.producer(try ProducerCode(try context.code())))
    }
    router.post("/api/producers/:code/erasure") { [raiz, writeToken] request, context in
      try Authorization.check(request, token: writeToken)
      let code = try ProducerCode(try context.code())
      let erasure = try await raiz.erase(
        code, reason: try await Self.reason(request), recordedBy: "http")
      return try Response.json(erasure, status: erasure.isNew ? .created : .ok)
    }
  }

  /// An empty body gives no reason.
  private static func reason(_ request: Request) async throws -> String? {
    let data = Data(try await request.bytes(upTo: bodyLimit).readableBytesView)
    guard !data.isEmpty else { return nil }
    do {
      return try JSONDecoder().decode(ErasureRequest.self, from: data).reason
    } catch {
      throw Problem(.unprocessableContent, "bad-json", "{\"reason\": \"…\"}")
    }
  }
}
