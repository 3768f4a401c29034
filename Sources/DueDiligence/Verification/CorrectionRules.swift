import Traceability

/// What a correction is held against: it names an event before it, of its own lot and kind, by the
/// one who did the act; and what it claims, the lots that gave it record.
extension CustodyReplay {
  mutating func corrected(_ fact: LotCorrected, _ version: Int64) -> [Fault] {
    guard let lot = world.lots[fact.lot], fact.corrects.stream == lot.stream,
      fact.corrects.version < version
    else { return [Fault(.cause, ["what": fact.corrects.description])] }
    switch (fact.corrects.version == 1, fact.founding, fact.drawn) {
    case (true, let founding, nil): return foundedAnew(lot, as: founding)
    case (false, nil, let drawn):
      // Of what is no draw nothing is claimed: counts and receipts are judged by the lot's state.
      let isDraw = claims.correct(fact.corrects, to: drawn?.grams ?? .zero)
      return drawn == nil || isDraw ? [] : [Fault(.cause, ["what": "\(fact.corrects)"])]
    default: return [Fault(.cause, ["what": fact.corrects.description])]
    }
  }

  private mutating func foundedAnew(_ lot: LotState, as founding: LotOrigin?) -> [Fault] {
    claims.release(lot.origin, into: lot.stream)
    guard let founding else {
      everIn[lot.code] = 0
      return []
    }
    var faults: [Fault] = []
    if !founding.isSameAct(as: lot.origin) {
      faults.append(Fault(.founding, ["type": "lot.corrected", "version": "1"]))
    }
    everIn[lot.code] = founding.grams.value
    var giver = founding.holder
    if case .purchased(let event) = founding { giver = event.seller }
    for input in founding.inputs
    where world.lots[input.lot]?.standing(at: lot.createdAt).holder != giver {
      faults.append(Fault(.holder, ["lot": input.lot.text]))
    }
    for input in founding.inputs where !claims.take(input, founding, into: lot.stream) {
      faults.append(Fault(.draw, ["lot": input.lot.text, "grams": "\(input.grams.value)"]))
    }
    return faults
  }
}

extension LotOrigin {
  /// The same kind of act, of the same product, by the same party or its producers.
  fileprivate func isSameAct(as other: LotOrigin) -> Bool {
    guard product == other.product else { return false }
    return switch (self, other) {
    case (.harvested, .harvested): true
    case (.purchased(let new), .purchased(let old)):
      new.buyer == old.buyer && new.seller == old.seller && new.lot == old.lot
    case (.blended(let new), .blended(let old)): new.holder == old.holder && new.lot == old.lot
    case (.split(let new), .split(let old)): new.source == old.source && new.lot == old.lot
    case (.processed(let new), .processed(let old)):
      new.process == old.process && new.holder == old.holder && new.lot == old.lot
    default: false
    }
  }
}
