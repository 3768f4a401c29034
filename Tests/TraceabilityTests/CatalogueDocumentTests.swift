import Foundation
import Testing
import Traceability

/// `docs/events.md` names everything that the code can write.
@Suite struct CatalogueDocumentTests {
  private func document() throws -> String {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    repeat {
      folder.deleteLastPathComponent()
    } while folder.path != "/"
      && !FileManager.default.fileExists(atPath: folder.path + "/docs/events.md")
    let data = try #require(FileManager.default.contents(atPath: folder.path + "/docs/events.md"))
    return String(decoding: data, as: UTF8.self)
  }

  @Test func `given the catalogue when read then no event, field, finding or refusal is missing`()
    throws
  {
    let text = try document()
    var ledger = try Scenario()
    try ledger.givenParties()
    try ledger.givenPlot("A", forest: 0.5, loss: 0.3)
    try ledger.givenHarvest("H", plot: "A")
    try ledger.givenPurchase("C", from: "H", grams: 100_000)
    try ledger.when(
      .dispatch(.init(lot: try .init("C"), from: try .init("COOP"), to: try .init("EXP"))))
    try ledger.when(
      .receive(.init(lot: try .init("C"), by: try .init("EXP"), weighedGrams: try Grams(90_000))))
    for event in ledger.recorded {
      #expect(text.contains("## `\(event.event.type)`"), "\(event.event.type)")
      let object = try JSONSerialization.jsonObject(with: Data(event.event.encoded()))
      for field in try #require(object as? [String: Any]).keys {
        #expect(text.contains("| `\(field)` |"), "\(event.event.type) \(field)")
      }
    }
    for kind in FindingKind.allCases { #expect(text.contains("| `\(kind.rawValue)` |")) }
    for code in Refusal.Code.allCases { #expect(text.contains("| `\(code.rawValue)` |")) }
    for type in [
      "lot.blended", "lot.split", "lot.processed", "lot.drawn", "lot.rejected", "lot.adjusted",
      "shipment.opened", "shipment.lot-loaded", "shipment.sealed", "shipment.exported",
      "statement.drafted", "policy.registered", "finding.reviewed",
    ] {
      #expect(text.contains("## `\(type)`"), "\(type)")
    }
  }
}
