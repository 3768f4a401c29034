import Application
import Hummingbird
import Ledger
import Traceability
import ValueTypes

/// The ledger itself and the list of its lots.
struct LedgerRoutes {
  let raiz: Raiz

  private struct LedgerBody: Encodable {
    let origin: String
    let verifierKey: String
    let checkpoint: String?
    /// Who cosigned the checkpoint.
    let cosignatures: [CosignerBody]
  }

  private struct CosignerBody: Encodable {
    let name: String
    /// RFC 3339, by the witness's clock.
    let time: String

    init(_ cosignature: Cosignature) {
      name = cosignature.witness
      time = cosignature.moment?.description ?? "\(cosignature.time)"
    }
  }

  func add(to router: Router<BasicRequestContext>) {
    router.get("/api/ledger") { [raiz] _, _ in
      let checkpoint = try await raiz.checkpoint()
      return try Response.json(
        LedgerBody(
          origin: raiz.origin, verifierKey: raiz.verifierKey, checkpoint: checkpoint?.note,
          cosignatures: checkpoint?.cosignatures.map(CosignerBody.init) ?? []))
    }
    router.get("/api/lots") { [raiz] request, _ in
      try Response.json(try await raiz.lots(try LotQuery.filter(request)))
    }
    router.get("/api/lots/:code") { [raiz] _, context in
      try Response.json(try await raiz.lot(try LotCode(try context.code())))
    }
  }
}

/// Reads a list's query; an empty value is none.
enum LotQuery {
  static func filter(_ request: Request, limit: Int = 50) throws -> LotFilter {
    let query = request.uri.queryParameters
    func value(_ name: Substring) -> String? {
      query[name].map { String($0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    var filter = LotFilter(text: value("text"), limit: limit)
    if let text = value("verdict") {
      guard let verdict = Verdict(rawValue: text) else {
        let known = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem(.badRequest, "bad-verdict", "verdict: \(known)")
      }
      filter.verdict = verdict
    }
    filter.product = try value("product").map { try ProductCode($0) }
    filter.after = try value("after").map { try LotCode($0) }
    if let text = value("limit") {
      guard let limit = Int(text), (1...LotFilter.limitMaximum).contains(limit) else {
        throw Problem(.badRequest, "bad-limit", "limit: 1…\(LotFilter.limitMaximum)")
      }
      filter.limit = limit
    }
    return filter
  }
}
