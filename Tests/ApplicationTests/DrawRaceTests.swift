import Application
import Foundation
import Ledger
import ReadModels
import Testing
import Traceability
import ValueTypes

/// Two clerks draw the last kilograms of a lot at once, again and again, from two servers.
@Suite(.serialized) struct DrawRaceTests {
  /// `scripts/races` asks for more.
  private static let races =
    ProcessInfo.processInfo.environment["RAIZ_RACES"].flatMap { Int($0) } ?? 48
  private static let atOnce = 24
  private static let held: Int64 = 10_000
  private static let wanted: Int64 = 7_000

  private func ready(_ workshop: Workshop) async throws {
    let raiz = workshop.raiz
    let now = try #require(Timestamp("2026-05-01T12:00:00-05:00"))
    func record(_ command: Command) async throws {
      _ = try await raiz.record(command, occurredAt: now, key: nil, recordedBy: "test")
    }
    for code in ["A", "B"] {
      try await record(
        .registerOrganisation(
          OrganisationRegistered(
            organisation: try .init(code), name: code, kind: .cooperative, country: "PE")))
    }
    try await record(
      .registerProducer(
        ProducerRegistered(
          producer: try .init("P"), organisation: nil, district: nil, person: nil)))
    let digest = try #require(SHA256Digest([UInt8](repeating: 7, count: 32)))
    try await record(
      .registerPlot(
        PlotRegistered(
          plot: try .init("PLOT"), producer: try .init("P"), commodities: ["cocoa"],
          country: "PE", district: nil, declaredSquareMetres: nil, plantedYear: 2_000,
          geometry: GeometryRecord(
            digest: digest, form: .polygon, squareMetres: 9_000_000, vertices: 5,
            geoJSON:
              "{\"type\":\"Polygon\",\"coordinates\":[[[-76.5,-8.2],[-76.4,-8.2],[-76.4,-8.1],"
              + "[-76.5,-8.2]]]}"))))
    var rows = "lote;parcela;productor;producto;peso_kg;desde;hasta\n"
    for number in 0..<Self.races {
      rows += "H\(number);PLOT;P;cocoa-wet-beans;10;2026-05-01;2026-05-01\n"
    }
    let report = try await workshop.take(try workshop.file("cosechas.csv", rows))
    #expect(report.outcome == .taken, "\(report.problems.prefix(3).map(\.en))")
  }

  /// What one clerk gets: nil for the mass, or what the refusal says is left.
  private func draw(_ raiz: Raiz, _ number: Int, by buyer: String) async throws -> String? {
    do {
      _ = try await raiz.record(
        .purchase(
          Command.Purchase(
            lot: try .init("\(buyer)-\(number)"), buyer: try .init(buyer),
            seller: .producer(try .init("P")), product: try .init("cocoa-wet-beans"),
            inputs: [LotDraw(lot: try .init("H\(number)"), grams: try Grams(Self.wanted))])),
        occurredAt: raiz.now(), key: nil, recordedBy: buyer)
      return nil
    } catch let refusal as Refusal where refusal.code == .overdrawn {
      return refusal.figures["holds"] ?? "?"
    }
  }

  @Test func `given the last kilograms when two draw at once then one wins and the other is told`()
    async throws
  {
    let workshop = try await Workshop.open()
    let second = try await Workshop.open(workshop.target, workshop.folder)
    try await ready(workshop)
    let left = try Grams(Self.held - Self.wanted).description
    try await withThrowingTaskGroup(of: (String?, String?).self) { group in
      func race(_ number: Int) {
        group.addTask {
          async let one = draw(workshop.raiz, number, by: "A")
          async let other = draw(number.isMultiple(of: 2) ? workshop.raiz : second, number, by: "B")
          return (try await one, try await other)
        }
      }
      for number in 0..<min(Self.atOnce, Self.races) { race(number) }
      var next = Self.atOnce
      for try await (one, other) in group {
        #expect((one == nil) != (other == nil) && (one ?? other) == left)
        if next < Self.races { race(next) }
        next += 1
      }
    }
    let audit = try await workshop.raiz.audit()
    #expect(audit.isSound, "\(audit.ledger.discrepancies) \(audit.readModels.differences)")
    await second.close()
    await workshop.close()
  }
}
