import Application
import Hummingbird
import Traceability

/// Builds the list's view.
struct LotsPage {
  let raiz: Raiz
  let request: Request

  func view() async throws -> LotsView {
    let filter = try LotQuery.filter(request)
    let page = try await raiz.lots(filter)
    let counts = try await raiz.verdictCounts()
    let format = PageFormat(language: request.language, catalogue: raiz.catalogue)
    let texts = PageTexts.all(request.language)
    let total = max(1, counts.total)
    func width(_ count: Int) -> Int { count * 1_000 / total }
    let free = width(counts.deforestationFree)
    let insufficient = width(counts.insufficientEvidence)
    let not = counts.notCompliant > 0 ? 1_000 - free - insufficient : 0
    let percent = format.percent(Int64(counts.deforestationFree), of: Int64(counts.total))
    return LotsView(
      t: texts, provenPercent: percent,
      barLabel: "\(percent) % \(texts["provenShare"] ?? "")", freeWidth: "\(free)",
      insufficientX: "\(free)", insufficientWidth: "\(insufficient)",
      notX: "\(free + insufficient)", notWidth: "\(not)",
      counts: counted(counts, filter, format), text: filter.text ?? "",
      verdicts: Verdict.allCases.map {
        LotsView.Option(
          value: $0.rawValue, name: format.verdict($0), selected: filter.verdict == $0)
      },
      products: raiz.catalogue.products.map {
        LotsView.Option(
          value: $0.code.text, name: format.product($0.code), selected: filter.product == $0.code)
      },
      hasLots: !page.lots.isEmpty, lots: page.lots.map { row($0, format, texts) },
      nextUrl: page.next.map { url(filter, after: $0) })
  }

  private func counted(
    _ counts: VerdictCounts, _ filter: LotFilter, _ format: PageFormat
  ) -> [LotsView.Count] {
    let pairs: [(Verdict, Int)] = [
      (.deforestationFree, counts.deforestationFree),
      (.insufficientEvidence, counts.insufficientEvidence), (.notCompliant, counts.notCompliant),
    ]
    return pairs.map { verdict, count in
      LotsView.Count(
        count: "\(count)", name: format.verdict(verdict), css: format.css(verdict),
        url: "/?verdict=\(verdict.rawValue)", selected: filter.verdict == verdict)
    }
  }

  private func row(
    _ lot: LotSummary, _ format: PageFormat, _ texts: [String: String]
  ) -> LotsView.Row {
    LotsView.Row(
      url: "/lots/" + format.path(lot.code.text), code: lot.code.text,
      product: format.product(lot.product), holder: format.holder(lot.holder),
      mass: format.kilograms(lot.grams), created: format.kilograms(lot.createdGrams),
      date: format.date(lot.createdAt), verdict: format.verdict(lot.verdict),
      css: format.css(lot.verdict), labelLot: texts["lot"] ?? "",
      labelProduct: texts["product"] ?? "", labelHolder: texts["holder"] ?? "",
      labelLeft: texts["left"] ?? "", labelCreated: texts["created"] ?? "",
      labelVerdict: texts["verdict"] ?? "")
  }

  private func url(_ filter: LotFilter, after: LotCode) -> String {
    PageFormat.url(
      "/",
      [
        ("text", filter.text), ("verdict", filter.verdict?.rawValue),
        ("product", filter.product?.text), ("after", after.text),
      ])
  }
}
