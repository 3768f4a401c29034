import Application
import Foundation
import PostgreSQL
import Testing

/// What is mended in a plot is said, and what was received stays.
@Suite(.serialized) struct MendedPlotTests {
  private static let original =
    "[[-76.5120000,-8.1230000,412.50],[-76.5110000,-8.1231000,413.00],"
    + "[-76.5110000,-8.1231000,413.00],[-76.5111000,-8.1220000,415.25],"
    + "[-76.5121000,-8.1221000,411.75],[-76.5120000,-8.1230000,412.50]]"

  private func feature(_ code: String, _ ring: String) -> String {
    "{\"type\":\"Feature\",\"properties\":{\"codigo\":\"\(code)\",\"pais\":\"PE\"},"
      + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[\(ring)]}}"
  }

  @Test func `given a plot to mend when imported then it is said and the original is kept`()
    async throws
  {
    let workshop = try await Workshop.open()
    let path = try workshop.file("parcelas.geojson", feature("P-1", Self.original))
    let report = try await workshop.take(path)
    #expect(report.outcome == .taken, "\(report.problems.map(\.en))")
    let codes = Set(report.notices.map(\.code))
    #expect(codes.isSuperset(of: ["G01.further-numbers-dropped", "G03.duplicate-positions"]))
    #expect(report.notices.allSatisfy { $0.row == 1 && !$0.es.isEmpty && !$0.en.isEmpty })

    let text = "{\"type\":\"Polygon\",\"coordinates\":[\(Self.original)]}"
    let session = try await Session.connect(workshop.target)
    let rows = try await session.query(
      """
      SELECT 1 FROM raiz.attachments a JOIN raiz.events e
        ON strpos(convert_from(e.bytes, 'UTF8'), encode(a.digest, 'hex')) > 0
      WHERE a.bytes = \(Array(text.utf8))
      """)
    #expect(rows.count == 1)
    await session.close()
    let stored = try await workshop.everythingStored()
    #expect(stored.contains("\"checks\":\"raiz-geometry/1\""))
    await workshop.close()
  }

  @Test func `given one outline begun elsewhere when another claims it then it is refused`()
    async throws
  {
    let workshop = try await Workshop.open()
    let corners = [
      "[-76.512,-8.123]", "[-76.511,-8.1231]", "[-76.5111,-8.122]", "[-76.5121,-8.1221]",
    ]
    let ring = { (first: Int) in
      let turned = corners[first...] + corners[..<first]
      return "[" + (turned + turned.prefix(1)).joined(separator: ",") + "]"
    }
    let producers = "codigo;nombre\nA;Rosa\nB;Juan\n"
    _ = try await workshop.take(try workshop.file("productores.csv", producers))
    let first = try await workshop.take(try workshop.file("a.geojson", feature("P-1", ring(0)))) {
      $0.producer = "A"
    }
    #expect(first.outcome == .taken, "\(first.problems.map(\.en))")
    let second = try await workshop.take(try workshop.file("b.geojson", feature("P-2", ring(2)))) {
      $0.producer = "B"
    }
    #expect(second.outcome == .refused)
    await workshop.close()
  }
}
