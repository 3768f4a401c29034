public import Traceability
import ValueTypes

/// A balance sheet as people and spreadsheets read it.
public struct BalanceText: Sendable {
  /// One row of a sheet: a name, a mass, and whether it opens or closes an account.
  public struct Row: Sendable, Hashable {
    public let name: String
    public let grams: Int64
    public let isTotal: Bool
  }

  let language: Language
  let catalogue: Catalogue
  let causes: AdjustmentCauses

  public init(language: Language, catalogue: Catalogue, causes: AdjustmentCauses) {
    self.language = language
    self.catalogue = catalogue
    self.causes = causes
  }

  public func product(_ code: ProductCode) -> String {
    guard let product = catalogue.product(code) else { return code.text }
    return language == .spanish ? product.es : product.en
  }

  public func place(_ account: BalanceSheet.Account) -> String {
    Movement.Place(rawValue: account.place).map { BalanceWording.text(of: $0, in: language) }
      ?? account.place
  }

  public func rows(_ account: BalanceSheet.Account) -> [Row] {
    let es = language == .spanish
    return [Row(name: es ? "al comenzar" : "opening", grams: account.openingGrams, isTotal: true)]
      + account.lines.map { Row(name: name($0), grams: $0.grams, isTotal: false) }
      + [Row(name: es ? "al cerrar" : "closing", grams: account.closingGrams, isTotal: true)]
  }

  private func name(_ line: BalanceSheet.Line) -> String {
    let kind =
      Movement.Kind(rawValue: line.kind).map { BalanceWording.text(of: $0, in: language) }
      ?? line.kind
    guard let code = line.cause else { return kind }
    let cause = causes.cause(code).map { language == .spanish ? $0.es : $0.en }
    return "\(kind): \(cause ?? code.text)"
  }

  public func lines(_ report: BalanceReport) -> [String] {
    let es = language == .spanish
    var out = [
      "\(report.holder)  \(report.from) – \(report.to)  "
        + (es ? "(según \(report.asOf) eventos; kg)" : "(as of \(report.asOf) events; kg)")
    ]
    if report.products.isEmpty { out.append(es ? "  nada se movió" : "  nothing moved") }
    for sheet in report.products {
      out.append(product(sheet.product))
      for account in sheet.accounts {
        out.append("  \(place(account))")
        for row in rows(account) {
          let mass = Grams.kilograms(row.grams)
          let name = "    \(row.name)"
          let gap = String(repeating: " ", count: max(1, 52 - name.count - mass.count))
          out.append(name + gap + mass)
        }
      }
    }
    return out
  }

  /// `product,place,line,cause,kilograms`, one row for each figure.
  public static func csv(_ report: BalanceReport) -> String {
    var out = ["holder,from,to,as_of,product,place,line,cause,kg"]
    let head = "\(report.holder),\(report.from),\(report.to),\(report.asOf)"
    for sheet in report.products {
      for account in sheet.accounts {
        func add(_ line: String, _ cause: String, _ grams: Int64) {
          out.append(
            "\(head),\(sheet.product),\(account.place),\(line),\(cause),\(Grams.kilograms(grams))")
        }
        add("opening", "", account.openingGrams)
        for line in account.lines { add(line.kind, line.cause?.text ?? "", line.grams) }
        add("closing", "", account.closingGrams)
      }
    }
    return out.joined(separator: "\n")
  }
}
