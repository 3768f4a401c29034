import Traceability

/// Acts on tanks and silos.
extension ActRequest {
  func tanks(_ wanted: inout Wanted) -> Command? {
    guard [.registerTank, .fillTank, .tapTank, .countTank, .emptyTank].contains(act) else {
      return nil
    }
    let tank = wanted.need(tank, "tank")
    let holder = wanted.need(organisation, "organisation")
    guard let tank, let holder else { return nil }
    switch act {
    case .registerTank:
      let product = wanted.need(product, "product")
      let capacity = wanted.need(capacityGrams, "capacityGrams")
      guard let product, let capacity else { return nil }
      return .registerTank(
        TankRegistered(
          tank: tank, holder: holder, product: product, capacityGrams: capacity,
          form: form ?? .tank))
    case .fillTank:
      guard let inputs = wanted.need(draws(inputs), "inputs") else { return nil }
      return .fillTank(Command.TankFill(tank: tank, holder: holder, inputs: inputs))
    case .tapTank:
      let lot = wanted.need(lot, "lot")
      let grams = wanted.need(grams, "grams")
      guard let lot, let grams else { return nil }
      return .tapTank(Command.TankTap(tank: tank, holder: holder, lot: lot, grams: grams))
    default: return stock(tank, holder, &wanted)
    }
  }

  private func stock(
    _ tank: TankCode, _ holder: OrganisationCode, _ wanted: inout Wanted
  ) -> Command? {
    let reason = wanted.need(reason, "reason")
    if act == .countTank {
      let grams = wanted.need(grams, "grams")
      guard let grams, let reason else { return nil }
      return .countTank(
        Command.TankCount(
          tank: tank, holder: holder, countedGrams: grams, reason: reason, cause: cause))
    }
    let person = wanted.need(measuredBy, "measuredBy")
    guard let person, let reason else { return nil }
    return .emptyTank(
      Command.TankEmptying(
        tank: tank, holder: holder, lossGrams: lossGrams ?? .zero, measuredBy: person,
        reason: reason, cause: cause, evidence: evidence ?? []))
  }
}
