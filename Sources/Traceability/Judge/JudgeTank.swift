import ValueTypes

extension Judge {
  /// What a draw-off from a tank says against the lot: what is in the tank speaks for itself.
  func tankReasons(_ lot: LotState, _ event: LotTapped) -> [Reason] {
    let founding = EventReference(stream: lot.stream, version: 1)
    func broken(_ figures: [String: String], _ also: [EventReference] = []) -> Reason {
      Reason(
        .chainBroken, .insufficientEvidence, lot.stream,
        figures: figures.merging(["tank": event.tank.text]) { given, _ in given },
        restsOn: [founding] + also)
    }
    guard let tank = world.tanks[event.tank], let draw = tank.drawOff(of: event.lot),
      draw.event.grams == event.grams, draw.event.window == event.window,
      tank.registered.product == event.product, tank.registered.holder == event.holder
    else { return [broken([:])] }
    let drawn = EventReference(stream: tank.stream, version: draw.version)
    var reasons: [Reason] = []
    // What came in before the draw-off and was told later is left out as well.
    if let required = tank.missing(from: draw) {
      reasons.append(
        broken(["declared": "\(event.window)", "required": "\(required)"], [drawn]))
    }
    var claimed: [LotDraw: Int] = [:]
    var told: Set<LotCode> = []
    for entry in tank.entries(in: event.window) {
      for input in entry.inputs {
        // What one draw gave is poured in once.
        claimed[input, default: 0] += 1
        guard draws(input, into: tank.stream) < claimed[input, default: 0],
          told.insert(input.lot).inserted
        else { continue }
        let fill = EventReference(stream: tank.stream, version: entry.version)
        reasons.append(broken(["lot": input.lot.text], [fill]))
      }
    }
    let found = tank.entries(in: event.window).filter(\.isFound)
    if !found.isEmpty || world.sources(of: event.lot) == nil {
      let unknown = world.sources(of: event.lot)?.unknownGrams ?? event.grams.value
      reasons.append(
        Reason(
          .unknownOrigin, .insufficientEvidence, lot.stream,
          figures: ["mass": (try? Grams(unknown))?.description ?? "—"],
          restsOn: [founding]
            + found.map { EventReference(stream: tank.stream, version: $0.version) }))
    }
    if let brokenAt = tank.brokenAt, brokenAt <= draw.version {
      reasons.append(
        Reason(
          .massDoesNotClose, .insufficientEvidence, lot.stream,
          figures: ["grams": event.grams.description],
          restsOn: [EventReference(stream: tank.stream, version: brokenAt)]))
    }
    return reasons
  }

  /// How often the lot gave just this mass to the tank.
  private func draws(_ input: LotDraw, into tank: StreamKey) -> Int {
    (world.lots[input.lot]?.draws ?? []).count {
      $0.purpose == .fill && $0.grams == input.grams && $0.into.contains(tank)
    }
  }
}
