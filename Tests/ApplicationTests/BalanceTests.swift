import Application
import Foundation
import Testing
import Traceability

/// Balance sheets out of the tables, over the sample.
@Suite(.serialized) struct BalanceTests {
  private func account(_ report: BalanceReport, _ product: String, _ place: Movement.Place) throws
    -> BalanceSheet.Account?
  {
    let product = try ProductCode(product)
    return report.products.first { $0.product == product }?.account(place)
  }

  @Test func `given the sample then months chain and close at what is held`() async throws {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample()
    try await raiz.catchUp()
    let mill = Party.organisation(try .init("EPB"))
    var closing: [String: Int64] = [:]
    for month in ["2025-01", "2025-02", "2025-03", "2025-05", "2025-07", "2025-09", "2025-11"] {
      let from = try #require(BalancePeriod(month: month))
      let report = try await raiz.balance(of: mill, from)
      for sheet in report.products {
        for account in sheet.accounts {
          let moved = account.lines.reduce(0) { $0 + $1.grams }
          #expect(account.openingGrams + moved == account.closingGrams)
          closing["\(sheet.product) \(account.place)"] = account.closingGrams
        }
      }
    }
    var held: [String: Int64] = [:]
    var filter = LotFilter(limit: 500)
    repeat {
      let page = try await raiz.lots(filter)
      for lot in page.lots where lot.holder == "organisation:EPB" && lot.inTransitTo == nil {
        held["\(lot.product) lots", default: 0] += lot.grams
      }
      filter.after = page.next
    } while filter.after != nil
    #expect(!held.isEmpty)
    for (account, grams) in closing where account.hasSuffix("lots") {
      #expect(held[account, default: 0] == grams, "\(account)")
    }
    #expect(try await raiz.audit().isSound)
    await workshop.close()
  }

  @Test func `given a month over when an act is told late then its sheet changes`() async throws {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample()
    try await raiz.catchUp()
    let mill = Party.organisation(try .init("EPB"))
    let month = try #require(BalancePeriod(month: "2025-10"))
    let kernels = "palm-kernels"
    let before = try await raiz.balance(of: mill, month, product: try .init(kernels))
    let report = try await workshop.take(
      try workshop.file(
        "ajustes.csv",
        "lote;organizacion;peso_kg;motivo;codigo_causa;fecha\n"
          + "EPB-K-0007-252;EPB;1;caida de sacos;spillage;2025-10-03\n"))
    #expect(report.outcome == .taken, "\(report.problems)")
    try await raiz.catchUp()
    let after = try await raiz.balance(of: mill, month, product: try .init(kernels))
    #expect(after.asOf == before.asOf + Int64(report.events) || after.asOf > before.asOf)
    let lost = try account(after, kernels, .lots)?.lines.first { $0.cause?.text == "spillage" }
    #expect(lost?.kind == "lost" && (lost?.grams ?? 0) < 0)
    let opening = try account(after, kernels, .lots)?.openingGrams
    #expect(try account(before, kernels, .lots)?.openingGrams == opening)
    let csv = BalanceText.csv(after)
    #expect(csv.contains("palm-kernels,lots,lost,spillage,-"))
    let wrong = try await workshop.take(
      try workshop.file(
        "ajustes.csv",
        "lote;organizacion;peso_kg;motivo;codigo_causa;fecha\n"
          + "EPB-K-0007-253;EPB;1;no se sabe;magia;2025-10-03\n"))
    #expect(wrong.problems.map(\.code) == ["unknown-cause"])
    #expect(try await raiz.audit().isSound)
    await workshop.close()
  }
}
