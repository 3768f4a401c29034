import ValueTypes

/// Acts that move a lot or correct its mass.
extension Decision {
  mutating func dispatch(_ act: Command.Dispatch) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    let lot = try self.lot(act.lot)
    // Whatever the lot weighed then: the act names no mass.
    if lot.dispatches.contains(where: {
      $0.value.from == .organisation(act.from) && $0.value.to == act.to
        && $0.value.waybill == act.waybill && $0.value.vehicle == act.vehicle
        && $0.occurredAt == occurredAt
    }) {
      throw Refusal(.alreadyRecorded, stream)
    }
    try require(act.from)
    try require(act.to)
    try requireHeld(lot, by: .organisation(act.from))
    try requireMass(lot.grams, stream)
    try requireAfterCauses(lot)
    add(
      .lotDispatched(
        LotDispatched(
          lot: act.lot, from: .organisation(act.from), to: act.to, grams: lot.grams,
          waybill: act.waybill, vehicle: act.vehicle)))
  }

  mutating func receive(_ act: Command.Receipt) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    let lot = try self.lot(act.lot)
    if lot.receipts.contains(where: {
      $0.value.by == act.by && $0.value.weighedGrams == act.weighedGrams
        && $0.occurredAt == occurredAt
    }) {
      throw Refusal(.alreadyRecorded, stream)
    }
    let transit = try self.transit(of: lot, for: act.by)
    try requireAfterDispatch(lot)
    let dispatched = transit.grams
    let reference = add(
      .lotReceived(
        LotReceived(
          lot: act.lot, by: act.by, dispatchedGrams: dispatched, weighedGrams: act.weighedGrams,
          grams: min(dispatched, act.weighedGrams))))
    let difference = abs(dispatched.value - act.weighedGrams.value)
    if difference > CustodyLimits.receiptToleranceGrams,
      difference * 1_000 > dispatched.value * CustodyLimits.receiptTolerancePermille
    {
      let sent = lot.dispatches.last.map { EventReference(stream: stream, version: $0.version) }
      addFinding(
        .receiptDiffers, .doubt, on: [stream], restsOn: [sent, reference].compactMap { $0 },
        figures: [
          "dispatched": dispatched.description, "weighed": act.weighedGrams.description,
          "difference": (act.weighedGrams < dispatched ? "-" : "+")
            + Self.kilograms(difference),
          "tolerancePermille": "\(CustodyLimits.receiptTolerancePermille)",
        ])
    }
    if let harvested = lot.origin.oldestHarvest,
      let product = context.catalogue.product(lot.product)
    {
      checkFreshness(product, harvested, on: [stream], restsOn: [reference])
    }
  }

  private static func kilograms(_ grams: Int64) -> String {
    (try? Grams(grams))?.description ?? "\(grams) g"
  }

  mutating func reject(_ act: Command.Rejection) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    let lot = try self.lot(act.lot)
    if lot.rejections.contains(where: {
      $0.value.by == act.by && $0.value.reason == act.reason && $0.occurredAt == occurredAt
    }) {
      throw Refusal(.alreadyRecorded, stream)
    }
    let transit = try self.transit(of: lot, for: act.by)
    try requireAfterDispatch(lot)
    guard act.reason.contains(where: { !$0.isWhitespace }) else {
      throw Refusal(.evidenceMissing, stream, ["code": act.lot.text])
    }
    add(
      .lotRejected(
        LotRejected(lot: act.lot, by: act.by, returnedTo: transit.from, reason: act.reason)))
  }

  mutating func adjust(_ act: Command.Adjustment) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    let lot = try self.lot(act.lot)
    if lot.adjustments.contains(where: {
      $0.value.grams == act.countedGrams && $0.value.reason == act.reason
        && $0.occurredAt == occurredAt
    }) {
      throw Refusal(.alreadyRecorded, stream)
    }
    try require(act.holder)
    try requireHeld(lot, by: .organisation(act.holder))
    try requireAfterCauses(lot)
    guard act.reason.contains(where: { !$0.isWhitespace }) else {
      throw Refusal(.evidenceMissing, stream, ["code": act.lot.text])
    }
    add(
      .lotAdjusted(
        LotAdjusted(
          lot: act.lot, holder: .organisation(act.holder), beforeGrams: lot.grams,
          grams: act.countedGrams,
          unknownOriginGrams: act.countedGrams.subtracting(lot.grams) ?? .zero,
          reason: act.reason)))
  }

  /// Sender and receiver write with different clocks.
  private func requireAfterDispatch(_ lot: LotState) throws(Refusal) {
    guard let sent = lot.dispatches.last?.occurredAt else { return }
    try require(lot, after: sent, tolerance: CustodyLimits.clockToleranceMicroseconds)
  }

  private func transit(
    of lot: LotState, for receiver: OrganisationCode
  ) throws(Refusal) -> LotDispatched {
    try require(receiver)
    guard let transit = lot.transit else {
      throw Refusal(
        .notInTransit, lot.stream, ["lot": lot.code.text, "holder": "\(lot.holder)"])
    }
    guard transit.to == receiver else {
      throw Refusal(
        .wrongReceiver, lot.stream,
        ["lot": lot.code.text, "addressee": transit.to.text, "receiver": receiver.text])
    }
    return transit
  }
}
