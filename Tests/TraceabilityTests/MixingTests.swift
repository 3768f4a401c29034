import Testing
import Traceability
import ValueTypes

/// What is bad stays bad, and makes bad what it is mixed into, in whatever history.
@Suite struct MixingTests {
  private static let moment = "2026-10-31T12:00:00-05:00"

  /// Pairs of lots that one organisation may mix.
  private func pairs(_ world: World, _ random: inout Random) -> [(LotState, LotState)] {
    let held = world.lots.values.filter { lot in
      if case .organisation = lot.holder {
        lot.grams.value > 1 && lot.transit == nil
      } else {
        false
      }
    }.sorted { $0.code < $1.code }
    return held.shuffled(using: &random).prefix(12).flatMap { one in
      held.filter {
        $0.code != one.code && $0.holder == one.holder && $0.product == one.product
      }.shuffled(using: &random).prefix(2).map { (one, $0) }
    }
  }

  private func organisation(_ lot: LotState) throws -> OrganisationCode {
    guard case .organisation(let code) = lot.holder else { throw Make.Missing() }
    return code
  }

  private func draw(_ lot: LotState) throws -> LotDraw {
    LotDraw(lot: lot.code, grams: try Grams(lot.grams.value / 2 + 1))
  }

  /// The verdict of lot `X` after some acts.
  private func verdict(_ ledger: Scenario, _ acts: [Command]) throws -> Verdict {
    var ledger = ledger
    for act in acts { try ledger.when(act, at: Self.moment) }
    return ledger.judge.judge(lot: try .init("X")).verdict
  }

  /// Ways to make lot `X` of some lots of one holder.
  private func makings(
    _ inputs: [LotDraw], _ product: ProductCode, _ holder: OrganisationCode, unknown: Int64 = 0
  ) throws -> [[Command]] {
    let lot = try LotCode("X")
    let tank = try TankCode("NEW")
    let buyer = try OrganisationCode(holder.text == "MILL" ? "EXP" : "MILL")
    let mass = inputs.reduce(0) { $0 + $1.grams.value }
    let purchase = Command.purchase(
      .init(
        lot: lot, buyer: buyer, seller: .organisation(holder), product: product, inputs: inputs,
        unknownOriginGrams: try Grams(unknown)))
    guard unknown == 0 else { return [[purchase]] }
    var makings: [[Command]] = [
      [purchase],
      [.blend(.init(lot: lot, holder: holder, inputs: inputs))],
      [
        .registerTank(
          TankRegistered(
            tank: tank, holder: holder, product: product, capacityGrams: try Grams(mass),
            form: .silo)),
        .fillTank(.init(tank: tank, holder: holder, inputs: inputs)),
        .tapTank(.init(tank: tank, holder: holder, lot: lot, grams: try Grams(1))),
      ],
    ]
    if product.text == "cocoa-wet-beans" {
      let dry = LotProcessed.Output(
        lot: lot, product: try .init("cocoa-dry-beans"), grams: try Grams(max(1, mass * 37 / 100)))
      makings.append([
        .process(
          .init(
            process: try .init("cocoa-drying"), holder: holder, inputs: inputs, outputs: [dry]))
      ])
    }
    return makings
  }

  @Test
  func `given random histories when a lot is mixed in then no verdict is better than without`()
    throws
  {
    var worse = 0
    for seed in 1...2 as ClosedRange<UInt64> {
      let ledger = try RandomHistory(seed: seed, steps: 250).ledger
      var random = Random(state: seed)
      for (one, two) in pairs(ledger.world, &random) { worse += try mix(one, two, in: ledger) }
    }
    #expect(worse > 0)
  }

  /// How many ways of mixing the second in give a worse verdict than without.
  private func mix(_ one: LotState, _ two: LotState, in ledger: Scenario) throws -> Int {
    let holder = try organisation(one)
    let (first, second) = (try draw(one), try draw(two))
    let alone = try makings([first], one.product, holder).map { try verdict(ledger, $0) }
    let mixed = try makings([first, second], one.product, holder).map { try verdict(ledger, $0) }
    let bad = ledger.judge.judge(lot: two.code).verdict
    for (alone, mixed) in zip(alone, mixed) {
      #expect(alone <= mixed && bad <= mixed, "\(one.code) with \(two.code)")
    }
    let unknown = try makings([first], one.product, holder, unknown: 1)
    #expect(try verdict(ledger, unknown[0]) >= max(alone[0], .insufficientEvidence))
    return zip(alone, mixed).count { $0 < $1 }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `given a random history when something is doubted then no verdict gets better`(
    seed: UInt64
  ) throws {
    let ledger = try RandomHistory(seed: seed, steps: 250).ledger
    let lots = ledger.world.lots.keys.sorted()
    let before = ledger.judge
    let verdicts = lots.map { before.judge(lot: $0).verdict }
    var random = Random(state: seed)
    let subject = random.pick(lots)
    for stream in ["plot:A", "lot:\(subject)"] {
      var doubted = ledger
      try doubted.when(try Act.doubt("bad", on: [stream]), at: Self.moment)
      let judge = doubted.judge
      let after = lots.map { judge.judge(lot: $0).verdict }
      #expect(zip(verdicts, after).allSatisfy { $0 <= $1 })
      try doubted.when(try Act.review(try .init("bad"), .upheld), at: Self.moment)
      let upheld = doubted.judge
      let below =
        stream == "plot:A"
        ? lots.filter {
          Provenance(world: ledger.world).upstream(of: [$0]).plots.contains { $0.text == "A" }
        }
        : Provenance(world: ledger.world).downstream(of: [subject]).lots
      #expect(!below.isEmpty)
      for lot in below { #expect(upheld.judge(lot: lot).verdict == .notCompliant, "\(lot)") }
    }
  }
}
