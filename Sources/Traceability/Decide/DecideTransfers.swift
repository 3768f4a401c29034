import ValueTypes

/// Acts that move a lot or correct its mass.
extension Decision {
  mutating func dispatch(_ act: Command.Dispatch) throws(Refusal) {
    let whole = try self.lot(act.lot)
    let code = act.part?.lot ?? act.lot
    let stream = StreamKey.lot(code)
    // Whatever the lot weighed then: the act names no mass.
    if let lot = world.lots[code],
      lot.everyDispatch.contains(where: {
        $0.value.from == .organisation(act.from) && $0.value.to == act.to
          && $0.value.waybill == act.waybill && $0.value.vehicle == act.vehicle
          && $0.occurredAt == occurredAt
      })
    {
      throw Refusal(.alreadyRecorded, stream)
    }
    try require(act.from)
    try require(act.to)
    var grams = whole.standing(at: occurredAt).grams
    if let part = act.part {
      try split(.init(source: act.lot, holder: act.from, parts: [part]))
      grams = part.grams
    } else {
      try requireCreated(whole)
      try requireHeld(whole, by: .organisation(act.from))
      try requireMass(grams, stream)
    }
    add(
      .lotDispatched(
        LotDispatched(
          lot: code, from: .organisation(act.from), to: act.to, grams: grams,
          waybill: act.waybill, vehicle: act.vehicle)))
    if act.part == nil, isLate(whole) { noteLateAct(whole) }
  }

  mutating func receive(_ act: Command.Receipt) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    let lot = try self.lot(act.lot)
    if lot.everyReceipt.contains(where: {
      $0.value.by == act.by && $0.value.weighedGrams == act.weighedGrams
        && $0.value.returned == act.returned && $0.occurredAt == occurredAt
    }) {
      throw Refusal(.alreadyRecorded, stream)
    }
    let transit = try self.transit(of: lot, for: act.by)
    let kept = try returnPart(act, of: lot, transit)
    let receipt = LotReceived(
      lot: act.lot, by: act.by, dispatchedGrams: transit.grams, weighedGrams: act.weighedGrams,
      grams: min(kept, act.weighedGrams), returned: act.returned, reason: act.reason)
    let reference = add(.lotReceived(receipt))
    checkReceipt(receipt, of: lot, restsOn: reference)
    if isLate(lot) { noteLateAct(lot) }
    checkFreshness(
      context.catalogue.product(lot.product), lot.origin.oldestHarvest, on: [stream],
      restsOn: [reference])
  }

  /// What is refused on arrival is a lot of its own that the sender holds; answers what is left.
  private mutating func returnPart(
    _ act: Command.Receipt, of lot: LotState, _ transit: LotDispatched
  ) throws(Refusal) -> Grams {
    guard let part = act.returned else { return transit.grams }
    try requireWords([act.reason ?? ""], act.lot.text, lot.stream)
    guard world.lots[part.lot] == nil else {
      throw Refusal(.codeUsed, .lot(part.lot), ["code": part.lot.text])
    }
    try requireMass(part.grams, .lot(part.lot))
    // All of it is refused by rejecting the lot.
    guard part.grams < transit.grams, let kept = transit.grams.subtracting(part.grams) else {
      throw Refusal(
        .overdrawn, lot.stream,
        [
          "lot": act.lot.text, "holds": transit.grams.description,
          "wanted": part.grams.description,
        ])
    }
    add(
      .lotDrawn(
        LotDrawn(
          lot: act.lot, grams: part.grams, remainingGrams: kept, purpose: .returned,
          into: [.lot(part.lot)])))
    add(
      .lotSplit(
        LotSplit(
          lot: part.lot, holder: transit.from, product: lot.product, grams: part.grams,
          source: act.lot, oldestHarvest: lot.origin.oldestHarvest)))
    return kept
  }

  /// Raises a finding where what arrived differs from what was sent and not refused.
  mutating func checkReceipt(
    _ receipt: LotReceived, of lot: LotState, restsOn reference: EventReference
  ) {
    let expected = receipt.dispatchedGrams.subtracting(receipt.returned?.grams ?? .zero) ?? .zero
    let difference = abs(expected.value - receipt.weighedGrams.value)
    guard difference > CustodyLimits.receiptToleranceGrams,
      difference * 1_000 > expected.value * CustodyLimits.receiptTolerancePermille
    else { return }
    let sent = lot.dispatches.last.map { EventReference(stream: lot.stream, version: $0.version) }
    addFinding(
      .receiptDiffers, .doubt, on: [lot.stream], restsOn: [sent, reference].compactMap { $0 },
      figures: [
        "dispatched": expected.description, "weighed": receipt.weighedGrams.description,
        "difference": (receipt.weighedGrams < expected ? "-" : "+") + Grams.text(difference),
        "tolerancePermille": "\(CustodyLimits.receiptTolerancePermille)",
      ])
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
    try requireWords([act.reason], act.lot.text, stream)
    add(
      .lotRejected(
        LotRejected(lot: act.lot, by: act.by, returnedTo: transit.from, reason: act.reason)))
    if isLate(lot) { noteLateAct(lot) }
  }

  mutating func adjust(_ act: Command.Adjustment) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    let lot = try self.lot(act.lot)
    if lot.everyAdjustment.contains(where: {
      $0.value.grams == act.countedGrams && $0.value.reason == act.reason
        && $0.occurredAt == occurredAt
    }) {
      throw Refusal(.alreadyRecorded, stream)
    }
    try require(act.holder)
    try requireCreated(lot)
    try requireHeld(lot, by: .organisation(act.holder))
    let before = lot.standing(at: occurredAt).grams
    try requireWords([act.reason], act.lot.text, stream)
    try requireCause(act.cause, from: lot.grams, to: act.countedGrams, stream)
    add(
      .lotAdjusted(
        LotAdjusted(
          lot: act.lot, holder: .organisation(act.holder), beforeGrams: before,
          grams: act.countedGrams,
          unknownOriginGrams: act.countedGrams.subtracting(before) ?? .zero,
          reason: act.reason, cause: act.cause)))
    if isLate(lot) { noteLateAct(lot) }
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
    if lot.transit != nil { try requireAfterDispatch(lot) }
    let lot = lot.arriving(at: occurredAt)
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
