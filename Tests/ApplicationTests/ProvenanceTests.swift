import Foundation
import Ledger
import PostgreSQL
import ReadModels
import Testing
import Traceability
import ValueTypes

@testable import Application

/// The graph in memory says what the log and the tables say, and is never behind them.
@Suite(.serialized) struct ProvenanceTests {
  private func whole(_ raiz: Raiz) async throws -> World {
    var world = World()
    try await raiz.reader.forEachBatch(from: 0, to: try await raiz.reader.size()) { events in
      try await LedgerFold.apply(events, to: &world)
    }
    return world
  }

  private func table(
    _ sql: SQL, _ raiz: Raiz
  ) async throws -> [String: Int16] {
    let rows = try await raiz.pool.withSession { session in try await session.query(sql) }
    return Dictionary(
      uniqueKeysWithValues: try rows.map {
        (try $0.decode(0, as: String.self), try $0.decode(1, as: Int16.self))
      })
  }

  /// Holds every lot of the graph against the domain and the tables.
  private func compare(_ raiz: Raiz) async throws {
    let world = try await whole(raiz)
    let provenance = Provenance(world: world)
    let judge = Judge(world: world, policy: raiz.policy)
    let lots = try await table("SELECT code, rank FROM raiz_read.lots", raiz)
    let shipments = try await table("SELECT code, rank FROM raiz_read.shipments", raiz)
    var wrong: [String] = []
    for code in world.lots.keys {
      let found = try await raiz.origins(of: .lot(code), page: .whole)
      let expected = provenance.origins(of: code)
      let shares = found.plots.filter { $0.grams > 0 }.map { ($0.plot, $0.grams) }
      let plots = expected.plots.map { ($0.key.text, $0.value) }
      let isSame =
        Dictionary(uniqueKeysWithValues: shares) == Dictionary(uniqueKeysWithValues: plots)
        && found.unknownGrams == expected.unknownGrams
        && found.plots.count == provenance.upstream(of: [code]).plots.count
        && found.lotCount == provenance.upstream(of: [code]).lots.count - 1
      let below = provenance.downstream(of: [code])
      let down = try await raiz.downstream(of: .lot(code), page: .whole)
      let isSameBelow =
        down.items.map(\.subject)
        == (below.lots.filter { $0 != code }.map { "lot:\($0)" }
          + below.shipments.map { "shipment:\($0)" })
      let rank = VerdictRank.rank(found.verdict)
      if !isSame || !isSameBelow || rank != lots[code.text]
        || found.verdict != judge.judge(lot: code).verdict
      {
        wrong.append(code.text)
      }
    }
    for code in world.shipments.keys {
      let found = try await raiz.origins(of: .shipment(code), page: .whole)
      if VerdictRank.rank(found.verdict) != shipments[code.text]
        || found.verdict != judge.judge(shipment: code).verdict
      {
        wrong.append(code.text)
      }
    }
    #expect(wrong == [])
    #expect(world.lots.count > 50)
  }

  @Test func `given a sample then origins, downstream and verdicts are those of log and tables`()
    async throws
  {
    let shop = try await Workshop.open()
    _ = try await shop.sample()
    try await compare(shop.raiz)
    #expect(await shop.raiz.provenance.loads == 1)
    // A large lot's answer is the bytes that an encoder gives.
    let code = try #require(try await whole(shop.raiz).lots.keys.max())
    let origins = try await shop.raiz.origins(of: .lot(code))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(
      try await shop.raiz.originsJSON(of: .lot(code)) == Array(try encoder.encode(origins)))
    let plot = try #require(origins.plots.first)
    let below = try await shop.raiz.downstream(of: StreamKey(kind: .plot, code: plot.plot))
    #expect(below.json() == Array(try encoder.encode(below)))
    #expect(below.items.map(\.subject).contains("lot:\(code)"))
    try await checkPages(shop)
    await shop.close()
  }

  @Test func `given acts, rebuilds and a restore when asked then nothing answered is stale`()
    async throws
  {
    let shop = try await Workshop.open()
    _ = try await shop.sample(plots: 50)
    let raiz = shop.raiz
    let world = try await whole(raiz)
    let lot = try #require(
      world.lots.values.filter { $0.grams.value > 10_000 && $0.transit == nil }
        .filter { if case .organisation = $0.holder { true } else { false } }
        .min { $0.code < $1.code })
    guard case .organisation(let holder) = lot.holder else { return }
    let plot = try #require(try await raiz.origins(of: .lot(lot.code)).plots.first)
    let loads = await raiz.provenance.loads
    for number in 1...3 {
      let part = try LotCode("PARTE-\(number)")
      let receipt = try await raiz.record(
        .split(
          .init(
            source: lot.code, holder: holder,
            parts: [LotDraw(lot: part, grams: try Grams(1_000))])),
        occurredAt: raiz.now(), key: nil, recordedBy: "test")
      let origins = try await raiz.origins(of: .lot(part))
      #expect(origins.position > receipt.firstPosition)
      #expect(origins.grams == 1_000 && !origins.plots.isEmpty)
      let below = try await raiz.downstream(of: StreamKey(kind: .plot, code: plot.plot))
      #expect(below.items.contains { $0.subject == "lot:\(part)" })
    }
    _ = try await raiz.record(
      .raiseFinding(
        FindingRaised(
          finding: try .init("duda-1"), kind: .raisedByPerson, severity: .doubt,
          subjects: [.plot(try PlotCode(plot.plot))], restsOn: [], figures: ["reason": "x"])),
      occurredAt: raiz.now(), key: nil, recordedBy: "test")
    #expect(try await raiz.origins(of: .lot(lot.code)).verdict >= .insufficientEvidence)
    // All that was followed, not loaded.
    #expect(await raiz.provenance.loads == loads)
    try await compare(raiz)

    _ = try await raiz.projector.rebuild()
    try await compare(raiz)
    #expect(await raiz.provenance.loads == loads + 1)
    // Tables of an older state, as a restore leaves them.
    let size = try await raiz.reader.size()
    try await raiz.pool.withSession { session in
      _ = try await session.execute(
        "UPDATE raiz_read.projections SET position = position - 2")
    }
    #expect(try await raiz.origins(of: .lot(lot.code)).position == size)
    try await compare(raiz)
    await shop.close()
  }

  /// Pages followed are the whole; a wrong cursor is refused.
  private func checkPages(_ shop: Workshop) async throws {
    var most = StreamKey.lot(try .init("none"))
    var count = 0
    for code in try await whole(shop.raiz).lots.keys {
      let origins = try await shop.raiz.origins(of: .lot(code), page: .whole)
      if origins.plotCount > count { (most, count) = (.lot(code), origins.plotCount) }
    }
    #expect(count > 3)
    let whole = try await shop.raiz.origins(of: most, page: .whole)
    var plots: [ProvenanceOrigins.Share] = []
    var after: String?
    repeat {
      let page = try await shop.raiz.origins(of: most, page: PageRequest(limit: 2, after: after))
      plots += page.plots
      after = page.next
    } while after != nil
    #expect(plots == whole.plots)
    #expect(plots.reduce(whole.unknownGrams) { $0 + $1.grams } == whole.grams)
    await #expect(throws: ApplicationError.self) {
      try await shop.raiz.origins(of: most, page: PageRequest(after: "NADA"))
    }
    await #expect(throws: ApplicationError.self) {
      try await shop.raiz.downstream(of: .plot(try .init("NADA")))
    }
  }
}
