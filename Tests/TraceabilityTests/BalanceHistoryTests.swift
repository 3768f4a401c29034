import Testing
import Traceability
import ValueTypes

/// Random histories with tanks, counts and transports over a year: books close to the gram.
@Suite struct BalanceHistoryTests {
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
    mutating func below(_ bound: Int) -> Int { Int(next() >> 11) % bound }
  }

  /// A ledger in memory that keeps what tanks moved as it comes; lots have books of their own.
  private struct Books {
    var ledger: Scenario
    var ofTanks: [Movement] = []

    var movements: [Movement] {
      ofTanks + ledger.world.lots.values.flatMap { $0.book().flatMap(\.lines) }
    }

    mutating func when(_ command: Command, at moment: Timestamp) throws {
      let events = try decide(
        command, occurredAt: moment, in: ledger.world, by: ledger.context)
      for event in events {
        let version = ledger.world.version(of: event.stream) + 1
        ledger.world.apply(
          event.event, stream: event.stream, version: version, occurredAt: event.occurredAt)
        ledger.recorded.append(event)
        ofTanks += Movement.of(
          event.event, occurredAt: event.occurredAt, in: ledger.world)
      }
    }
  }

  private static let wet = "cocoa-wet-beans"

  private func command(
    _ step: Int, _ world: World, _ random: inout Random
  ) throws -> Command {
    let lots = world.lots.keys.sorted()
    let source = try lots.isEmpty ? LotCode("H0") : lots[random.below(lots.count)]
    let holder = try holder(source, world, &random)
    let holds = Int(world.lots[source]?.grams.value ?? 40_000)
    // Now and then more than there is.
    let mass = try Grams(Int64(random.below(holds * 9 / 8 + 10)))
    let new = try LotCode("L\(step)")
    switch random.below(18) {
    case 16: return try correction(of: source, mass, world, &random)
    case 17:
      // A part is refused on arrival.
      let sent = world.lots[source]?.transit
      return .receive(
        .init(
          lot: source, by: sent?.to ?? holder, weighedGrams: try Grams(mass.value / 2),
          returned: LotDraw(lot: new, grams: try Grams(mass.value / 4)), reason: "mould"))
    case 0, 1, 2:
      let plot = ["A", "B"][random.below(2)]
      return .harvest(
        try Make.harvest(
          new.text, plot: plot, grams: Int64(random.below(90_000)), Self.wet, to: day))
    case 3, 4:
      return .purchase(
        .init(
          lot: new, buyer: try .init(random.below(2) == 0 ? "COOP" : "EXP"),
          seller: world.lots[source]?.holder ?? .organisation(holder),
          product: try world.lots[source]?.product ?? ProductCode(Self.wet),
          inputs: [LotDraw(lot: source, grams: mass)],
          unknownOriginGrams: random.below(5) == 0 ? try Grams(7) : .zero))
    case 5:
      return .blend(.init(lot: new, holder: holder, inputs: [LotDraw(lot: source, grams: mass)]))
    case 6:
      return .split(
        .init(source: source, holder: holder, parts: [LotDraw(lot: new, grams: mass)]))
    case 7:
      let output = LotProcessed.Output(
        lot: new, product: try .init("cocoa-dry-beans"), grams: try Grams(mass.value / 3))
      return .process(
        .init(
          process: try .init("cocoa-drying"), holder: holder,
          inputs: [LotDraw(lot: source, grams: mass)], outputs: [output]))
    case 8: return .dispatch(.init(lot: source, from: holder, to: try organisation(&random)))
    case 9, 10:
      let to = world.lots[source]?.transit?.to ?? holder
      return random.below(4) == 0
        ? .reject(.init(lot: source, by: to, reason: "mould"))
        : .receive(.init(lot: source, by: to, weighedGrams: mass))
    case 11: return .adjust(.init(lot: source, holder: holder, countedGrams: mass, reason: "count"))
    case 12: return .load(.init(shipment: try .init("E"), holder: holder, lot: source, grams: mass))
    default: return try tank(new, source, mass, world, &random)
    }
  }

  private func correction(
    of source: LotCode, _ mass: Grams, _ world: World, _ random: inout Random
  ) throws -> Command {
    let lot = world.lots[source]
    var by = try OrganisationCode("COOP")
    if case .organisation(let code)? = lot?.origin.holder { by = code }
    let facts = (lot?.receipts.map(\.version) ?? []) + (lot?.adjustments.map(\.version) ?? [])
    let versions = [1] + facts
    var act = Correction(
      lot: source, version: versions[random.below(versions.count)], by: by, reason: "typed")
    if act.version > 1, let receipt = lot?.receipts.first(where: { $0.version == act.version }) {
      act.by = receipt.value.by
    }
    if random.below(6) == 0 {
      act.isVoid = true
    } else if act.version == 1, case .harvested? = lot?.origin {
      act.grams = mass
    } else if act.version == 1, let inputs = lot?.origin.inputs, inputs.count == 1,
      case .purchased? = lot?.origin
    {
      act.inputs = [LotDraw(lot: inputs[0].lot, grams: mass)]
    } else {
      act.grams = mass
    }
    return .correct(act)
  }

  private let day = "2026-01-01"

  private func tank(
    _ new: LotCode, _ source: LotCode, _ mass: Grams, _ world: World, _ random: inout Random
  ) throws -> Command {
    let tank = try TankCode("T")
    let coop = try OrganisationCode("COOP")
    let holds = world.tanks[tank]?.grams ?? .zero
    let fitting = world.lots.values.filter {
      $0.holder == .organisation(coop) && $0.product.text == Self.wet && $0.grams > .zero
        && $0.transit == nil
    }.map(\.code).sorted()
    let own = fitting.isEmpty ? source : fitting[random.below(fitting.count)]
    let grams = min(mass, world.lots[own]?.grams ?? mass)
    switch random.below(9) {
    case 0, 1, 2, 3:
      return .fillTank(.init(tank: tank, holder: coop, inputs: [LotDraw(lot: own, grams: grams)]))
    case 4, 5, 6:
      return .tapTank(
        .init(
          tank: tank, holder: coop, lot: new,
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

  private func organisation(_ random: inout Random) throws -> OrganisationCode {
    try .init(["COOP", "EXP", "MILL"][random.below(3)])
  }

  private func holder(
    _ lot: LotCode, _ world: World, _ random: inout Random
  ) throws -> OrganisationCode {
    if case .organisation(let code)? = world.lots[lot]?.holder { return code }
    return try organisation(&random)
  }

  private func books(_ seed: UInt64) throws -> Books {
    var ledger = try Scenario()
    try ledger.givenParties()
    for plot in ["A", "B"] { try ledger.givenPlot(plot) }
    var books = Books(ledger: ledger)
    let start = try Make.moment("2026-01-01T12:00:00-05:00")
    try books.when(try Act.tank("T", capacity: 60_000), at: start)
    try books.when(try Act.open("E"), at: start)
    var random = Random(state: seed)
    var moment = start
    for step in 0..<700 {
      let minutes = Int64(random.below(20 * 60))
      moment = try Make.unwrap(
        Timestamp(microseconds: moment.microseconds + minutes * 60_000_000, offsetMinutes: -300))
      let command = try command(step, books.ledger.world, &random)
      // Now and then a device was offline for some days.
      let late = random.below(12) == 0 ? Int64(random.below(4_000)) * 60_000_000 : 0
      let happened = try Make.unwrap(
        Timestamp(microseconds: moment.microseconds - late, offsetMinutes: -300))
      do { try books.when(command, at: happened) } catch is Refusal {}
    }
    return books
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `given random acts then what stands in books is what lots, tanks and trucks hold`(
    seed: UInt64
  ) throws {
    let books = try books(seed)
    let world = books.ledger.world
    struct Account: Hashable {
      let holder: Party
      let product: ProductCode
      let place: Movement.Place
    }
    var held: [Account: Int64] = [:]
    for lot in world.lots.values {
      let sender = lot.transit.map(\.from)
      let account = Account(
        holder: sender ?? lot.holder, product: lot.product,
        place: sender == nil ? .lots : .transit)
      held[account, default: 0] += lot.balance
    }
    for tank in world.tanks.values {
      let account = Account(
        holder: .organisation(tank.registered.holder), product: tank.registered.product,
        place: .tanks)
      held[account, default: 0] += tank.grams.value
    }
    var booked: [Account: Int64] = [:]
    var ofLot: [StreamKey: Int64] = [:]
    for line in books.movements {
      let account = Account(holder: line.holder, product: line.product, place: line.place)
      booked[account, default: 0] += line.grams
      ofLot[line.subject, default: 0] += line.grams
    }
    #expect(booked.filter { $0.value != 0 } == held.filter { $0.value != 0 })
    for lot in world.lots.values { #expect((ofLot[lot.stream] ?? 0) == lot.balance, "\(lot.code)") }
    for tank in world.tanks.values { #expect(ofLot[tank.stream] == tank.grams.value) }
    // Everything there is was harvested, bought without origin or found.
    #expect(try origin(books.movements) == held.values.reduce(0, +))
    // Each seed reaches nearly all kinds.
    #expect(Set(books.movements.map(\.kind)).count > 12)
  }

  /// What came into the ledger less what was lost, became something else or was exported.
  private func origin(_ movements: [Movement]) throws -> Int64 {
    func sum(_ kinds: Set<Movement.Kind>) -> Int64 {
      movements.filter { kinds.contains($0.kind) }.reduce(0) { $0 + $1.grams }
    }
    for kinds: Set<Movement.Kind> in [
      [.bought, .sold], [.regrouped], [.dispatched], [.received], [.returned], [.filled, .tapped],
    ] {
      #expect(sum(kinds) == 0, "\(kinds)")
    }
    return sum([
      .harvested, .boughtUnknown, .found, .lost, .loaded, .processedIn, .processedOut,
    ])
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `given months in a row then each opens as the one before closed`(seed: UInt64) throws {
    let books = try books(seed)
    for holder in Set(books.movements.map(\.holder)) {
      var closing: [ProductCode: [String: Int64]] = [:]
      for month in 1...12 {
        let name = "2026-" + (month < 10 ? "0" : "") + "\(month)"
        let period = try Make.unwrap(BalancePeriod(month: name))
        let sheets = try BalanceSheet.make(try books.movements.sums(of: holder, period))
        for sheet in sheets {
          for account in sheet.accounts {
            let before = closing[sheet.product]?[account.place] ?? 0
            #expect(account.openingGrams == before, "\(holder) \(name) \(account.place)")
            let moved = account.lines.reduce(0) { $0 + $1.grams }
            #expect(account.openingGrams + moved == account.closingGrams)
          }
          closing[sheet.product] = Dictionary(
            uniqueKeysWithValues: sheet.accounts.map { ($0.place, $0.closingGrams) })
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `given random acts then every lot's origins and verdict hold through tanks`(
    seed: UInt64
  ) throws {
    let world = try books(seed).ledger.world
    let judge = Judge(world: world, policy: try Policy.shipped())
    let provenance = Provenance(world: world)
    var tapped = 0
    for (code, lot) in world.lots {
      #expect(provenance.origins(of: code).totalGrams == lot.origin.grams.value, "\(code)")
      guard case .tapped = lot.origin else { continue }
      tapped += 1
      let sources = try #require(world.sources(of: code))
      let total = sources.inputs.reduce(sources.unknownGrams) { $0 + $1.grams.value }
      #expect(total == lot.origin.grams.value)
      let verdict = judge.judge(lot: code).verdict
      for input in sources.inputs { #expect(judge.judge(lot: input.lot).verdict <= verdict) }
      #expect(!judge.judge(lot: code).reasons.contains { $0.code == .chainBroken })
    }
    #expect(tapped > 5)
  }
}
