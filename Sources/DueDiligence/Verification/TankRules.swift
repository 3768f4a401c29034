import Ledger
import Traceability
import ValueTypes

/// What each act on a tank is held against, to the gram.
extension CustodyReplay {
  /// A lot out of a tank: the tank records just this draw-off.
  mutating func tapped(_ fact: LotTapped) -> [Fault] {
    let faults = founded(fact.lot, fact.grams)
    guard let tank = world.tanks[fact.tank] else {
      return faults + [Fault(.cause, ["what": fact.tank.text])]
    }
    guard let draw = tank.drawOff(of: fact.lot), draw.event.grams == fact.grams,
      draw.event.window == fact.window, tank.registered.product == fact.product,
      tank.registered.holder == fact.holder
    else {
      return faults + [
        Fault(.tankDraw, ["tank": fact.tank.text, "grams": "\(fact.grams.value)"])
      ]
    }
    return faults
  }

  mutating func atTank(_ fact: DomainEvent) -> [Fault] {
    guard let code = try? TankCode(fact.stream.code), let tank = world.tanks[code] else {
      return [Fault(.cause, ["what": fact.stream.code])]
    }
    switch fact {
    case .tankFilled(let event): return filled(event, tank)
    case .tankCounted(let event): return held(tank, event.holder)
    case .tankEmptied(let event): return held(tank, event.holder)
    default: return []
    }
  }

  private func held(_ tank: TankState, _ holder: OrganisationCode) -> [Fault] {
    tank.registered.holder == holder
      ? [] : [Fault(.holder, ["lot": tank.registered.tank.text])]
  }

  /// Of the lots poured in, those that the bundle holds record the draw. The others feed no lot
  /// that it is about; what is missing is found by the streams that it must hold.
  private mutating func filled(_ fact: TankFilled, _ tank: TankState) -> [Fault] {
    var faults = held(tank, fact.holder)
    var seen: Set<LotCode> = []
    for input in fact.inputs {
      guard let source = world.lots[input.lot] else { continue }
      if source.holder != .organisation(fact.holder) {
        faults.append(Fault(.holder, ["lot": input.lot.text]))
      }
      if source.product != tank.registered.product || fact.product != source.product {
        faults.append(Fault(.product, ["lot": input.lot.text]))
      }
      let isFirst = seen.insert(input.lot).inserted
      if !isFirst || !claims.take(input, .fill, into: tank.stream) {
        faults.append(
          Fault(.draw, ["lot": input.lot.text, "grams": "\(input.grams.value)"]))
      }
    }
    return faults
  }

  /// What the tank's own books say once the event is in them.
  func booked(_ event: ReadEvent) -> [Fault] {
    guard event.key.kind == .tank, let code = try? TankCode(event.key.code),
      let tank = world.tanks[code]
    else { return [] }
    var faults: [Fault] = []
    if tank.brokenAt == event.envelope.version {
      faults.append(Fault(.mass, ["reason": "tank:\(code)@\(event.envelope.version)"]))
    }
    if case .tankDrawn(let fact) = event.fact, let draw = tank.drawOff(of: fact.lot),
      let required = tank.missing(from: draw)
    {
      faults.append(
        Fault(.tankWindow, ["declared": "\(fact.window)", "required": "\(required)"]))
    }
    return faults
  }
}
