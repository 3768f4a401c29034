public import ValueTypes

/// How acts and corrections make a lot's state.
extension LotState {
  /// False where the fact does nothing to the lot.
  @discardableResult
  mutating func apply(
    _ event: DomainEvent, at occurredAt: Timestamp, version: Int64
  ) -> Bool {
    if case .lotCorrected(let fact) = event {
      correct(fact, at: occurredAt, version: version)
    } else if let act = event.lotAct {
      take(act, at: occurredAt, version: version)
    } else {
      return false
    }
    return true
  }

  mutating func take(_ act: LotAct, at occurredAt: Timestamp, version: Int64) {
    var place = occurredAt.microseconds
    if act.endsTransit, let sent = lastDispatchPlace { place = max(place, sent) }
    let fact = LotFact(version: version, occurredAt: occurredAt, place: place, act: act)
    facts.append(fact)
    // What comes last needs nothing made anew, unless it was corrected before it came.
    if place >= latest && !corrections.contains(where: { $0.value.corrects.version == version }) {
      latest = place
      step(fact)
    } else {
      isRederived = true
      derive()
    }
  }

  mutating func correct(_ correction: LotCorrected, at occurredAt: Timestamp, version: Int64) {
    corrections.append(Dated(correction, at: occurredAt, version: version))
    isRederived = true
    derive()
  }

  /// The lot as it stood at a moment, by what is recorded now.
  public func standing(at moment: Timestamp) -> LotState {
    guard moment.microseconds < latest else { return self }
    var then = self
    then.facts.removeAll { $0.place > moment.microseconds }
    then.derive()
    return then
  }

  /// The lot as a receiver met it. Sender and receiver write with different clocks: within
  /// their tolerance what stands now counts.
  public func arriving(at moment: Timestamp) -> LotState {
    let isNow = moment.microseconds >= latest - CustodyLimits.clockToleranceMicroseconds
    return isNow ? self : standing(at: moment)
  }

  /// What could still be drawn at a moment without taking away what was drawn later.
  func available(at moment: Timestamp) -> Grams {
    guard moment.microseconds < latest else { return grams }
    var left = standing(at: moment).balance
    var least = left
    for fact in ordered() where fact.place > moment.microseconds {
      switch fact.act {
      case .drawn(let draw): left = Self.sum(left, -draw.grams.value)
      // A count found what it found, whatever was drawn before it.
      case .adjusted: return Self.mass(least)
      case .dispatched, .received, .rejected: break
      }
      least = min(least, left)
    }
    return Self.mass(least)
  }

  private var lastDispatchPlace: Int64? {
    facts.last {
      if case .dispatched = $0.act { true } else { false }
    }?.place
  }

  /// The acts as they happened, each as it was corrected last; acts that never happened are out.
  func ordered() -> [LotFact] {
    let corrected = replacements
    return facts.compactMap { fact -> LotFact? in
      guard let replacement = corrected[fact.version] else { return fact }
      guard case .acted(let act) = replacement else { return nil }
      return LotFact(
        version: fact.version, occurredAt: fact.occurredAt, place: fact.place, act: act)
    }.sorted { ($0.place, $0.version) < ($1.place, $1.version) }
  }

  /// By the version of the event that was wrong.
  private var replacements: [Int64: CorrectedFact?] {
    corrections.reduce(into: [:]) { $0[$1.value.corrects.version] = .some($1.value.fact) }
  }

  private mutating func derive() {
    let founding = replacements[foundingVersion]
    if case .some(.some(.founded(let corrected))) = founding {
      origin = corrected
    } else {
      origin = recordedOrigin
    }
    isVoided = if case .some(.none) = founding { true } else { false }
    if isVoided { origin = recordedOrigin.emptied }
    holder = origin.holder
    balance = origin.grams.value
    unknownOriginGrams = origin.unknownOriginGrams
    transit = nil
    (draws, dispatches, receipts, rejections, adjustments) = ([], [], [], [], [])
    deficitGrams = 0
    contradictions = []
    latest = createdAt.microseconds
    for fact in ordered() {
      latest = max(latest, fact.place)
      step(fact)
    }
  }

  mutating func step(_ fact: LotFact) {
    if contradicts(fact.act) { contradictions.append(fact.version) }
    switch fact.act {
    case .drawn(let draw):
      draws.append(draw)
      balance = Self.sum(balance, -draw.grams.value)
    case .dispatched(let sent):
      let whole = sent.carrying(grams)
      transit = whole
      dispatches.append(fact.dated(whole))
    case .received(let arrival):
      let sent = transit?.grams ?? arrival.dispatchedGrams
      balance = min(balance, arrival.weighedGrams.value)
      receipts.append(fact.dated(arrival.arriving(of: sent, as: grams)))
      holder = .organisation(arrival.by)
      transit = nil
    case .rejected(let refusal):
      rejections.append(fact.dated(refusal))
      holder = refusal.returnedTo
      transit = nil
    case .adjusted(let count): adjust(count, fact)
    }
    deficitGrams = max(deficitGrams, -balance)
  }

  private mutating func adjust(_ count: LotAdjusted, _ fact: LotFact) {
    let found = count.grams.subtracting(grams) ?? .zero
    // Past the limit of a mass the lot is of unknown origin either way.
    unknownOriginGrams = (try? unknownOriginGrams.adding(found)) ?? found
    adjustments.append(fact.dated(count.counted(against: grams, found: found)))
    balance = count.grams.value
  }

  /// True where the act cannot have happened here.
  private func contradicts(_ act: LotAct) -> Bool {
    switch act {
    case .drawn(let draw): (transit != nil) != (draw.purpose == .returned)
    case .dispatched(let sent): transit != nil || holder != sent.from
    case .received(let arrival): transit?.to != arrival.by
    case .rejected(let refusal): transit?.to != refusal.by
    case .adjusted(let count): transit != nil || holder != count.holder
    }
  }

  /// A sum that stays within bounds: no honest masses add up so high.
  static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? (right < 0 ? -Int64.max : Int64.max) : sum
  }
}

extension LotDispatched {
  fileprivate func carrying(_ grams: Grams) -> LotDispatched {
    LotDispatched(
      lot: lot, from: from, to: to, grams: grams, waybill: waybill, vehicle: vehicle)
  }
}

extension LotReceived {
  fileprivate func arriving(of sent: Grams, as grams: Grams) -> LotReceived {
    LotReceived(
      lot: lot, by: by, dispatchedGrams: sent, weighedGrams: weighedGrams, grams: grams,
      returned: returned, reason: reason)
  }
}

extension LotAdjusted {
  fileprivate func counted(against before: Grams, found: Grams) -> LotAdjusted {
    LotAdjusted(
      lot: lot, holder: holder, beforeGrams: before, grams: grams, unknownOriginGrams: found,
      reason: reason, cause: cause)
  }
}
