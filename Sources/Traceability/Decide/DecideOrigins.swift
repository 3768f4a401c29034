import ValueTypes

/// Acts through which lots come into being.
extension Decision {
  mutating func harvest(_ act: Command.Harvest) throws(Refusal) {
    try refuseKnown(act.lot, as: .harvested(act))
    let plot = try checkHarvest(act)
    let product = try self.product(act.product, for: .lot(act.lot))
    try requireCertified(act, plot)
    let lot = add(.lotHarvested(act))
    let counted = add(
      .plotHarvested(
        PlotHarvested(
          plot: act.plot, lot: act.lot, product: act.product, grams: act.grams, from: act.from,
          to: act.to)))
    checkSeason(act, plot: plot, product: product, restsOn: [lot, counted])
    noteLateRecord(.lot(act.lot), lot, since: act.to)
  }

  /// The plot of a harvest that can have been; throws what keeps it from that.
  func checkHarvest(_ act: LotHarvested) throws(Refusal) -> PlotState {
    let plot = try self.plot(act.plot)
    try require(act.producer)
    guard plot.registered.producer == act.producer else {
      throw Refusal(
        .producerNotOwner, .plot(act.plot),
        [
          "plot": act.plot.text, "owner": plot.registered.producer?.text ?? "—",
          "producer": act.producer.text,
        ])
    }
    let product = try self.product(act.product, for: .lot(act.lot))
    guard product.harvested else {
      throw Refusal(.productNotHarvested, .lot(act.lot), ["product": act.product.text])
    }
    try requireMass(act.grams, .lot(act.lot))
    guard act.from <= act.to else {
      throw Refusal(
        .datesReversed, .lot(act.lot), ["from": "\(act.from)", "to": "\(act.to)"])
    }
    guard act.to <= occurredAt.localDate else {
      throw Refusal(
        .futureDated, .lot(act.lot), ["occurredAt": "\(act.to)", "now": "\(occurredAt)"])
    }
    return plot
  }

  mutating func purchase(_ act: Command.Purchase) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    let mass = try total(act.inputs.map(\.grams) + [act.unknownOriginGrams], stream)
    let event = LotPurchased(
      lot: act.lot, buyer: act.buyer, seller: act.seller, product: act.product, grams: mass,
      inputs: act.inputs, unknownOriginGrams: act.unknownOriginGrams, price: act.price,
      receipt: act.receipt, oldestHarvest: oldestHarvest(act.inputs),
      certification: act.certification)
    try refuseKnown(act.lot, as: .purchased(event))
    try require(act.buyer)
    guard act.seller != .organisation(act.buyer) else {
      throw Refusal(.sellerIsBuyer, stream, ["seller": act.buyer.text])
    }
    switch act.seller {
    case .organisation(let code): try require(code)
    // A seller who is not registered can only bring mass of unknown origin.
    case .producer(let code): if !act.inputs.isEmpty { try require(code) }
    }
    try requireMass(mass, stream)
    _ = try product(act.product, for: stream)
    // Of lots that are named, what they are certified as is known.
    if act.certification != nil, act.unknownOriginGrams == .zero {
      throw Refusal(.certificationFollows, stream, ["lot": act.lot.text])
    }
    try draw(act.inputs, .purchase, into: [stream], holder: act.seller, product: act.product)
    let reference = add(.lotPurchased(event))
    noteLateRecord(stream, reference)
  }

  mutating func blend(_ act: Command.Blend) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    guard let first = act.inputs.first else { throw Refusal(.nothingGiven, stream) }
    let product = try lot(first.lot).product
    let mass = try total(act.inputs.map(\.grams), stream)
    let holder = Party.organisation(act.holder)
    let event = LotBlended(
      lot: act.lot, holder: holder, product: product, grams: mass, inputs: act.inputs,
      oldestHarvest: oldestHarvest(act.inputs))
    try refuseKnown(act.lot, as: .blended(event))
    try require(act.holder)
    try requireMass(mass, stream)
    try draw(act.inputs, .blend, into: [stream], holder: holder, product: product)
    let reference = add(.lotBlended(event))
    noteLateRecord(stream, reference)
  }

  mutating func split(_ act: Command.Split) throws(Refusal) {
    let stream = StreamKey.lot(act.source)
    let source = try lot(act.source)
    guard !act.parts.isEmpty else { throw Refusal(.nothingGiven, stream) }
    try requireDistinct(act.parts, stream)
    try require(act.holder)
    let holder = Party.organisation(act.holder)
    let events = act.parts.map { part in
      LotSplit(
        lot: part.lot, holder: holder, product: source.product, grams: part.grams,
        source: act.source, oldestHarvest: source.origin.oldestHarvest)
    }
    // Repeated as a whole, a split is known; in part, a code is used twice.
    let known = events.filter { isKnown($0.lot, as: .split($0)) }
    if known.count == events.count { throw Refusal(.alreadyRecorded, stream) }
    for event in events {
      guard origin(of: event.lot) == nil else {
        throw Refusal(.codeUsed, .lot(event.lot), ["code": event.lot.text])
      }
      try requireMass(event.grams, .lot(event.lot))
    }
    let mass = try total(act.parts.map(\.grams), stream)
    try draw(
      [LotDraw(lot: act.source, grams: mass)], .split, into: events.map { .lot($0.lot) },
      holder: holder, product: source.product)
    for event in events { add(.lotSplit(event)) }
  }
}
