import ValueTypes

/// What all corrections share: who may, draws made anew, and what follows.
extension Decision {
  static func wrongFields(_ act: Correction, _ allowed: String) -> Refusal {
    Refusal(
      .correctionUnfit, .lot(act.lot),
      ["lot": act.lot.text, "version": "\(act.version)", "fields": allowed])
  }

  /// Only who recorded an act says that it was wrong.
  func requireActor(_ actor: OrganisationCode, _ act: Correction) throws(Refusal) {
    try requireActor(.organisation(actor), act)
  }

  func requireActor(_ actor: Party, _ act: Correction) throws(Refusal) {
    guard actor == .organisation(act.by) else {
      throw Refusal(
        .notRecorder, .lot(act.lot),
        ["lot": act.lot.text, "recorder": "\(actor)", "actor": act.by.text])
    }
  }

  /// A producer's harvest is corrected by the organisation that the producer belongs to.
  func requireMember(_ producer: ProducerCode, _ act: Correction) throws(Refusal) {
    guard let organisation = world.producers[producer]?.organisation else { return }
    try requireActor(organisation, act)
  }

  /// Writes the correction, unless what stands already says the same.
  @discardableResult
  mutating func record(
    _ fact: CorrectedFact?, unless standing: CorrectedFact, at version: Int64, _ act: Correction,
    on lot: LotCode? = nil
  ) -> EventReference? {
    guard fact != standing else { return nil }
    return add(
      .lotCorrected(
        LotCorrected(
          lot ?? act.lot, corrects: version, by: act.by, reason: act.reason, fact)))
  }

  /// Writes how the lot came into being; nil where it never did.
  @discardableResult
  mutating func record(
    _ lot: LotState, as origin: LotOrigin?, _ act: Correction
  ) -> EventReference? {
    record(
      origin.map(CorrectedFact.founded), unless: .founded(lot.origin), at: lot.foundingVersion,
      act, on: lot.code)
  }

  /// The act never happened: what it took goes back.
  mutating func void(
    _ lot: LotState, _ inputs: [LotDraw], _ purpose: DrawPurpose, _ act: Correction
  ) throws(Refusal) {
    try redraw(
      from: inputs, to: [], purpose, into: [lot.stream], holder: lot.origin.holder, product: nil,
      act)
    record(lot, as: nil, act)
  }

  /// Corrects the draws of an act's inputs: each as it should have been, none where the input
  /// was none, and a new one where it was left out.
  mutating func redraw(
    from old: [LotDraw], to new: [LotDraw], _ purpose: DrawPurpose, into: [StreamKey],
    holder: Party, product: ProductCode?, _ act: Correction
  ) throws(Refusal) {
    try requireDistinct(new, .lot(act.lot))
    for input in old where !new.contains(where: { $0.lot == input.lot }) {
      try correctDraw(try drawing(input.lot, into), to: .zero, act)
    }
    for input in new {
      try requireMass(input.grams, .lot(input.lot))
      if old.contains(where: { $0.lot == input.lot }) {
        try correctDraw(try drawing(input.lot, into), to: input.grams, act)
      } else {
        try drawLate(input, purpose, into: into, holder: holder, product: product, act)
      }
    }
  }

  private func drawing(_ lot: LotCode, _ into: [StreamKey]) throws(Refusal) -> LotFact {
    guard let first = into.first, let fact = try self.lot(lot).draw(into: first) else {
      throw Refusal(.unknownLot, .lot(lot), ["code": lot.text])
    }
    return fact
  }

  mutating func correctDraw(
    _ fact: LotFact, to grams: Grams, _ act: Correction
  ) throws(Refusal) {
    guard case .drawn(let drawn) = fact.act else { return }
    let corrected = LotDrawn(
      lot: drawn.lot, grams: grams, remainingGrams: drawn.remainingGrams,
      purpose: drawn.purpose, into: drawn.into)
    let replacement: CorrectedFact? = grams > .zero ? .acted(.drawn(corrected)) : nil
    record(replacement, unless: .acted(fact.act), at: fact.version, act, on: drawn.lot)
  }

  /// A draw that was left out when the act was recorded. It is taken even where the lot has no
  /// more: what was really taken is not refused, it is doubted.
  private mutating func drawLate(
    _ input: LotDraw, _ purpose: DrawPurpose, into: [StreamKey], holder: Party,
    product: ProductCode?, _ act: Correction
  ) throws(Refusal) {
    let lot = try self.lot(input.lot)
    if let product, lot.product != product {
      throw Refusal(
        .productsDiffer, lot.stream,
        ["lot": input.lot.text, "product": lot.product.text, "expected": product.text])
    }
    // It happened when the act did that left it out.
    let made = try self.lot(act.lot)
    let then = lot.standing(at: made.createdAt)
    guard then.holder == holder, then.transit == nil else {
      throw Refusal(
        .notHolder, lot.stream,
        ["lot": input.lot.text, "holder": "\(then.holder)", "actor": "\(holder)"])
    }
    add(
      .lotDrawn(
        LotDrawn(
          lot: input.lot, grams: input.grams,
          remainingGrams: then.grams.subtracting(input.grams) ?? .zero, purpose: purpose,
          into: into,
          corrects: EventReference(stream: made.stream, version: made.foundingVersion))),
      at: made.createdAt)
  }

  /// What the correction makes impossible, and what now differs, is raised and never hidden.
  mutating func checkAfterCorrection() {
    var touched: [LotState] = []
    for new in events {
      guard let code = try? LotCode(new.stream.code), new.stream.kind == .lot,
        !touched.contains(where: { $0.code == code }), let lot = world.lots[code]
      else { continue }
      touched.append(lot)
    }
    let corrected = touched.map { after($0) }
    for (before, now) in zip(touched, corrected) {
      noteImpossible(before: before, now.lot, restsOn: now.newest)
    }
    checkFreshness(corrected.map(\.lot), restsOn: corrected.map(\.newest))
  }

  /// A lot as what is decided so far leaves it, and the newest fact that changed it.
  func after(_ lot: LotState) -> (lot: LotState, newest: EventReference) {
    var now = lot
    var version = world.version(of: lot.stream)
    var newest = EventReference(stream: lot.stream, version: version)
    for new in events where new.stream == lot.stream {
      version += 1
      guard now.apply(new.event, at: new.occurredAt, version: version) else { continue }
      newest = EventReference(stream: lot.stream, version: version)
    }
    return (now, newest)
  }

  /// Raises what a correction or a late act made impossible in a lot.
  mutating func noteImpossible(
    before: LotState?, _ now: LotState, restsOn newest: EventReference
  ) {
    if now.deficitGrams > before?.deficitGrams ?? 0 {
      addFinding(
        .massImpossible, .doubt, on: [now.stream], restsOn: [newest],
        figures: [
          "lot": now.code.text, "lacking": LotState.mass(now.deficitGrams).description,
          "held": now.isVoided ? Grams.zero.description : now.origin.grams.description,
        ])
    }
    let known = Set(before?.contradictions ?? [])
    let contradictions = now.contradictions.filter { !known.contains($0) }
    if let first = contradictions.first {
      addFinding(
        .actsContradict, .doubt, on: [now.stream],
        restsOn: [newest]
          + contradictions.map { EventReference(stream: now.stream, version: $0) }
          .filter { $0 != newest },
        figures: ["lot": now.code.text, "version": "\(first)"])
    }
    for receipt in now.receipts
    where before?.receipts.first(where: { $0.version == receipt.version }) != receipt {
      checkReceipt(receipt.value, of: now, restsOn: newest)
    }
  }
}

extension LotState {
  /// The act by which something was drawn into a lot or a shipment.
  func draw(into stream: StreamKey) -> LotFact? {
    ordered().first {
      if case .drawn(let draw) = $0.act { draw.into.contains(stream) } else { false }
    }
  }
}

extension PlotState {
  /// The plot without one lot's harvest, to count that harvest anew.
  func forgetting(_ lot: LotCode) -> PlotState {
    var plot = self
    plot.harvests.removeAll { $0.lot == lot }
    return plot
  }
}
