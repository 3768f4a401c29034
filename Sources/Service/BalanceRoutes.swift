import Application
import Hummingbird
import Traceability
import ValueTypes

/// Balance sheets for programs: `?month=2025-10`, or `?from=…&to=…`, and `&product=…`.
struct BalanceRoutes {
  let raiz: Raiz

  func add(to router: Router<BasicRequestContext>) {
    router.get("/api/organisations/:code/balance") { [raiz] request, context in
      let code = try OrganisationCode(try context.code())
      let query = try BalanceQuery(request)
      let report = try await raiz.balance(
        of: .organisation(code), query.period, product: query.product)
      if request.uri.queryParameters.get("format") == "csv" {
        return Response.bytes(
          Array((BalanceText.csv(report) + "\n").utf8), type: "text/csv; charset=utf-8",
          fileName: "balance-\(code)-\(report.from).csv")
      }
      return try Response.json(report)
    }
  }
}

/// What a request asks of a balance.
struct BalanceQuery {
  let period: BalancePeriod?
  let product: ProductCode?

  /// - Throws: `Problem` for days that do not exist.
  init(_ request: Request) throws {
    let parameters = request.uri.queryParameters
    func text(_ name: String) -> String? {
      parameters.get(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    product = try text("product").map { try ProductCode($0) }
    let from = text("from")
    let to = text("to")
    let month = text("month")
    guard month != nil || from != nil || to != nil else {
      period = nil
      return
    }
    period =
      if let month {
        BalancePeriod(month: month)
      } else if let from = from.flatMap({ CivilDate($0) }), let to = to.flatMap({ CivilDate($0) }) {
        BalancePeriod(from: from, to: to)
      } else {
        nil
      }
    guard period != nil else {
      throw Problem(
        .badRequest, "bad-period",
        request.language == .spanish
          ? "Esos días no existen: month=2025-10, o from=2025-10-01 y to=2025-10-31."
          : "No such days: month=2025-10, or from=2025-10-01 and to=2025-10-31.")
    }
  }
}
