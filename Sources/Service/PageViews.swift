import Application
import Foundation
import Traceability

/// What the list of lots shows.
struct LotsView {
  struct Count {
    let count: String
    let name: String
    let css: String
    let url: String
    let selected: Bool
  }

  struct Option {
    let value: String
    let name: String
    let selected: Bool
  }

  struct Row {
    let url, code, product, holder, mass, created, date, verdict, css: String
    let labelLot, labelProduct, labelHolder, labelLeft, labelCreated, labelVerdict: String
  }

  let t: [String: String]
  let provenPercent, barLabel: String
  let freeWidth, insufficientX, insufficientWidth, notX, notWidth: String
  let counts: [Count]
  let text: String
  let verdicts: [Option]
  let products: [Option]
  let hasLots: Bool
  let lots: [Row]
  let nextUrl: String?
}

/// What a lot's page shows.
struct LotView {
  struct ReasonRow {
    let text, subject, css: String
    let events: String?
    /// The list of findings about its subject, where it is one.
    let findingsUrl: String?
    let t: [String: String]
  }

  struct OriginRow {
    let plot, producer, district, mass, percent, verdict, css: String
    let labelPlot, labelProducer, labelDistrict, labelShare, labelVerdict: String
  }

  struct Link {
    let url: String?
    let name, code, mass: String
  }

  struct Picture {
    let svgUrl, pngUrl, plot, label: String
  }

  struct HistoryRow {
    let position, type, occurred, recorded, by: String
    let labelPosition, labelEvent, labelOccurred, labelRecorded, labelBy: String
  }

  let t: [String: String]
  let code, product, css, policy, verdict, holder, mass, created, act, date: String
  let transit, unknown, certified, tank: String?
  let bundleUrl, traceUrl: String
  let hasReasons: Bool
  let reasons: [ReasonRow]
  let originCount: String
  let origins: [OriginRow]
  let moreOrigins: String?
  let hasPictures: Bool
  let pictures: [Picture]
  let hasMorePictures: Bool
  let morePictures: [Picture]
  let hasInputs: Bool
  let inputs: [Link]
  let firstAct: String
  let hasDraws: Bool
  let draws: [Link]
  let history: [HistoryRow]
}

/// Numbers, dates and links as the pages write them.
struct PageFormat {
  let language: Language
  let catalogue: Catalogue

  /// Kilograms with separators of thousands: `1 234,56` in Spanish, `1,234.56` in English.
  func kilograms(_ grams: Int64) -> String {
    let hundredths = grams % 1_000 / 10
    return grouped(grams / 1_000) + point + (hundredths < 10 ? "0" : "") + "\(hundredths)"
  }

  /// To the gram, with its sign: for sheets that must add up.
  func exactKilograms(_ grams: Int64) -> String {
    (grams < 0 ? "−" : "") + grouped(grams.magnitude / 1_000) + point
      + Grams.kilograms(grams).suffix(3)
  }

  private var point: String { language == .spanish ? "," : "." }

  private func grouped(_ kilograms: some BinaryInteger) -> String {
    let whole = String(kilograms)
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) {
        grouped += language == .spanish ? "\u{202F}" : ","
      }
      grouped.append(digit)
    }
    return grouped
  }

  func percent(_ part: Int64, of total: Int64) -> String {
    let value = total > 0 ? Double(part) / Double(total) * 100 : 0
    return Wording.decimal(value, places: 1)
  }

  /// The day, and the time where there is one.
  func date(_ text: String) -> String { String(text.prefix(10)) }

  func moment(_ text: String) -> String {
    String(text.prefix(16)).replacingOccurrences(of: "T", with: " ")
  }

  func product(_ code: ProductCode) -> String {
    guard let product = catalogue.product(code) else { return code.text }
    return language == .spanish ? product.es : product.en
  }

  func verdict(_ verdict: Verdict) -> String { Wording.text(of: verdict, in: language) }

  func css(_ verdict: Verdict) -> String {
    switch verdict {
    case .deforestationFree: "free"
    case .insufficientEvidence: "insufficient"
    case .notCompliant: "not"
    }
  }

  /// `organisation:ACO` without its kind.
  func holder(_ text: String) -> String {
    text.split(separator: ":", maxSplits: 1).last.map(String.init) ?? text
  }

  func path(_ code: String) -> String { Self.encoded(code) }

  /// A page with the parameters that have a value.
  static func url(_ page: String, _ parameters: [(name: String, value: String?)]) -> String {
    let given = parameters.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : "\(name)=\(encoded($0))" }
    }
    return page + "?" + given.joined(separator: "&")
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .pathCode) ?? text
  }
}

extension CharacterSet {
  /// Everything else in a code is percent-encoded, slashes too.
  static let pathCode = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
}
