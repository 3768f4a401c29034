import Testing
import ValueTypes

@testable import Traceability

/// The order of independent acts makes no difference: not to what is decided, nor to what it
/// comes to.
@Suite struct OrderTests {
  private static let seeds: [UInt64] = [1, 2]

  @Test(arguments: seeds)
  func `given independent acts in another order then the same is decided and comes of it`(
    seed: UInt64
  ) throws {
    let history = try RandomHistory(seed: seed, steps: 350)
    var random = Random(state: seed &+ 1_000)
    let order = Reordering.independent(history.steps, &random)
    #expect(order.count == history.steps.count)
    #expect(order.enumerated().count { abs($0.offset - $0.element) > 20 } > 120)
    var other = RandomHistory(history.start)
    for index in order {
      let step = history.steps[index]
      try other.take(step.command, at: step.moment)
      #expect(try #require(other.steps.last).outcome == step.outcome, "\(index): \(step.command)")
    }
    try checkSame(other.ledger, history.ledger)
    try checkSheets(other, history)
  }

  @Test(arguments: seeds)
  func `given single facts in another order when each stream keeps its own then the same world`(
    seed: UInt64
  ) throws {
    let history = try RandomHistory(seed: seed, steps: 350)
    var random = Random(state: seed &+ 2_000)
    var other = try Scenario()
    for event in Reordering.torn(history.ledger.recorded, &random) { other.world.apply(event) }
    try checkSame(other, history.ledger)
  }

  @Test(arguments: seeds)
  func `given only the streams that an act names then the same is decided`(seed: UInt64) throws {
    let history = try RandomHistory(seed: seed, steps: 200)
    var ledger = history.start
    for step in history.steps {
      var part = ledger
      part.world = try ledger.loading(step.command)
      let outcome: RandomHistory.Outcome
      do {
        outcome = .taken(try part.when(step.command, at: step.moment))
      } catch let refusal as Refusal {
        outcome = .refused(refusal)
      }
      #expect(outcome == step.outcome, "\(step.command)")
      for event in step.events {
        ledger.world.apply(event)
        ledger.recorded.append(event)
      }
    }
  }

  /// Through the codec and back.
  @Test(arguments: seeds)
  func `given tanks, corrections and doubts when read from the log again then the same world`(
    seed: UInt64
  ) throws {
    let history = try RandomHistory(seed: seed, steps: 350)
    var other = try Scenario()
    for event in history.ledger.recorded {
      let decoded = try DomainEvent.decode(
        type: event.event.type, schema: DomainEvent.schema, data: try event.event.encoded())
      #expect(decoded == event.event)
      other.world.apply(NewEvent(decoded, at: event.occurredAt, stream: event.stream))
    }
    try checkSame(other, history.ledger)
  }

  /// Acts that came last were added to what stood; made anew from the first act on, it is the same.
  @Test(arguments: seeds)
  func `given any lot when it is made anew from its acts then it is as it was`(
    seed: UInt64
  ) throws {
    let world = try RandomHistory(seed: seed, steps: 350).ledger.world
    for (code, lot) in world.lots {
      var anew = lot
      let nothing = LotCorrected(
        code, corrects: 99_999, by: try .init("COOP"), reason: "an act that never comes", nil)
      anew.correct(nothing, at: lot.createdAt, version: 100_000)
      #expect(anew.balance == lot.balance && anew.holder == lot.holder, "\(code)")
      #expect(anew.transit == lot.transit && anew.deficitGrams == lot.deficitGrams, "\(code)")
      #expect(anew.contradictions == lot.contradictions && anew.latest == lot.latest, "\(code)")
      #expect(anew.receipts == lot.receipts && anew.dispatches == lot.dispatches, "\(code)")
      #expect(anew.draws == lot.draws && anew.adjustments == lot.adjustments, "\(code)")
      #expect(anew.unknownOriginGrams == lot.unknownOriginGrams, "\(code)")
    }
  }

  @Test func `given the random histories then all that is hard stands in them`() throws {
    let ledgers = try Self.seeds.map { try RandomHistory(seed: $0, steps: 350).ledger }
    let lots = ledgers.flatMap(\.world.lots.values)
    #expect(lots.contains(where: \.isVoided) && lots.contains { $0.deficitGrams > 0 })
    #expect(lots.contains { $0.isRederived && $0.corrections.isEmpty })
    #expect(lots.contains { !$0.rejections.isEmpty })
    #expect(lots.contains { $0.receipts.contains { $0.value.returned != nil } })
    #expect(lots.contains { $0.origin.inputs.count > 2 })
    #expect(ledgers.flatMap(\.world.tanks.values).allSatisfy { $0.drawOffs.count > 1 })
    #expect(ledgers.flatMap(\.world.findings.values).contains { $0.reopenings.count > 1 })
    #expect(ledgers.flatMap(\.world.shipments.values).contains { $0.loads.count > 1 })
  }

  private func checkSame(_ one: Scenario, _ two: Scenario) throws {
    let (world, expected) = (one.world, two.world)
    #expect(world.versions == expected.versions)
    #expect(world.lots == expected.lots)
    #expect(world.tanks == expected.tanks)
    #expect(world.plots == expected.plots)
    #expect(world.shipments == expected.shipments)
    #expect(world.findings == expected.findings)
    #expect(world.findingsOn.mapValues(Set.init) == expected.findingsOn.mapValues(Set.init))
    let (judge, other) = (one.judge, two.judge)
    for lot in expected.lots.keys {
      same(judge.judge(lot: lot), other.judge(lot: lot))
      #expect(
        Provenance(world: world).origins(of: lot) == Provenance(world: expected).origins(of: lot))
    }
    for shipment in expected.shipments.keys {
      same(judge.judge(shipment: shipment), other.judge(shipment: shipment))
    }
    for plot in expected.plots.keys { same(judge.judge(plot: plot), other.judge(plot: plot)) }
  }

  private func same(_ one: Judgement, _ two: Judgement) {
    #expect(one.verdict == two.verdict, "\(one.subject)")
    #expect(Set(one.reasons) == Set(two.reasons), "\(one.subject)")
  }

  private func checkSheets(_ one: RandomHistory, _ two: RandomHistory) throws {
    let (lines, expected) = (one.movements, two.movements)
    let months = try (1...12).map {
      try Make.unwrap(BalancePeriod(month: "2026-" + ($0 < 10 ? "0" : "") + "\($0)"))
    }
    for holder in Set(expected.map(\.holder)) {
      for month in months {
        #expect(
          try BalanceSheet.make(try lines.sums(of: holder, month))
            == BalanceSheet.make(try expected.sums(of: holder, month)))
      }
    }
  }
}
