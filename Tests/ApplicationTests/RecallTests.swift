import Foundation
import Ledger
import ReadModels
import Testing
import Traceability
import ValueTypes

@testable import Application

/// Recall lists, and a ledger judged again.
@Suite(.serialized) struct RecallTests {
  private func whole(_ raiz: Raiz) async throws -> World {
    var world = World()
    try await raiz.reader.forEachBatch(from: 0, to: try await raiz.reader.size()) { events in
      try await LedgerFold.apply(events, to: &world)
    }
    return world
  }

  @Test func `given a sample when recalled and judged again then all of it and nothing else`()
    async throws
  {
    let shop = try await Workshop.open()
    _ = try await shop.sample()
    try await checkLists(shop.raiz)
    try await checkJudging(shop.raiz)
    try await checkContacts(shop.raiz)
    await shop.close()
  }

  /// Of every plot: all lots, shipments and buyers, and no contact for nobody.
  private func checkLists(_ raiz: Raiz) async throws {
    let world = try await whole(raiz)
    let provenance = Provenance(world: world)
    var shipped = 0
    for (code, plot) in world.plots where !plot.harvests.isEmpty {
      let expected = provenance.downstream(of: plot.harvests.map(\.lot))
      let recall = try await raiz.recall(.plot(code), reach: .nobody)
      #expect(recall.lots.map(\.lot) == expected.lots)
      #expect(recall.shipments.map(\.shipment) == expected.shipments)
      let organisations = Set(recall.organisations.map(\.organisation))
      for lot in recall.lots {
        let state = try #require(world.lots[lot.lot])
        #expect(lot.grams == state.grams.value && lot.holder == state.holder.description)
        if case .purchased(let event) = state.origin {
          #expect(organisations.contains(event.buyer))
        }
        for receipt in state.receipts { #expect(organisations.contains(receipt.value.by)) }
      }
      for shipment in recall.shipments { #expect(organisations.contains(shipment.exporter)) }
      #expect(recall.organisations.allSatisfy { $0.email == nil && $0.address == nil })
      #expect(recall.organisations.allSatisfy { $0.name != nil && !$0.roles.isEmpty })
      #expect(recall.producers.allSatisfy { $0.person == nil })
      shipped += recall.shipments.count
    }
    #expect(shipped > 0)
  }

  /// Only those who may reach contacts have them.
  private func checkContacts(_ raiz: Raiz) async throws {
    let world = try await whole(raiz)
    let plot = try #require(world.plots.filter { !$0.value.harvests.isEmpty }.keys.min())
    let organisations = try await raiz.recall(.plot(plot), reach: .organisations)
    let registered = organisations.organisations.compactMap { world.organisations[$0.organisation] }
    #expect(organisations.organisations.map(\.email) == registered.map(\.email))
    #expect(organisations.producers.allSatisfy { $0.person == nil })
    let people = try await raiz.recall(.plot(plot), reach: .people)
    let owner = try #require(people.producers.first { $0.person != nil })
    #expect(owner.person?.name?.isEmpty == false)
    _ = try await raiz.erase(owner.producer, reason: nil, recordedBy: "test")
    let erased = try await raiz.recall(.plot(plot), reach: .people)
    #expect(erased.producers.first { $0.producer == owner.producer }?.person == nil)
    await #expect(throws: ApplicationError.self) {
      try await raiz.recall(.shipment(try .init("X")), reach: .people)
    }
  }

  /// By another policy or without a map, in one pass as lot by lot.
  private func checkJudging(_ raiz: Raiz) async throws {
    let world = try await whole(raiz)
    let same = try await raiz.judgeAgain(by: raiz.policy)
    #expect(same.changes == [] && same.before == same.after)
    #expect(same.before == (try await raiz.verdictCounts()))
    let size = try await raiz.reader.size()
    let map = try #require(world.datasets.keys.min())
    for (policy, maps) in [
      (try await raiz.policy(named: "rspo"), []), (try await raiz.policy(named: "eudr-1"), []),
      (raiz.policy, [map]),
    ] {
      let judged = try await raiz.judgeAgain(by: policy, superseding: maps)
      let judge = Judge(world: world.leavingOut(Set(maps)), policy: policy)
      let kept = Judge(world: world, policy: raiz.policy)
      var expected: [JudgedAgain.Change] = []
      for lot in world.lots.keys.sorted() {
        let (before, after) = (kept.judge(lot: lot).verdict, judge.judge(lot: lot).verdict)
        if before != after {
          expected.append(.init(subject: "lot:\(lot)", before: before, after: after))
        }
      }
      #expect(judged.changes.filter { $0.subject.hasPrefix("lot:") } == expected)
      #expect(judged.before == same.before && judged.after.total == same.before.total)
      #expect(judged.plotsJudged == world.plots.count)
    }
    let lost = try await raiz.judgeAgain(by: raiz.policy, superseding: [map])
    #expect(lost.after.deforestationFree < lost.before.deforestationFree)
    #expect(try await raiz.reader.size() == size)
    await #expect(throws: ApplicationError.self) {
      try await raiz.judgeAgain(by: raiz.policy, superseding: [try .init("nada")])
    }
  }
}
