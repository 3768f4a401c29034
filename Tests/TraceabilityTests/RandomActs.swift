import Traceability
import ValueTypes

/// Draws acts at random: mostly such as fit the world, some that nobody can do.
struct RandomActs {
  var random: Random

  static let tanks = ["T", "U"]
  static let shipments = ["E1", "E2", "E3"]
  private static let wet = "cocoa-wet-beans"
  private static let day = "2026-01-01"

  /// What an act is drawn for.
  private struct Draft {
    let world: World
    let new: LotCode
    let source: LotCode
    let holder: OrganisationCode
    let mass: Grams

    var lot: LotState? { world.lots[source] }
  }

  mutating func next(_ step: Int, _ world: World) throws -> Command {
    let lots = world.lots.keys.sorted()
    let kind = random.below(23)
    // What is on its way arrives some day.
    let sent = lots.filter { world.lots[$0]?.transit != nil }
    let isArrival = (11...13).contains(kind) && !sent.isEmpty && random.below(3) > 0
    let source = try lots.isEmpty ? LotCode("H0") : random.pick(isArrival ? sent : lots)
    let holds = Int(world.lots[source]?.grams.value ?? 40_000)
    let draft = Draft(
      world: world, new: try LotCode("L\(step)"), source: source,
      holder: try holder(source, world),
      // Now and then more than there is.
      mass: try Grams(Int64(random.below(holds * 9 / 8 + 10))))
    switch kind {
    case 0, 1, 2, 3:
      return .harvest(
        try Make.harvest(
          draft.new.text, plot: random.pick(["A", "A", "B", "B", "D", "E"]),
          grams: Int64(random.below(90_000)), Self.wet, to: Self.day))
    case 4, 5, 6:
      return .purchase(
        .init(
          lot: draft.new, buyer: try .init(random.pick(["COOP", "COOP", "EXP"])),
          seller: draft.lot?.holder ?? .organisation(draft.holder),
          product: try draft.lot?.product ?? ProductCode(Self.wet),
          inputs: try inputs(draft), unknownOriginGrams: try Grams(random.below(6) == 0 ? 7 : 0)))
    case 7, 8:
      return .blend(.init(lot: draft.new, holder: draft.holder, inputs: try inputs(draft)))
    case 9: return try split(draft)
    case 10: return try process(draft)
    case 11, 12, 13: return try move(draft)
    case 14:
      return .adjust(
        .init(lot: source, holder: draft.holder, countedGrams: draft.mass, reason: "count"))
    case 15:
      return .load(
        .init(
          shipment: try .init(random.pick(Self.shipments)), holder: draft.holder, lot: source,
          grams: draft.mass))
    case 16: return try correction(draft)
    case 17, 18: return try doubt(step, draft)
    default: return try tank(draft)
    }
  }

  private mutating func organisation() throws -> OrganisationCode {
    try .init(random.pick(["COOP", "EXP", "MILL"]))
  }

  private mutating func holder(_ lot: LotCode, _ world: World) throws -> OrganisationCode {
    if case .organisation(let code)? = world.lots[lot]?.holder { return code }
    return try organisation()
  }

  /// The source and up to two more of the same holder and product.
  private mutating func inputs(_ draft: Draft) throws -> [LotDraw] {
    var inputs = [LotDraw(lot: draft.source, grams: draft.mass)]
    let fitting = draft.world.lots.values.filter {
      $0.holder == draft.lot?.holder && $0.product == draft.lot?.product && $0.grams > .zero
        && $0.transit == nil && $0.code != draft.source
    }.sorted { $0.code < $1.code }
    for _ in 0..<random.below(3) where !fitting.isEmpty {
      let other = random.pick(fitting)
      guard !inputs.contains(where: { $0.lot == other.code }) else { continue }
      let most = Int(other.grams.value)
      inputs.append(
        LotDraw(lot: other.code, grams: try Grams(Int64(1 + random.below(most)))))
    }
    return inputs
  }

  private mutating func split(_ draft: Draft) throws -> Command {
    let half = draft.mass.value / 2
    var parts = [LotDraw(lot: draft.new, grams: try Grams(half))]
    if random.below(2) == 0 {
      parts.append(try Make.draw(draft.new.text + "b", draft.mass.value - half))
    }
    return .split(.init(source: draft.source, holder: draft.holder, parts: parts))
  }

  private mutating func process(_ draft: Draft) throws -> Command {
    let inputs = try inputs(draft)
    let mass = inputs.reduce(0) { $0 + $1.grams.value }
    let dry = try ProductCode("cocoa-dry-beans")
    var outputs = [
      LotProcessed.Output(lot: draft.new, product: dry, grams: try Grams(mass / 3))
    ]
    if random.below(3) == 0 {
      outputs.append(
        .init(lot: try .init(draft.new.text + "b"), product: dry, grams: try Grams(mass / 9)))
    }
    return .process(
      .init(
        process: try .init("cocoa-drying"), holder: draft.holder, inputs: inputs,
        outputs: outputs))
  }

  private mutating func move(_ draft: Draft) throws -> Command {
    guard let sent = draft.lot?.transit, random.below(8) > 0 else {
      let part = random.below(3) == 0 ? LotDraw(lot: draft.new, grams: draft.mass) : nil
      return .dispatch(
        .init(lot: draft.source, from: draft.holder, to: try organisation(), part: part))
    }
    switch random.below(5) {
    case 0: return .reject(.init(lot: draft.source, by: sent.to, reason: "mould"))
    case 1:
      // A part is refused on arrival.
      return .receive(
        .init(
          lot: draft.source, by: sent.to, weighedGrams: try Grams(draft.mass.value / 2),
          returned: LotDraw(lot: draft.new, grams: try Grams(draft.mass.value / 4)),
          reason: "mould"))
    case 2: return .receive(.init(lot: draft.source, by: sent.to, weighedGrams: sent.grams))
    default: return .receive(.init(lot: draft.source, by: sent.to, weighedGrams: draft.mass))
    }
  }

  private mutating func correction(_ draft: Draft) throws -> Command {
    let lot = draft.lot
    var by = try OrganisationCode("COOP")
    if case .organisation(let code)? = lot?.origin.holder { by = code }
    let facts =
      (lot?.receipts.map(\.version) ?? []) + (lot?.adjustments.map(\.version) ?? [])
      + (lot?.dispatches.map(\.version) ?? [])
    var act = Correction(
      lot: draft.source, version: random.pick([1] + facts), by: by, reason: "typed")
    if let receipt = lot?.receipts.first(where: { $0.version == act.version }) {
      act.by = receipt.value.by
    }
    if random.below(6) == 0 {
      act.isVoid = true
      return .correct(act)
    }
    switch (act.version, lot?.origin) {
    case (1, .harvested):
      act.grams = draft.mass
      if random.below(3) == 0 { act.plot = try .init(random.pick(["A", "B", "D", "E"])) }
    case (1, .purchased(let event)):
      if random.below(3) == 0 {
        act.unknownOriginGrams = try Grams(Int64(random.below(9)))
      } else {
        act.inputs = try redrawn(event.inputs, draft)
      }
    case (1, .blended(let event)): act.inputs = try redrawn(event.inputs, draft)
    case (1, .processed(let event)): act.inputs = try redrawn(event.inputs, draft)
    default: act.grams = draft.mass
    }
    return .correct(act)
  }

  /// One input weighed anew, left out, or another in its place.
  private mutating func redrawn(_ inputs: [LotDraw], _ draft: Draft) throws -> [LotDraw] {
    guard !inputs.isEmpty else { return [] }
    var inputs = inputs
    let index = random.below(inputs.count)
    switch random.below(4) {
    case 0 where inputs.count > 1: inputs.remove(at: index)
    case 1:
      let others = draft.world.lots.keys.sorted()
      inputs[index] = LotDraw(lot: random.pick(others), grams: inputs[index].grams)
    default:
      inputs[index] = LotDraw(
        lot: inputs[index].lot,
        grams: try Grams(Int64(random.below(Int(inputs[index].grams.value) * 5 / 4 + 1))))
    }
    return inputs
  }

  private mutating func doubt(_ step: Int, _ draft: Draft) throws -> Command {
    // Of few, so that some are reviewed and opened again more than once.
    let findings = draft.world.findings.values.filter { !$0.raised.finding.isOfProgram }
      .sorted { $0.raised.finding < $1.raised.finding }.prefix(2).map { $0 }
    guard !findings.isEmpty, random.below(3) > 0 else {
      let subjects = random.pick([
        ["lot:\(draft.source)"], ["plot:E"], ["lot:\(draft.source)", "plot:D"], ["shipment:E1"],
      ])
      return try Act.doubt("doubt-\(step)", on: subjects)
    }
    let finding = random.pick(findings)
    let code = finding.raised.finding
    if finding.review != nil {
      return .reopenFinding(
        .init(
          finding: code, by: "Luis", reason: random.pick(["photo", "call"]), evidence: []))
    }
    guard random.below(3) > 0 else {
      return .assignFinding(
        .init(finding: code, assignee: random.pick(["Ana", "Eva"]), by: "Luis", due: nil))
    }
    return try Act.review(code, random.below(4) == 0 ? .upheld : .dismissed)
  }

  private mutating func tank(_ draft: Draft) throws -> Command {
    let tank = try TankCode(random.pick(Self.tanks))
    let coop = try OrganisationCode("COOP")
    let holds = draft.world.tanks[tank]?.grams ?? .zero
    let fitting = draft.world.lots.values.filter {
      $0.holder == .organisation(coop) && $0.product.text == Self.wet && $0.grams > .zero
        && $0.transit == nil
    }.map(\.code).sorted()
    let own = fitting.isEmpty ? draft.source : random.pick(fitting)
    let grams = min(draft.mass, draft.world.lots[own]?.grams ?? draft.mass)
    switch random.below(9) {
    case 0, 1, 2, 3:
      var inputs = [LotDraw(lot: own, grams: grams)]
      let other = fitting.isEmpty ? own : random.pick(fitting)
      if other != own { inputs.append(LotDraw(lot: other, grams: try Grams(1))) }
      return .fillTank(.init(tank: tank, holder: coop, inputs: inputs))
    case 4, 5, 6:
      return .tapTank(
        .init(
          tank: tank, holder: coop, lot: draft.new,
          grams: try Grams(Int64(random.below(Int(holds.value) + 100)))))
    case 7:
      return .countTank(
        .init(
          tank: tank, holder: coop, countedGrams: try Grams(holds.value * 99 / 100 + 20),
          reason: "dip"))
    default:
      return .emptyTank(
        .init(
          tank: tank, holder: coop, lossGrams: holds, measuredBy: "Rosa", reason: "washed"))
    }
  }
}
