import Application
import Traceability

/// Builds a lot's view.
struct LotPageBuilder {
  private let format: PageFormat
  private let language: Language
  private let t: [String: String]

  /// Origins shown; a lot can have thousands.
  private static let originsShown = 200
  /// Maps shown at once; the rest wait until somebody asks.
  private static let picturesShown = 4

  init(_ raiz: Raiz, _ language: Language) {
    self.language = language
    format = PageFormat(language: language, catalogue: raiz.catalogue)
    t = PageTexts.all(language)
  }

  private func text(_ key: String) -> String { t[key] ?? key }

  func view(_ detail: LotDetail) -> LotView {
    let lot = detail.lot
    let path = "/api/lots/" + format.path(lot.code.text)
    let judgement = detail.judgement
    let hidden = detail.origins.count - Self.originsShown
    let plots = detail.origins.prefix(Self.originsShown).compactMap(\.plot)
    return LotView(
      t: t, code: lot.code.text, product: format.product(lot.product),
      css: format.css(judgement.verdict),
      policy: judgement.policyName + " " + judgement.policyVersion,
      verdict: format.verdict(judgement.verdict), holder: format.holder(lot.holder),
      mass: format.kilograms(lot.grams), created: format.kilograms(lot.createdGrams),
      act: text(lot.origin), date: format.date(lot.createdAt), transit: lot.inTransitTo,
      unknown: detail.unknownOriginGrams > 0
        ? format.kilograms(detail.unknownOriginGrams) : nil,
      certified: certified(detail.certifications),
      tank: detail.tank.map { "\($0.tank), \(text("tankEvents")) \($0.window)" },
      bundleUrl: path + "/bundle", traceUrl: path + "/trace",
      hasReasons: !judgement.reasons.isEmpty, reasons: judgement.reasons.map(reason),
      originCount: "\(detail.origins.filter { $0.plot != nil }.count)",
      origins: detail.origins.prefix(Self.originsShown).map { origin($0, detail) },
      moreOrigins: hidden > 0 ? "\(hidden) \(text("moreOrigins"))" : nil,
      hasPictures: !plots.isEmpty, pictures: plots.prefix(Self.picturesShown).map(picture),
      hasMorePictures: plots.count > Self.picturesShown,
      morePictures: plots.dropFirst(Self.picturesShown).map(picture),
      hasInputs: !detail.inputs.isEmpty, inputs: detail.inputs.map(input),
      firstAct: firstAct(detail), hasDraws: !detail.draws.isEmpty,
      draws: detail.draws.flatMap { draw($0, detail) },
      history: detail.history.map { LotView.HistoryRow($0, format, t) })
  }

  private func certified(_ certifications: [LotCertification]) -> String? {
    certifications.isEmpty
      ? nil
      : certifications.map {
        "\($0.scheme): " + CertificationWording.text(of: $0.model, in: language)
      }.joined(separator: "; ")
  }

  private func firstAct(_ detail: LotDetail) -> String {
    guard detail.lot.origin == "harvest", let plot = detail.origins.first?.plot else {
      return text("fromNothing")
    }
    return "\(text("fromPlot")) \(plot)"
  }

  private func reason(_ reason: Reason) -> LotView.ReasonRow {
    let events = reason.restsOn.map(\.description).joined(separator: ", ")
    let isFinding = reason.code == .openFinding || reason.code == .findingUpheld
    return LotView.ReasonRow(
      text: Wording.text(of: reason, in: language), subject: reason.subject.description,
      css: format.css(reason.verdict), events: events.isEmpty ? nil : events,
      findingsUrl: isFinding ? FindingFormat.url(about: reason.subject) : nil, t: t)
  }

  private func origin(_ share: OriginShare, _ detail: LotDetail) -> LotView.OriginRow {
    LotView.OriginRow(
      plot: share.plot?.text ?? text("unknownPlot"), producer: producer(share),
      district: share.district ?? "—", mass: format.kilograms(share.grams),
      percent: format.percent(share.grams, of: detail.lot.createdGrams),
      verdict: format.verdict(share.verdict), css: format.css(share.verdict),
      labelPlot: text("plot"), labelProducer: text("producer"),
      labelDistrict: text("district"), labelShare: text("share"), labelVerdict: text("verdict"))
  }

  private func picture(_ plot: PlotCode) -> LotView.Picture {
    let path = "/plots/\(format.path(plot.text))/map"
    let query = "?lang=\(language.rawValue)"
    return LotView.Picture(
      svgUrl: path + ".svg" + query, pngUrl: path + ".png" + query, plot: plot.text,
      label: "\(text("mapOfPlot")) \(plot.text)")
  }

  private func producer(_ share: OriginShare) -> String {
    guard let code = share.producer else { return "—" }
    return share.producerErased ? "\(code) (\(text("erased")))" : code.text
  }

  private func input(_ draw: LotDraw) -> LotView.Link {
    LotView.Link(
      url: "/lots/" + format.path(draw.lot.text), name: draw.lot.text, code: draw.lot.text,
      mass: format.kilograms(draw.grams.value))
  }

  /// A shipment's link goes to the statement over it, where there is one.
  private func draw(_ draw: LotDrawn, _ detail: LotDetail) -> [LotView.Link] {
    draw.into.map { key in
      let statement = (try? ShipmentCode(key.code)).flatMap { detail.statements[$0] }
      return LotView.Link(
        url: key.kind == .lot
          ? "/lots/" + format.path(key.code)
          : statement.map { "/statements/" + format.path($0.text) },
        name: key.kind == .lot ? key.code : "\(text(key.kind.rawValue)) \(key.code)",
        code: key.code, mass: format.kilograms(draw.grams.value))
    }
  }
}

extension LotView.HistoryRow {
  init(_ entry: HistoryEntry, _ format: PageFormat, _ t: [String: String]) {
    self.init(
      position: "\(entry.position)", type: entry.type,
      occurred: format.moment(entry.occurredAt), recorded: format.moment(entry.recordedAt),
      by: entry.recordedBy, labelPosition: t["position"] ?? "", labelEvent: t["event"] ?? "",
      labelOccurred: t["occurred"] ?? "", labelRecorded: t["recorded"] ?? "",
      labelBy: t["by"] ?? "")
  }
}
