import Application
import Foundation
import Ledger
import Testing
import Traceability
import ValueTypes

/// Clients that repeat what they were not answered, and many of them at once.
@Suite(.serialized) struct RepeatedActTests {
  @Test func `given an act repeated under its key then it gets the receipt of the first time`()
    async throws
  {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    let raiz = workshop.raiz
    func blend(_ grams: Int64, key: String) async throws -> CommitReceipt {
      let draw = LotDraw(lot: try LotCode("EPB-K-0001-251"), grams: try Grams(grams))
      let act = Command.Blend(
        lot: try LotCode("EPB-R-1"), holder: try OrganisationCode("EPB"), inputs: [draw])
      let moment = try #require(Timestamp("2026-05-04T10:00:00-05:00"))
      return try await raiz.record(.blend(act), occurredAt: moment, key: key, recordedBy: "test")
    }
    let first = try await blend(1_000, key: "k")
    let again = try await blend(1_000, key: "k")
    #expect(again.duplicate && again.firstPosition == first.firstPosition)
    #expect(again.checkpoint == first.checkpoint)
    await #expect(throws: Refusal.self) { try await blend(1_000, key: "other") }
    await #expect(throws: LedgerError.keyReused(key: try CommitKey("k"))) {
      try await blend(2_000, key: "k")
    }
    #expect(try await raiz.audit().isSound)
    await workshop.close()
  }

  @Test(.timeLimit(.minutes(10)))
  func `given more clients than sessions then none waits for another for ever`() async throws {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    let file = try workshop.file(
      "organizaciones.csv", "codigo;nombre;tipo;pais\nEXP;Exporta;exporter;PE\n")
    _ = try await workshop.take(file)
    let moment = try #require(Timestamp("2026-05-04T10:00:00-05:00"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<60 {
        group.addTask {
          let opened = ShipmentOpened(
            shipment: try ShipmentCode("E-\(number)"), exporter: try OrganisationCode("EXP"),
            importerName: nil, destination: "NL")
          _ = try await raiz.record(
            .openShipment(opened), occurredAt: moment, key: nil, recordedBy: "test")
        }
      }
      try await group.waitForAll()
    }
    #expect(try await raiz.audit().isSound)
    await workshop.close()
  }
}
