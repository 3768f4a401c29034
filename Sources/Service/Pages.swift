import Mustache

/// The page templates, read once.
struct Pages: Sendable {
  private let layout: MustacheTemplate
  private let lots: MustacheTemplate
  private let lot: MustacheTemplate
  private let statement: MustacheTemplate
  private let balance: MustacheTemplate
  private let findings: MustacheTemplate
  private let finding: MustacheTemplate

  init() throws {
    layout = try Self.template(PackageResources.layout_mustache)
    lots = try Self.template(PackageResources.lots_mustache)
    lot = try Self.template(PackageResources.lot_mustache)
    statement = try Self.template(PackageResources.statement_mustache)
    balance = try Self.template(PackageResources.balance_mustache)
    findings = try Self.template(PackageResources.findings_mustache)
    finding = try Self.template(PackageResources.finding_mustache)
  }

  private static func template(_ bytes: [UInt8]) throws -> MustacheTemplate {
    try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
  }

  static var style: [UInt8] { PackageResources.style_css }

  func lots(_ view: LotsView, _ frame: Frame) -> String {
    frame.page(layout, body: lots.render(view))
  }

  func lot(_ view: LotView, _ frame: Frame) -> String {
    frame.page(layout, body: lot.render(view))
  }

  func statement(_ view: StatementView, _ frame: Frame) -> String {
    frame.page(layout, body: statement.render(view))
  }

  func balance(_ view: BalanceView, _ frame: Frame) -> String {
    frame.page(layout, body: balance.render(view))
  }

  func findings(_ view: FindingsView, _ frame: Frame) -> String {
    frame.page(layout, body: findings.render(view))
  }

  func finding(_ view: FindingView, _ frame: Frame) -> String {
    frame.page(layout, body: finding.render(view))
  }

  /// A page that says only what went wrong.
  func message(_ text: String, _ frame: Frame) -> String {
    frame.page(layout, body: "<p class=\"empty\">\(Self.escaped(text))</p>")
  }

  static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.append(character)
      }
    }
    return out
  }
}

/// What every page shows around its own matter.
struct Frame {
  let lang: String
  let title: String
  let otherLang: String
  let otherLangName: String
  let otherLangUrl: String
  let checkpointSize: String
  let origin: String
  let t: [String: String]

  func page(_ layout: MustacheTemplate, body: String) -> String {
    layout.render(
      [
        "lang": lang, "title": title, "otherLang": otherLang, "otherLangName": otherLangName,
        "otherLangUrl": otherLangUrl, "checkpointSize": checkpointSize, "origin": origin,
        "t": t, "body": body,
      ] as [String: Any])
  }
}
