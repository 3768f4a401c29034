import Application
import Hummingbird
import Traceability

/// Verdict, trace and bundle of lots, plots and shipments; statements of shipments.
struct SubjectRoutes {
  let raiz: Raiz
  let writeToken: String

  private struct StatementBody: Encodable {
    let code: StatementCode
    let isNew: Bool
    /// The document and the EU file, as text.
    let document: String
    let geoJSON: String
  }

  func add(to router: Router<BasicRequestContext>) {
    for (path, kind) in [("lots", StreamKind.lot), ("plots", .plot), ("shipments", .shipment)] {
      router.get("/api/\(path)/:code/verdict") { [raiz] _, context in
        try Response.json(
          try await raiz.judgement(of: StreamKey(kind: kind, code: try context.code())))
      }
      router.get("/api/\(path)/:code/trace") { [raiz] _, context in
        try Response.json(
          try await raiz.trace(StreamKey(kind: kind, code: try context.code())))
      }
      router.get("/api/\(path)/:code/bundle") { [raiz] _, context in
        let code = try context.code()
        let bytes = try await raiz.bundle(StreamKey(kind: kind, code: code))
        return Response.bytes(
          bytes, type: "application/gzip", fileName: code + ".raiz.json")
      }
    }
    router.get("/api/organisations/:code/lots/:lot") { [raiz] _, context in
      let viewer = try OrganisationCode(try context.code())
      let lot = try LotCode(try context.code("lot"))
      return try Response.json(try await raiz.disclosure(of: lot, to: viewer))
    }
    router.get("/api/plots/:code/season") { [raiz] request, context in
      let year = request.uri.queryParameters.get("year")
      guard year.map({ Int($0).map((1...9_998).contains) ?? false }) ?? true else {
        throw Problem(.badRequest, "bad-year", "year: 2026")
      }
      return try Response.json(
        try await raiz.seasons(of: PlotCode(try context.code()), year: year.flatMap { Int($0) }))
    }
    router.post("/api/shipments/:code/statement") { [raiz, writeToken] request, context in
      try Authorization.check(request, token: writeToken)
      let files = try await raiz.statement(
        for: try ShipmentCode(try context.code()), recordedBy: "http")
      return try Response.json(
        StatementBody(
          code: files.code, isNew: files.isNew,
          document: String(decoding: files.document, as: UTF8.self),
          geoJSON: String(decoding: files.geoJSON, as: UTF8.self)),
        status: files.isNew ? .created : .ok)
    }
  }
}

/// Bearer tokens (RFC 6750).
enum Authorization {
  static func check(_ request: Request, token: String) throws {
    let given = Array((request.headers[.authorization] ?? "").utf8)
    let wanted = Array("Bearer \(token)".utf8)
    // As long for a wrong token as for the right one, wherever they differ.
    var difference = UInt8(given.count == wanted.count ? 0 : 1)
    for index in wanted.indices {
      difference |= wanted[index] ^ (index < given.count ? given[index] : 0)
    }
    guard difference == 0 else {
      var problem = Problem(
        .unauthorized, "unauthorized",
        "Authorization: Bearer TOKEN («raiz token»)")
      problem.headers[.wwwAuthenticate] = "Bearer realm=\"raiz\""
      throw problem
    }
  }
}
