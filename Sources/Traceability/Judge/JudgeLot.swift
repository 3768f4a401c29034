import ValueTypes

extension Judge {
  /// The worst over the lot's own custody, all lots it was made from, and all origin plots.
  public func judge(lot code: LotCode) -> Judgement {
    var reasons: [Reason] = []
    let upstream = Provenance(world: world).upstream(of: [code])
    for lot in upstream.lots { reasons += self.reasons(lot: lot) }
    for plot in upstream.plots { reasons += self.reasons(plot: plot) }
    return Judgement(subject: .lot(code), policy: policy, reasons: reasons)
  }

  /// The worst over all that is loaded. A shipment with nothing in it proves nothing.
  public func judge(shipment code: ShipmentCode) -> Judgement {
    var reasons = self.reasons(shipment: code)
    let loads = world.shipments[code]?.loads ?? []
    let upstream = Provenance(world: world).upstream(of: loads.map(\.lot))
    for lot in upstream.lots { reasons += self.reasons(lot: lot) }
    for plot in upstream.plots { reasons += self.reasons(plot: plot) }
    return Judgement(subject: .shipment(code), policy: policy, reasons: reasons)
  }

  /// What the shipment's own loading says against it.
  public func reasons(shipment code: ShipmentCode) -> [Reason] {
    let stream = StreamKey.shipment(code)
    let loads = world.shipments[code]?.loads ?? []
    var reasons = holding(on: stream)
    if loads.isEmpty {
      reasons.append(Reason(.nothingLoaded, .insufficientEvidence, stream))
    }
    for load in loads where !isDrawn(load.lot, into: stream, load.grams) {
      reasons.append(
        Reason(
          .chainBroken, .insufficientEvidence, stream, figures: ["lot": load.lot.text]))
    }
    return reasons
  }

  /// What the lot's own custody says against it; its inputs and plots speak for themselves.
  public func reasons(lot code: LotCode) -> [Reason] {
    let stream = StreamKey.lot(code)
    guard let lot = world.lots[code] else {
      return [Reason(.lotUnknown, .insufficientEvidence, stream)]
    }
    var reasons = holding(on: stream)
    let founding = EventReference(stream: stream, version: 1)
    if lot.unknownOriginGrams > .zero {
      reasons.append(
        Reason(
          .unknownOrigin, .insufficientEvidence, stream,
          figures: ["mass": lot.unknownOriginGrams.description],
          restsOn: [founding]
            + lot.adjustments.filter { $0.value.unknownOriginGrams > .zero }
            .map { EventReference(stream: stream, version: $0.version) }))
    }
    if lot.isVoided, let correction = lot.corrections.last {
      return reasons + [
        Reason(
          .lotVoided, .insufficientEvidence, stream,
          figures: ["reason": correction.value.reason],
          restsOn: [EventReference(stream: stream, version: correction.version)])
      ]
    }
    for input in lot.origin.inputs where !isDrawn(input.lot, into: stream, input.grams) {
      reasons.append(
        Reason(
          .chainBroken, .insufficientEvidence, stream, figures: ["lot": input.lot.text],
          restsOn: [founding]))
    }
    reasons += certificationReasons(lot)
    if case .tapped(let event) = lot.origin { reasons += tankReasons(lot, event) }
    if lot.deficitGrams > 0 {
      reasons.append(
        Reason(
          .massLacking, .insufficientEvidence, stream,
          figures: ["lacking": LotState.mass(lot.deficitGrams).description],
          restsOn: [founding]
            + lot.corrections.map { EventReference(stream: stream, version: $0.version) }))
    } else if !closes(lot) {
      reasons.append(
        Reason(
          .massDoesNotClose, .insufficientEvidence, stream,
          figures: ["grams": lot.origin.grams.description], restsOn: [founding]))
    }
    if case .harvested(let event) = lot.origin,
      let owner = world.plots[event.plot]?.registered.producer, owner != event.producer
    {
      reasons.append(
        Reason(
          .producerDiffers, .insufficientEvidence, stream,
          figures: ["owner": owner.text, "producer": event.producer.text], restsOn: [founding]))
    }
    return reasons
  }

  /// True where the source lot records the very draw that the receiving side claims.
  private func isDrawn(_ source: LotCode, into stream: StreamKey, _ grams: Grams) -> Bool {
    guard let lot = world.lots[source] else { return false }
    return lot.draws.contains { draw in
      guard draw.into.contains(stream) else { return false }
      // A split draws once for all its parts.
      return draw.purpose == .split ? draw.grams >= grams : draw.grams == grams
    }
  }

  /// True where what went in covers what came out, to the gram.
  private func closes(_ lot: LotState) -> Bool {
    let drawn = lot.draws.map(\.grams.value).sum()
    // Adjustments are booked mass of unknown origin or loss; both are counted on their own.
    let found = ([lot.origin.grams] + lot.adjustments.map(\.value.unknownOriginGrams))
      .map(\.value).sum()
    guard let drawn, let found, drawn <= found,
      let input = lot.origin.inputs.map(\.grams.value).sum()
    else { return false }
    switch lot.origin {
    // What is in the tank is counted there.
    case .harvested, .tapped: return true
    case .purchased(let event):
      return (lot.origin.inputs.map(\.grams.value) + [event.unknownOriginGrams.value]).sum()
        == event.grams.value
    case .blended, .split: return input == lot.origin.grams.value
    case .processed(let event):
      let output = (event.outputs.map(\.grams.value) + [event.lossGrams.value]).sum()
      return output == input
        && event.outputs.contains { $0.lot == event.lot && $0.grams == event.grams }
    }
  }
}
