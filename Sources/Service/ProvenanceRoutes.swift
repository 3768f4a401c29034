import Application
import HTTPTypes
import Hummingbird
import Traceability

/// Origins with shares, all that lies downstream, and recall lists.
struct ProvenanceRoutes {
  let raiz: Raiz
  let writeToken: String

  func add(to router: Router<BasicRequestContext>) {
    for (path, kind) in [("lots", StreamKind.lot), ("shipments", .shipment)] {
      router.get("/api/\(path)/:code/origins") { [raiz] request, context in
        let subject = StreamKey(kind: kind, code: try context.code())
        let origins = try await raiz.originsJSON(of: subject, page: try Self.page(request))
        return Response.bytes(origins, type: "application/json")
      }
    }
    for (path, kind) in [("lots", StreamKind.lot), ("plots", .plot)] {
      router.get("/api/\(path)/:code/downstream") { [raiz] request, context in
        let subject = StreamKey(kind: kind, code: try context.code())
        let downstream = try await raiz.downstream(of: subject, page: try Self.page(request))
        return Response.bytes(downstream.json(), type: "application/json")
      }
      router.get("/api/\(path)/:code/recall") { [raiz, writeToken] request, context in
        let subject = StreamKey(kind: kind, code: try context.code())
        let mayReach = try Self.isAuthorised(request, token: writeToken)
        return try Response.json(
          try await raiz.recall(subject, reach: mayReach ? .organisations : .nobody))
      }
    }
  }

  /// Without a token a list has no addresses; with a wrong one it is refused.
  private static func isAuthorised(_ request: Request, token: String) throws -> Bool {
    guard request.headers[.authorization] != nil else { return false }
    try Authorization.check(request, token: token)
    return true
  }

  private static func page(_ request: Request) throws -> PageRequest {
    let query = request.uri.queryParameters
    let after = query.get("after")
    guard let text = query.get("limit") else { return PageRequest(after: after) }
    guard let limit = Int(text), (1...PageRequest.maximum).contains(limit) else {
      throw Problem(.badRequest, "bad-limit", "limit: 1–\(PageRequest.maximum)")
    }
    return PageRequest(limit: limit, after: after)
  }
}
