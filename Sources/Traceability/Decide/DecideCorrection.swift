import ValueTypes

/// Corrections of acts. Nothing is refused because of what follows from it: what cannot have
/// been is recorded, and raised as a finding.
extension Decision {
  mutating func correct(_ act: Correction) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    let lot = try self.lot(act.lot)
    try require(act.by)
    guard !act.reason.isBlank else {
      throw Refusal(.reasonMissing, stream, ["code": act.lot.text])
    }
    guard act.isVoid || !act.givesNothing else { throw Refusal(.nothingGiven, stream) }
    guard !act.isVoid || act.givesNothing else {
      throw Self.wrongFields(act, "(anular / void)")
    }
    let before = events.count
    if act.version == lot.foundingVersion {
      try correctFounding(of: lot, act)
    } else if let fact = lot.ordered().first(where: { $0.version == act.version }) {
      try correct(fact, of: lot, act)
    } else {
      throw Refusal(
        .nothingToCorrect, stream, ["lot": act.lot.text, "version": "\(act.version)"])
    }
    guard events.count > before else { throw Refusal(.alreadyRecorded, stream) }
    checkAfterCorrection()
  }

  // MARK: What happened to a lot

  private mutating func correct(
    _ fact: LotFact, of lot: LotState, _ act: Correction
  ) throws(Refusal) {
    switch fact.act {
    case .received(let event):
      try requireActor(event.by, act)
      guard let grams = act.grams else { throw Self.wrongFields(act, "grams") }
      let corrected = LotReceived(
        lot: event.lot, by: event.by, dispatchedGrams: event.dispatchedGrams,
        weighedGrams: grams, grams: min(event.dispatchedGrams, grams), returned: event.returned,
        reason: event.reason)
      record(.acted(.received(corrected)), unless: .acted(fact.act), at: fact.version, act)
    case .adjusted(let event):
      try requireActor(event.holder, act)
      guard !act.isVoid else {
        record(nil, unless: .acted(fact.act), at: fact.version, act)
        return
      }
      guard let grams = act.grams else { throw Self.wrongFields(act, "grams") }
      let corrected = LotAdjusted(
        lot: event.lot, holder: event.holder, beforeGrams: event.beforeGrams, grams: grams,
        unknownOriginGrams: grams.subtracting(event.beforeGrams) ?? .zero, reason: event.reason,
        cause: event.cause)
      record(.acted(.adjusted(corrected)), unless: .acted(fact.act), at: fact.version, act)
    case .dispatched(let event):
      try requireActor(event.from, act)
      guard act.isVoid, lot.transit != nil, lot.dispatches.last?.version == fact.version else {
        throw Self.wrongFields(act, "(anular / void)")
      }
      record(nil, unless: .acted(fact.act), at: fact.version, act)
    // A draw belongs to the act that took it, and a rejection to what both sides know.
    case .drawn, .rejected:
      throw Refusal(
        .nothingToCorrect, lot.stream, ["lot": act.lot.text, "version": "\(act.version)"])
    }
  }

  // MARK: How a lot came into being

  private mutating func correctFounding(
    of lot: LotState, _ act: Correction
  ) throws(Refusal) {
    guard !lot.isVoided else { throw Refusal(.alreadyVoided, lot.stream, ["lot": act.lot.text]) }
    switch lot.origin {
    case .harvested(let event): try correct(event, of: lot, act)
    case .purchased(let event): try correct(event, of: lot, act)
    case .blended(let event): try correct(event, of: lot, act)
    case .split(let event): try correct(event, of: lot, act)
    case .processed(let event): try correct(event, of: lot, act)
    // What a tank gave is counted at the tank.
    case .tapped:
      throw Refusal(
        .nothingToCorrect, lot.stream, ["lot": act.lot.text, "version": "\(act.version)"])
    }
  }

  private mutating func correct(
    _ event: LotHarvested, of lot: LotState, _ act: Correction
  ) throws(Refusal) {
    try requireMember(event.producer, act)
    if act.isVoid {
      record(lot, as: nil, act)
      add(.plotHarvestCorrected(.init(plot: event.plot, lot: event.lot, harvest: nil)))
      return
    }
    guard act.inputs == nil, act.outputs == nil, act.unknownOriginGrams == nil else {
      throw Self.wrongFields(act, "grams, plot, producer, from, to")
    }
    let corrected = LotHarvested(
      lot: event.lot, plot: act.plot ?? event.plot, producer: act.producer ?? event.producer,
      product: event.product, grams: act.grams ?? event.grams, from: act.from ?? event.from,
      to: act.to ?? event.to, certification: event.certification)
    guard corrected != event else { return }
    let plot = try checkHarvest(corrected)
    let reference = record(lot, as: .harvested(corrected), act)
    let counted = PlotHarvested(
      plot: corrected.plot, lot: corrected.lot, product: corrected.product,
      grams: corrected.grams, from: corrected.from, to: corrected.to)
    if corrected.plot != event.plot {
      add(.plotHarvestCorrected(.init(plot: event.plot, lot: event.lot, harvest: nil)))
    }
    let season = add(
      .plotHarvestCorrected(.init(plot: corrected.plot, lot: event.lot, harvest: counted)))
    if let product = context.catalogue.product(corrected.product) {
      checkSeason(
        corrected, plot: plot.forgetting(event.lot), product: product,
        restsOn: [reference, season].compactMap { $0 })
    }
  }

  private mutating func correct(
    _ event: LotPurchased, of lot: LotState, _ act: Correction
  ) throws(Refusal) {
    try requireActor(event.buyer, act)
    guard !act.isVoid else { return try void(lot, event.inputs, .purchase, act) }
    guard act.inputs != nil || act.unknownOriginGrams != nil else {
      throw Self.wrongFields(act, "inputs, unknownOriginGrams")
    }
    let inputs = act.inputs ?? event.inputs
    let unknown = act.unknownOriginGrams ?? event.unknownOriginGrams
    let mass = try total(inputs.map(\.grams) + [unknown], lot.stream)
    try requireMass(mass, lot.stream)
    let corrected = LotPurchased(
      lot: event.lot, buyer: event.buyer, seller: event.seller, product: event.product,
      grams: mass, inputs: inputs, unknownOriginGrams: unknown, price: event.price,
      receipt: event.receipt, oldestHarvest: oldestHarvest(inputs),
      certification: event.certification)
    try redraw(
      from: event.inputs, to: inputs, .purchase, into: [lot.stream], holder: event.seller,
      product: event.product, act)
    record(lot, as: .purchased(corrected), act)
  }

  private mutating func correct(
    _ event: LotBlended, of lot: LotState, _ act: Correction
  ) throws(Refusal) {
    try requireActor(event.holder, act)
    guard !act.isVoid else { return try void(lot, event.inputs, .blend, act) }
    guard let inputs = act.inputs else { throw Self.wrongFields(act, "inputs") }
    let mass = try total(inputs.map(\.grams), lot.stream)
    try requireMass(mass, lot.stream)
    let corrected = LotBlended(
      lot: event.lot, holder: event.holder, product: event.product, grams: mass, inputs: inputs,
      oldestHarvest: oldestHarvest(inputs))
    try redraw(
      from: event.inputs, to: inputs, .blend, into: [lot.stream], holder: event.holder,
      product: event.product, act)
    record(lot, as: .blended(corrected), act)
  }

  /// A part of a split: the source's draw covers all its parts.
  private mutating func correct(
    _ event: LotSplit, of lot: LotState, _ act: Correction
  ) throws(Refusal) {
    try requireActor(event.holder, act)
    guard act.isVoid || act.grams != nil else { throw Self.wrongFields(act, "grams") }
    let source = try self.lot(event.source)
    guard let fact = source.draw(into: lot.stream), case .drawn(let drawn) = fact.act else {
      throw Refusal(.unknownLot, source.stream, ["code": event.source.text])
    }
    let others = drawn.grams.subtracting(event.grams) ?? .zero
    let grams = act.grams ?? .zero
    try correctDraw(fact, to: try total([others, grams], lot.stream), act)
    guard !act.isVoid else {
      record(lot, as: nil, act)
      return
    }
    try requireMass(grams, lot.stream)
    let corrected = LotSplit(
      lot: event.lot, holder: event.holder, product: event.product, grams: grams,
      source: event.source, oldestHarvest: event.oldestHarvest)
    record(lot, as: .split(corrected), act)
  }
}
