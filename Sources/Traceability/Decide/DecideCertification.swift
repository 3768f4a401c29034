import ValueTypes

/// Certified plots, and lots sold as less than they are.
extension Decision {
  mutating func certify(_ event: PlotCertified) throws(Refusal) {
    let plot = try self.plot(event.plot)
    if plot.certificates.contains(where: { $0.value == event }) {
      throw Refusal(.alreadyRecorded, plot.stream)
    }
    guard !event.certificate.isBlank else {
      throw Refusal(.evidenceMissing, plot.stream, ["code": event.plot.text])
    }
    add(.plotCertified(event))
  }

  func requireCertified(_ act: LotHarvested, _ plot: PlotState) throws(Refusal) {
    guard let claim = act.certification, !plot.isCertified(claim.scheme, on: act.to) else { return }
    throw Refusal(
      .notCertified, .lot(act.lot),
      ["code": act.plot.text, "scheme": claim.scheme.text, "day": "\(act.to)"])
  }

  mutating func downgrade(_ event: LotDowngraded) throws(Refusal) {
    let lot = try self.lot(event.lot)
    if lot.downgrades.contains(where: { $0.isSame(event, at: occurredAt) }) {
      throw Refusal(.alreadyRecorded, lot.stream)
    }
    try require(event.holder)
    try requireCreated(lot)
    try requireHeld(lot, by: .organisation(event.holder))
    try requireWords([event.reason], event.lot.text, lot.stream)
    let has = Certifier(world: world).certifications(of: event.lot)
      .first { $0.scheme == event.scheme }?.model
    guard let has else {
      throw Refusal(
        .notCertified, lot.stream,
        [
          "code": event.lot.text, "scheme": event.scheme.text,
          "day": "\(occurredAt.localDate)",
        ])
    }
    if let model = event.model, model <= has {
      throw Refusal(
        .certificationUpgrade, lot.stream,
        [
          "lot": event.lot.text, "scheme": event.scheme.text, "has": has.rawValue,
          "wanted": model.rawValue,
        ])
    }
    add(.lotDowngraded(event))
  }
}
