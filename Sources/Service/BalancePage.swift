import Application
import Hummingbird
import Traceability
import ValueTypes

/// What the page of a balance shows.
struct BalanceView {
  struct Sheet {
    let product: String
    let accounts: [Account]
  }

  struct Account {
    let place: String
    let rows: [Row]
  }

  struct Row {
    let name, mass: String
    let isTotal: Bool
  }

  let t: [String: String]
  let organisations, products: [LotsView.Option]
  let month, days, asOf, csvUrl, jsonUrl: String
  let hasSheet: Bool
  let sheets: [Sheet]
}

/// Builds it: the first organisation, and the newest month in which anything moved, unless told.
struct BalancePage {
  let raiz: Raiz
  let request: Request

  func view() async throws -> BalanceView {
    let language = request.language
    let query = try BalanceQuery(request)
    let organisations = try await raiz.organisations()
    let asked = request.uri.queryParameters.get("organisation").flatMap { $0.isEmpty ? nil : $0 }
    let code = try asked.map { try OrganisationCode($0) } ?? organisations.first?.code
    var report: BalanceReport?
    if let code {
      report = try await raiz.balance(
        of: .organisation(code), query.period, product: query.product)
    }
    let format = PageFormat(language: language, catalogue: raiz.catalogue)
    let text = BalanceText(
      language: language, catalogue: raiz.catalogue, causes: try AdjustmentCauses.shipped())
    let path = "/api/organisations/\(format.path(code?.text ?? ""))/balance"
    var days = report.map { "?from=\($0.from)&to=\($0.to)" } ?? ""
    if let product = query.product { days += "&product=" + format.path(product.text) }
    return BalanceView(
      t: PageTexts.all(language),
      organisations: organisations.map {
        LotsView.Option(
          value: $0.code.text, name: "\($0.code) · \($0.name)", selected: $0.code == code)
      },
      products: raiz.catalogue.products.map {
        LotsView.Option(
          value: $0.code.text, name: format.product($0.code), selected: query.product == $0.code)
      },
      month: report.map { String($0.from.description.prefix(7)) } ?? "",
      days: report.map { "\($0.from) – \($0.to)" } ?? "", asOf: "\(report?.asOf ?? 0)",
      csvUrl: path + days + (days.isEmpty ? "?" : "&") + "format=csv", jsonUrl: path + days,
      hasSheet: report != nil, sheets: (report?.products ?? []).map { sheet($0, text, format) })
  }

  private func sheet(
    _ sheet: BalanceSheet, _ text: BalanceText, _ format: PageFormat
  ) -> BalanceView.Sheet {
    BalanceView.Sheet(
      product: text.product(sheet.product),
      accounts: sheet.accounts.map { account in
        BalanceView.Account(
          place: text.place(account),
          rows: text.rows(account).map {
            BalanceView.Row(
              name: $0.name, mass: format.exactKilograms($0.grams), isTotal: $0.isTotal)
          })
      })
  }
}
