import Traceability
import ValueTypes

/// What each custody act is held against, to the gram.
extension CustodyReplay {
  mutating func founded(_ lot: LotCode, _ grams: Grams) -> [Fault] {
    everIn[lot] = grams.value
    return grams > .zero ? [] : [Fault(.mass, ["reason": "0 g"])]
  }

  /// A lot made from others: they exist, were held by who acted, and record the draw.
  ///
  /// Late acts are held against the lot as it stood when they happened.
  mutating func founded(_ fact: DomainEvent, _ moment: Timestamp) -> [Fault] {
    guard let origin = LotOrigin(fact) else { return [] }
    let stream = fact.stream
    var faults: [Fault] = []
    if let lot = try? LotCode(stream.code) { faults = founded(lot, origin.grams) }
    var seen: Set<LotCode> = []
    for input in origin.inputs {
      guard let source = world.lots[input.lot] else {
        faults.append(Fault(.cause, ["what": input.lot.text]))
        continue
      }
      var giver = origin.holder
      if case .purchased(let event) = origin { giver = event.seller }
      if source.standing(at: moment).holder != giver {
        faults.append(Fault(.holder, ["lot": input.lot.text]))
      }
      if !origin.isProcess, source.product != origin.product {
        faults.append(Fault(.product, ["lot": input.lot.text]))
      }
      let taken =
        seen.insert(input.lot).inserted && claims.take(input, origin, into: stream)
      if !taken {
        faults.append(
          Fault(.draw, ["lot": input.lot.text, "grams": "\(input.grams.value)"]))
      }
    }
    return faults
  }

  mutating func drawn(_ fact: LotDrawn, _ version: Int64, _ moment: Timestamp) -> [Fault] {
    claims.add(fact, version)
    guard let known = world.lots[fact.lot] else {
      return [Fault(.cause, ["what": fact.lot.text])]
    }
    let isReturn = fact.purpose == .returned
    let lot = isReturn ? known.arriving(at: moment) : known.standing(at: moment)
    var faults: [Fault] = []
    if (lot.transit != nil) != isReturn {
      faults.append(Fault(.holder, ["lot": fact.lot.text]))
    }
    // A correction may show that more was taken than there was: the judge says that it does not
    // close.
    let left = lot.grams.subtracting(fact.grams) ?? (fact.corrects == nil ? nil : .zero)
    if fact.grams == .zero || left != fact.remainingGrams {
      let reason = "\(lot.grams.value) − \(fact.grams.value) ≠ \(fact.remainingGrams.value) g"
      faults.append(Fault(.mass, ["reason": reason]))
    }
    return faults
  }

  func moved(_ fact: DomainEvent, _ moment: Timestamp) -> [Fault] {
    guard let code = try? LotCode(fact.stream.code), let known = world.lots[code] else {
      return [Fault(.cause, ["what": fact.stream.code])]
    }
    let lot = known.arriving(at: moment)
    switch fact {
    case .lotDispatched(let event):
      let lot = known.standing(at: moment)
      if lot.transit != nil || lot.holder != event.from {
        return [Fault(.holder, ["lot": code.text])]
      }
      return lot.grams == event.grams
        ? [] : [Fault(.mass, ["reason": "\(event.grams.value) ≠ \(lot.grams.value) g"])]
    case .lotReceived(let event):
      guard let transit = lot.transit, transit.to == event.by else {
        return [Fault(.holder, ["lot": code.text])]
      }
      let kept = event.dispatchedGrams.subtracting(event.returned?.grams ?? .zero)
      let isRight =
        event.dispatchedGrams == transit.grams
        && event.grams == kept.map { min($0, event.weighedGrams) }
      return isRight ? [] : [Fault(.mass, ["reason": "\(event.grams.value) g"])]
    case .lotRejected(let event):
      let isRight = lot.transit.map { $0.to == event.by && $0.from == event.returnedTo } ?? false
      return isRight ? [] : [Fault(.holder, ["lot": code.text])]
    default: return []
    }
  }

  mutating func adjusted(_ fact: LotAdjusted, _ moment: Timestamp) -> [Fault] {
    guard let known = world.lots[fact.lot] else {
      return [Fault(.cause, ["what": fact.lot.text])]
    }
    let lot = known.standing(at: moment)
    var faults: [Fault] = []
    if lot.transit != nil || lot.holder != fact.holder {
      faults.append(Fault(.holder, ["lot": fact.lot.text]))
    }
    let found = fact.grams.subtracting(lot.grams) ?? .zero
    if fact.beforeGrams != lot.grams || fact.unknownOriginGrams != found {
      faults.append(Fault(.mass, ["reason": "\(fact.beforeGrams.value) ≠ \(lot.grams.value) g"]))
    }
    // Both are at most 10¹⁵, so the sum cannot overflow before it is refused.
    let total = (everIn[fact.lot] ?? 0) + fact.unknownOriginGrams.value
    everIn[fact.lot] = min(total, Grams.limit)
    if total > Grams.limit { faults.append(Fault(.mass, ["reason": "> \(Grams.limit) g"])) }
    return faults
  }

  mutating func loaded(_ fact: ShipmentLotLoaded) -> [Fault] {
    guard let shipment = world.shipments[fact.shipment], let lot = world.lots[fact.lot] else {
      return [Fault(.cause, ["what": fact.lot.text])]
    }
    var faults: [Fault] = []
    if lot.holder != .organisation(shipment.opened.exporter) || shipment.sealed != nil {
      faults.append(Fault(.holder, ["lot": fact.lot.text]))
    }
    if lot.product != fact.product { faults.append(Fault(.product, ["lot": fact.lot.text])) }
    let load = LotDraw(lot: fact.lot, grams: fact.grams)
    if !claims.take(load, .load, into: .shipment(fact.shipment)) {
      faults.append(Fault(.draw, ["lot": fact.lot.text, "grams": "\(fact.grams.value)"]))
    }
    return faults
  }
}

extension LotOrigin {
  /// True where what went in is another product than what came out.
  fileprivate var isProcess: Bool { if case .processed = self { true } else { false } }
}
