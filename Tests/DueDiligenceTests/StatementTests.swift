import DueDiligence
import FoundationEssentials
import Land
import Ledger
import Testing
import Traceability
import ValueTypes

struct StatementTests {
  private let code = "DDS-1"

  private func draft(_ scenario: Scenario) throws -> DraftedStatement {
    try Statement.draft(
      code: try StatementCode(code), shipment: try ShipmentCode(Scenario.shipment),
      world: scenario.ledger.world, inputs: scenario.inputs())
  }

  @Test func `given a proven shipment when drafted then masses, plots and dates follow it`()
    throws
  {
    let scenario = try Scenario()
    let statement = try draft(scenario)
    #expect(statement.event.plots.map(\.text) == ["P-1", "P-2", "P-3"])
    #expect(statement.event.commodities.count == 1)
    let commodity = try #require(statement.event.commodities.first)
    #expect(commodity.hsHeading == "180100")
    #expect(commodity.scientificName == "Theobroma cacao")
    #expect(commodity.netGrams == (try Grams(190_000)))
    #expect(statement.event.producedFrom.description == "2026-04-11")
    #expect(statement.event.producedTo.description == "2026-04-15")
    #expect(statement.event.geoJSONDigest == MerkleTree.digest(statement.geoJSON))
    #expect(try draft(scenario) == statement, "the same world gives the same bytes")
  }

  @Test func `given a draft then its document holds what Annex II asks`() throws {
    let scenario = try Scenario()
    let statement = try draft(scenario)
    let document = try JSONDecoder().decode(
      StatementDocument.self, from: Data(statement.document))
    #expect(document.exporter.name == "Exportadora")
    #expect(document.exporter.taxIdentifier == "20123456789")
    #expect(document.exporter.address == "Jr. Lima 1, Tocache")
    #expect(document.importer == "Schokolade GmbH")
    #expect(document.destination == "DE")
    #expect(document.commodities.first?.netKilograms == "190.000")
    #expect(document.countriesOfProduction == ["PE"])
    #expect(document.plotCount == 3)
    #expect(document.producerCount == 3)
    #expect(!document.exceedsProducerLimit)
    #expect(document.verdict == .deforestationFree)
    #expect(document.policyName == "eudr")
    #expect(
      document.plots.map(\.hectares) == [
        document.plots[0].hectares, document.plots[1].hectares, "2.0000",
      ])
    #expect(document.restsOn.contains { $0.description == "shipment:EMB-1@3" })
    #expect(document.geoJSON.bytes == statement.geoJSON.count)
  }

  @Test func `given an unproven shipment then the draft is refused with every reason`() throws {
    let scenario = try Scenario(withTenure: false)
    do {
      _ = try draft(scenario)
      Issue.record("a statement over an unproven shipment")
    } catch let error as StatementError {
      guard case .refused(let refusal, let judgement) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(refusal.code == .notProven)
      #expect(refusal.subject == scenario.shipmentStream)
      #expect(refusal.figures["code"] == "EMB-1")
      #expect(refusal.figures["verdict"] == "insufficient-evidence")
      let reasons = try #require(refusal.figures["reasons"])
      for plot in ["P-1", "P-2", "P-3"] { #expect(reasons.contains("plot:\(plot): A tenure")) }
      #expect(judgement?.reasons.map(\.code) == [.tenureMissing, .tenureMissing, .tenureMissing])
      #expect(error.message(in: .spanish).contains("Falta un documento de tenencia"))
    }
  }

  @Test func `given loss on one plot of a blend then the shipment is refused`() throws {
    let scenario = try Scenario(lossOn: "P-2")
    #expect(throws: StatementError.self) { try draft(scenario) }
    let untouched = try Scenario(lossOn: "P-4")
    #expect(try draft(untouched).event.plots.count == 3, "P-4 is not in this shipment")
  }

  @Test func `given other geometry, none, an unknown shipment or a used code then it says so`()
    throws
  {
    let scenario = try Scenario()
    func failure(
      _ change: (inout StatementInputs) -> Void, shipment: String = Scenario.shipment,
      world: World? = nil
    ) throws -> String? {
      var inputs = scenario.inputs()
      change(&inputs)
      do {
        _ = try Statement.draft(
          code: try StatementCode(code), shipment: try ShipmentCode(shipment),
          world: world ?? scenario.ledger.world, inputs: inputs)
        return nil
      } catch let error as StatementError {
        #expect(!error.message(in: .english).isEmpty && !error.message(in: .spanish).isEmpty)
        return error.code
      }
    }
    let other = try Scenario.square(-76, -8)
    #expect(try failure { $0.geometry = { _ in nil } } == "statement-geometry-missing")
    #expect(try failure { $0.geometry = { _ in other } } == "statement-geometry-differs")
    #expect(try failure({ _ in }, shipment: "NONE") == "unknown-shipment")
    var world = scenario.ledger.world
    let event = try draft(scenario).event
    let moment = try #require(Timestamp(microseconds: 0))
    world.apply(
      .statementDrafted(event), stream: .statement(event.statement), version: 1,
      occurredAt: moment)
    #expect(try failure({ _ in }, world: world) == "already-recorded")
    #expect(try failure({ $0.place = { _ in "x" } }, world: world) == "code-used")
  }
}
