public import Traceability

/// Why no statement was drafted; nothing is to be recorded.
public enum StatementError: Error, Sendable, CustomStringConvertible {
  /// The rules of the domain refuse it: unknown or unproven shipment, code used. `judgement` has
  /// the reasons of an unproven one.
  case refused(Refusal, judgement: Judgement?)
  /// The exporter of the shipment, or a product of its loads, is not in what was loaded.
  case missing(StreamKey)
  case productUnknown(ProductCode)
  case geometryMissing(PlotCode)
  /// The geometry given is not the one that was judged.
  case geometryDiffers(PlotCode)
  case geoJSON(EUGeoJSONError)
  /// No upstream harvest says when it was produced.
  case noHarvest(ShipmentCode)
  /// So many plots that no event holds them.
  case tooManyPlots(count: Int, bytes: Int, limit: Int)
  case engine(reason: String)

  /// A stable name.
  public var code: String {
    switch self {
    case .refused(let refusal, _): refusal.code.rawValue
    case .missing: "statement-stream-missing"
    case .productUnknown: "statement-product-unknown"
    case .geometryMissing: "statement-geometry-missing"
    case .geometryDiffers: "statement-geometry-differs"
    case .geoJSON(let error): error.code
    case .noHarvest: "statement-no-harvest"
    case .tooManyPlots: "statement-too-many-plots"
    case .engine: "statement-engine"
    }
  }

  public var description: String { "\(code): \(message(in: .english))" }

  /// What was wrong and what to do.
  public func message(in language: Language) -> String {
    let es = language == .spanish
    switch self {
    case .refused(let refusal, let judgement):
      return Self.text(refusal, judgement, in: language)
    case .missing(let stream):
      return es ? "Falta el hilo \(stream)." : "Stream \(stream) is missing."
    case .productUnknown(let product):
      return es
        ? "El producto \(product) no está en el catálogo."
        : "Product \(product) is not in the catalogue."
    case .geometryMissing(let plot):
      return es
        ? "Falta la geometría de la parcela \(plot)." : "The geometry of plot \(plot) is missing."
    case .geometryDiffers(let plot):
      return es
        ? "La geometría de la parcela \(plot) no es la que se evaluó."
        : "The geometry of plot \(plot) is not the one that was judged."
    case .geoJSON(let error): return error.message(in: language)
    case .noHarvest(let shipment):
      return es
        ? "Nada en el embarque \(shipment) dice cuándo se cosechó."
        : "Nothing in shipment \(shipment) says when it was harvested."
    case .tooManyPlots(let count, let bytes, let limit):
      return es
        ? "Las \(count) parcelas ocupan \(bytes) bytes y un evento admite \(limit);"
          + " divida el embarque."
        : "The \(count) plots take \(bytes) bytes and an event holds \(limit);"
          + " split the shipment."
    case .engine(let reason): return reason
    }
  }

  /// The reasons of an unproven shipment come in the language asked for.
  private static func text(
    _ refusal: Refusal, _ judgement: Judgement?, in language: Language
  ) -> String {
    guard let judgement else { return Wording.text(of: refusal, in: language) }
    var figures = refusal.figures
    figures["verdict"] = Wording.text(of: judgement.verdict, in: language)
    figures["reasons"] = judgement.reasonsText(in: language)
    return Wording.text(
      of: Refusal(refusal.code, refusal.subject, figures), in: language)
  }
}

extension Judgement {
  /// All reasons in one line, each with its subject.
  func reasonsText(in language: Language) -> String {
    reasons.map { "\($0.subject): \(Wording.text(of: $0, in: language))" }
      .joined(separator: " ")
  }
}
