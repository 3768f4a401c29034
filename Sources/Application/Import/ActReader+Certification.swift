import Tabular
import Traceability
import ValueTypes

/// Rows about certificates.
extension ActReader {
  mutating func certificate(_ cells: inout RowReader) {
    let plot: PlotCode? = cells.required("plot", .code())
    let scheme: SchemeCode? = cells.required("scheme", .code())
    let number = cells.required("number", .text(maxScalars: 80))
    let validTo = cells.required("validTo", .date)
    let digest = cells.required("sha256", .digest())
    guard let plot, let scheme, let number, let validTo, let digest else { return }
    add(
      .certifyPlot(
        PlotCertified(
          plot: plot, scheme: scheme, certificate: number, validTo: validTo, digest: digest)),
      cells, at: options.now)
  }

  mutating func downgrade(_ cells: inout RowReader) {
    let lot: LotCode? = cells.required("lot", .code())
    let holder: OrganisationCode? = cells.required("organisation", .code())
    let scheme: SchemeCode? = cells.required("scheme", .code())
    let model = cells.required("model", .lesserModel)
    let reason = cells.required("reason", .text(maxScalars: 300))
    let date = moment(&cells)
    guard let lot, let holder, let scheme, let model, let reason, let date else { return }
    add(
      .downgrade(
        LotDowngraded(
          lot: lot, holder: holder, scheme: scheme, model: model.model, reason: reason)), cells,
      at: date)
  }

  /// Scheme and model of a lot, both or neither.
  func certification(_ cells: inout RowReader) -> LotCertification? {
    let scheme: SchemeCode? = cells.optional("scheme", .code())
    guard let scheme else { return nil }
    return cells.required("model", .certificationModel).map {
      LotCertification(scheme: scheme, model: $0)
    }
  }
}

/// What a lot becomes: a weaker model, or not certified.
struct LesserModel: Sendable, Hashable {
  let model: CertificationModel?
}

extension CertificationModel {
  fileprivate var words: [String] {
    switch self {
    case .identityPreserved:
      ["identidad preservada", "identity preserved", "identity-preserved", "ip"]
    case .segregated: ["segregado", "segregated", "sg"]
    case .massBalance: ["balance de masas", "mass balance", "mass-balance", "mb"]
    }
  }
}

extension CellReader where Value == CertificationModel {
  static var certificationModel: CellReader {
    .oneOf(CertificationModel.allCases.map { ($0, $0.words) })
  }
}

extension CellReader where Value == LesserModel {
  static var lesserModel: CellReader {
    .oneOf(
      CertificationModel.allCases.map { (LesserModel(model: $0), $0.words) }
        + [(LesserModel(model: nil), ["ninguno", "none"])])
  }
}
