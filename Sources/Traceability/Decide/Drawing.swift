import ValueTypes

/// What all custody acts share: finding lots, drawing them down, and the checks of mass.
extension Decision {
  func origin(of lot: LotCode) -> LotOrigin? { world.lots[lot]?.origin }

  /// True where the lot was said to have come into being just so, corrected since or not: a file
  /// given twice changes nothing.
  func isKnown(_ lot: LotCode, as origin: LotOrigin) -> Bool {
    let given = origin.undated
    return world.lots[lot]?.everyOrigin.contains { $0.undated == given } ?? false
  }

  func refuseKnown(_ lot: LotCode, as origin: LotOrigin) throws(Refusal) {
    guard world.lots[lot] != nil else { return }
    throw Refusal(
      isKnown(lot, as: origin) ? .alreadyRecorded : .codeUsed, .lot(lot), ["code": lot.text])
  }

  func lot(_ code: LotCode) throws(Refusal) -> LotState {
    guard let lot = world.lots[code] else {
      throw Refusal(.unknownLot, .lot(code), ["code": code.text])
    }
    return lot
  }

  func product(
    _ code: ProductCode, for stream: StreamKey
  ) throws(Refusal) -> Catalogue.Product {
    guard let product = context.catalogue.product(code) else {
      throw Refusal(.unknownProduct, stream, ["code": code.text])
    }
    return product
  }

  /// Draws each lot down; every one must be held by `holder`, here, and of `product` where given.
  mutating func draw(
    _ inputs: [LotDraw], _ purpose: DrawPurpose, into: [StreamKey], holder: Party,
    product: ProductCode?
  ) throws(Refusal) {
    try requireDistinct(inputs, into.first ?? holder.stream)
    for input in inputs {
      let lot = try self.lot(input.lot)
      try requireCreated(lot)
      try requireHeld(lot, by: holder, selling: purpose == .purchase)
      if let product, lot.product != product {
        throw Refusal(
          .productsDiffer, lot.stream,
          ["lot": input.lot.text, "product": lot.product.text, "expected": product.text])
      }
      try requireMass(input.grams, lot.stream)
      let available = lot.available(at: occurredAt)
      guard input.grams <= available else {
        throw Refusal(
          .overdrawn, lot.stream,
          [
            "lot": input.lot.text, "holds": available.description,
            "wanted": input.grams.description,
          ])
      }
      let remaining = lot.standing(at: occurredAt).grams.subtracting(input.grams) ?? .zero
      add(
        .lotDrawn(
          LotDrawn(
            lot: input.lot, grams: input.grams, remainingGrams: remaining, purpose: purpose,
            into: into)))
      if isLate(lot) { noteLateAct(lot) }
    }
  }

  /// True where acts that happened later are recorded already.
  func isLate(_ lot: LotState) -> Bool { occurredAt.microseconds < lot.latest }

  /// A late act takes its place among the others; what that makes impossible is raised.
  mutating func noteLateAct(_ lot: LotState) {
    let now = after(lot)
    noteImpossible(before: lot, now.lot, restsOn: now.newest)
  }

  /// Held, and not on its way, when the act happened.
  func requireHeld(
    _ current: LotState, by holder: Party, selling: Bool = false
  ) throws(Refusal) {
    let lot = current.standing(at: occurredAt)
    // Whose lot it is now, but was not yet, gives a wrong date rather than a wrong holder.
    if lot.transit != nil || lot.holder != holder, current.holder == holder,
      current.transit == nil, let received = current.receipts.last?.occurredAt
    {
      try require(current, after: received)
    }
    if let transit = lot.transit {
      throw Refusal(
        .inTransit, lot.stream, ["lot": lot.code.text, "addressee": transit.to.text])
    }
    guard lot.holder == holder else {
      throw Refusal(
        selling ? .sellerNotHolder : .notHolder, lot.stream,
        ["lot": lot.code.text, "holder": "\(lot.holder)", "actor": "\(holder)"])
    }
  }

  /// An act on a lot comes after the lot's founding.
  func requireCreated(_ lot: LotState) throws(Refusal) {
    try require(lot, after: lot.createdAt)
  }

  func require(
    _ lot: LotState, after cause: Timestamp, tolerance: Int64 = 0
  ) throws(Refusal) {
    guard occurredAt.microseconds < cause.microseconds - tolerance else { return }
    throw Refusal(
      .beforeCause, lot.stream,
      ["lot": lot.code.text, "created": "\(cause)", "occurredAt": "\(occurredAt)"])
  }

  func requireMass(_ grams: Grams, _ stream: StreamKey) throws(Refusal) {
    guard grams > .zero else { throw Refusal(.massIsZero, stream, ["code": stream.code]) }
  }

  /// Somebody answers for it, and says why.
  func requireWords(_ words: [String], _ code: String, _ stream: StreamKey) throws(Refusal) {
    guard !words.contains(where: \.isBlank) else {
      throw Refusal(.evidenceMissing, stream, ["code": code])
    }
  }

  func requireDistinct(_ draws: [LotDraw], _ stream: StreamKey) throws(Refusal) {
    var seen: Set<LotCode> = []
    for draw in draws where !seen.insert(draw.lot).inserted {
      throw Refusal(.inputTwice, stream, ["lot": draw.lot.text])
    }
  }

  func total(_ masses: [Grams], _ stream: StreamKey) throws(Refusal) -> Grams {
    do {
      return try masses.total()
    } catch {
      throw Refusal(.massTooLarge, stream, ["limit": "\(Grams.limit)"])
    }
  }

  func oldestHarvest(_ inputs: [LotDraw]) -> CivilDate? {
    inputs.compactMap { world.lots[$0.lot]?.origin.oldestHarvest }.min()
  }

  /// A record that comes years after the fact is taken, and noted.
  ///
  /// A harvest counts from its last day, which may lie long before the act that records it.
  mutating func noteLateRecord(
    _ stream: StreamKey, _ reference: EventReference, since harvested: CivilDate? = nil
  ) {
    let act = (context.now.microseconds - occurredAt.microseconds) / 86_400_000_000
    let harvest = harvested.map {
      Int64(context.now.localDate.daysSinceEpoch - $0.daysSinceEpoch)
    }
    let days = max(act, harvest ?? act)
    guard days > CustodyLimits.lateRecordDays else { return }
    addFinding(
      .recordedLate, .notice, on: [stream], restsOn: [reference],
      figures: ["days": "\(days)", "limitDays": "\(CustodyLimits.lateRecordDays)"])
  }
}
