import ValueTypes

/// Tanks and silos: what goes in, what comes out, and when they are empty.
extension Decision {
  mutating func register(_ event: TankRegistered) throws(Refusal) {
    let stream = StreamKey.tank(event.tank)
    try refuseKnown(world.tanks[event.tank]?.registered, event, stream)
    try require(event.holder)
    _ = try product(event.product, for: stream)
    try requireMass(event.capacityGrams, stream)
    add(.tankRegistered(event))
  }

  mutating func fill(_ act: Command.TankFill) throws(Refusal) {
    let tank = try tank(act.tank, heldBy: act.holder)
    let inputs = act.inputs
    guard !inputs.isEmpty else { throw Refusal(.nothingGiven, tank.stream) }
    if tank.entries.contains(where: { $0.inputs == inputs && $0.occurredAt == occurredAt }) {
      throw Refusal(.alreadyRecorded, tank.stream)
    }
    let mass = try total(inputs.map(\.grams), tank.stream)
    // A fill that is told late is taken, for its mass is there; see `Judge.tankReasons`.
    try require(tank, after: tank.emptySince)
    let room = tank.registered.capacityGrams.subtracting(tank.grams) ?? .zero
    guard room.subtracting(mass) != nil, let holds = try? tank.grams.adding(mass) else {
      throw Refusal(
        .overCapacity, tank.stream,
        [
          "tank": act.tank.text, "holds": tank.grams.description, "wanted": mass.description,
          "capacity": tank.registered.capacityGrams.description, "room": room.description,
        ])
    }
    try draw(
      inputs, .fill, into: [tank.stream], holder: .organisation(act.holder),
      product: tank.registered.product)
    add(
      .tankFilled(
        TankFilled(
          tank: act.tank, holder: act.holder, product: tank.registered.product, grams: mass,
          inputs: inputs, holdsGrams: holds)))
  }

  mutating func tap(_ act: Command.TankTap) throws(Refusal) {
    let stream = StreamKey.lot(act.lot)
    let tank = try tank(act.tank, heldBy: act.holder)
    if let origin = origin(of: act.lot) {
      // The window may have gone on since: it is not part of what was asked.
      if case .tapped(let known) = origin, known.tank == act.tank, known.grams == act.grams,
        known.holder == act.holder, world.lots[act.lot]?.createdAt == occurredAt
      {
        throw Refusal(.alreadyRecorded, stream)
      }
      throw Refusal(.codeUsed, stream, ["code": act.lot.text])
    }
    try requireMass(act.grams, stream)
    try require(tank, after: tank.emptySince)
    guard let remaining = tank.grams.subtracting(act.grams) else {
      throw Refusal(
        .tankOverdrawn, tank.stream,
        [
          "tank": act.tank.text, "holds": tank.grams.description,
          "wanted": act.grams.description,
        ])
    }
    let last = world.version(of: tank.stream)
    // Dated before all fills, it declares all since the tank was empty.
    let first = tank.required(at: occurredAt, version: last + 1)?.from
    let since = (tank.starts.last?.version ?? 1) + 1
    let window = TankWindow(from: first ?? min(since, last), to: last)
    add(
      .tankDrawn(
        TankDrawn(
          tank: act.tank, lot: act.lot, grams: act.grams, remainingGrams: remaining,
          window: window)))
    let reference = add(
      .lotTapped(
        LotTapped(
          lot: act.lot, tank: act.tank, holder: act.holder, product: tank.registered.product,
          grams: act.grams, window: window)))
    noteLateRecord(stream, reference)
  }

  mutating func count(_ act: Command.TankCount) throws(Refusal) {
    let tank = try tank(act.tank, heldBy: act.holder)
    if tank.counts.contains(where: {
      $0.value.grams == act.countedGrams && $0.value.reason == act.reason
        && $0.occurredAt == occurredAt
    }) {
      throw Refusal(.alreadyRecorded, tank.stream)
    }
    // A count is held against the books as they were then.
    try require(tank, after: tank.lastActAt)
    try requireWords([act.reason], act.tank.text, tank.stream)
    try requireCapacity(tank, act.countedGrams)
    try requireCause(act.cause, from: tank.grams, to: act.countedGrams, tank.stream)
    add(
      .tankCounted(
        TankCounted(
          tank: act.tank, holder: act.holder, beforeGrams: tank.grams, grams: act.countedGrams,
          unknownOriginGrams: act.countedGrams.subtracting(tank.grams) ?? .zero,
          reason: act.reason, cause: act.cause)))
  }

  mutating func empty(_ act: Command.TankEmptying) throws(Refusal) {
    let tank = try tank(act.tank, heldBy: act.holder)
    let event = TankEmptied(
      tank: act.tank, holder: act.holder, lossGrams: act.lossGrams, measuredBy: act.measuredBy,
      reason: act.reason, cause: act.cause, evidence: act.evidence)
    if tank.emptyings.contains(where: { $0.isSame(event, at: occurredAt) }) {
      throw Refusal(.alreadyRecorded, tank.stream)
    }
    try require(tank, after: tank.lastActAt)
    try requireWords([act.reason, act.measuredBy], act.tank.text, tank.stream)
    guard act.lossGrams == tank.grams else {
      throw Refusal(
        .tankNotEmpty, tank.stream,
        [
          "tank": act.tank.text, "holds": tank.grams.description,
          "loss": act.lossGrams.description,
        ])
    }
    try requireCause(act.cause, from: tank.grams, to: .zero, tank.stream)
    let reference = add(.tankEmptied(event))
    let lost = tank.lostSinceStart + act.lossGrams.value
    guard !TankState.isEmptied(lost: lost, filled: tank.filledSinceStart) else { return }
    addFinding(
      .emptiedWithLoss, .notice, on: [tank.stream], restsOn: [reference],
      figures: [
        "loss": Grams.text(lost), "filled": Grams.text(tank.filledSinceStart),
      ])
  }

  // MARK: What all of them ask

  private func tank(
    _ code: TankCode, heldBy holder: OrganisationCode
  ) throws(Refusal) -> TankState {
    guard let tank = world.tanks[code] else {
      throw Refusal(.unknownTank, .tank(code), ["code": code.text])
    }
    try require(holder)
    guard tank.registered.holder == holder else {
      throw Refusal(
        .notHolder, tank.stream,
        ["holder": "organisation:\(tank.registered.holder)", "actor": "organisation:\(holder)"])
    }
    return tank
  }

  private func requireCapacity(_ tank: TankState, _ grams: Grams) throws(Refusal) {
    let capacity = tank.registered.capacityGrams
    guard grams > capacity else { return }
    throw Refusal(
      .overCapacity, tank.stream,
      [
        "tank": tank.registered.tank.text, "holds": tank.grams.description,
        "wanted": grams.description, "capacity": capacity.description,
        "room": (capacity.subtracting(tank.grams) ?? .zero).description,
      ])
  }

  private func require(_ tank: TankState, after moment: Timestamp) throws(Refusal) {
    guard occurredAt < moment else { return }
    throw Refusal(
      .beforeTankAct, tank.stream,
      [
        "tank": tank.registered.tank.text, "before": "\(moment)", "occurredAt": "\(occurredAt)",
      ])
  }
}
