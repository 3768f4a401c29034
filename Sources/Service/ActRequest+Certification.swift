import Traceability

/// Certified plots, and lots sold as less than they are.
extension ActRequest {
  /// What a harvest or a purchase is sold as.
  var claim: LotCertification? {
    guard let scheme, let model else { return nil }
    return LotCertification(scheme: scheme, model: model)
  }

  func certification(_ wanted: inout Wanted) -> Command? {
    switch act {
    case .certifyPlot:
      let plot = wanted.need(plot, "plot")
      let scheme = wanted.need(scheme, "scheme")
      let number = wanted.need(certificate, "certificate")
      let validTo = wanted.need(validTo, "validTo")
      let digest = wanted.need(digest, "digest")
      guard let plot, let scheme, let number, let validTo, let digest else { return nil }
      return .certifyPlot(
        PlotCertified(
          plot: plot, scheme: scheme, certificate: number, validTo: validTo, digest: digest))
    case .downgrade:
      let lot = wanted.need(lot, "lot")
      let holder = wanted.need(organisation, "organisation")
      let scheme = wanted.need(scheme, "scheme")
      let reason = wanted.need(reason, "reason")
      guard let lot, let holder, let scheme, let reason else { return nil }
      // Without a model the lot is certified no more.
      return .downgrade(
        LotDowngraded(lot: lot, holder: holder, scheme: scheme, model: model, reason: reason))
    default: return nil
    }
  }
}
