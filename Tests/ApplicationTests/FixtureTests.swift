import Application
import Foundation
import TestSupport
import Testing
import Traceability

/// Real files of others, taken or refused as their names say.
@Suite(.serialized) struct FixtureTests {
  @Test func `given fifty real plots when imported then all stand in the ledger`() async throws {
    let workshop = try await Workshop.open()
    let path = try sharedData("eudr/geojson-samples/whisp_example_polys.geojson").path
    let report = try await workshop.take(path)
    #expect(report.outcome == .taken, "\(report.problems.prefix(3).map(\.en))")
    #expect(report.acts == 50)
    let again = try await workshop.take(path)
    #expect(again.outcome == .unchanged && again.unchanged == 50)
    await workshop.close()
  }

  @Test(
    arguments: [
      ("valid__multipolygon-farm.geojson", nil), ("valid__point-under-4ha.geojson", nil),
      ("valid__polygon-over-4ha.geojson", nil),
      ("invalid__duplicate-ring.geojson", "G02"),
      ("invalid__feature-without-geometry.geojson", "G01.geometry-missing"),
      ("invalid__latitude-out-of-range.geojson", "G01.out-of-range"),
      ("invalid__missing-plot-id.geojson", "plot.code-missing"),
      ("invalid__reversed-lat-lon.geojson", "G01.axes-swapped"),
      ("invalid__self-intersecting-polygon.geojson", "G02.self-intersection"),
      ("invalid__unclosed-ring.geojson", "G01.ring-not-closed"),
      ("invalid__swapped-coordinate-columns.csv", "G01"), ("invalid__malformed.kml", ""),
    ] as [(String, String?)])
  func `given a fixture when imported then as its name says`(
    name: String, code: String?
  ) async throws {
    let workshop = try await Workshop.open()
    let before = try await workshop.size()
    let path = try sharedData("eudr/geojson-fixtures-vancebw/" + name).path
    let report = try await workshop.take(path)
    if let code {
      #expect(report.outcome == .refused)
      #expect(report.problems.contains { $0.code.hasPrefix(code) }, "\(report.problems)")
      #expect(report.problems.allSatisfy { !$0.es.isEmpty && !$0.en.isEmpty })
      #expect(try await workshop.size() == before)
    } else {
      #expect(report.outcome == .taken, "\(report.problems.map(\.en))")
    }
    await workshop.close()
  }

  @Test(arguments: [
    "official_typeI_single_producer.geojson", "official_typeII_multiple_producers.geojson",
  ])
  func `given an official sample when imported then it is taken`(name: String) async throws {
    let workshop = try await Workshop.open()
    let report = try await workshop.take(try sharedData("eudr/geojson-samples/" + name).path)
    #expect(report.outcome == .taken, "\(report.problems.prefix(3).map(\.en))")
    await workshop.close()
  }

  @Test func `given an outline too long for its event when overlapped then it is seen`()
    async throws
  {
    let workshop = try await Workshop.open()
    // A comb of 3,000 corners about a kilometre wide, and a plot across its teeth.
    var ring: [String] = []
    for tooth in 0..<1_500 {
      let west = -76.5 + Double(tooth) * 0.000_01
      ring.append(String(format: "[%.6f,-8.2000%02d]", west, tooth % 7 + 10))
      ring.append(String(format: "[%.6f,-8.2001%02d]", west + 0.000_005, tooth % 5 + 10))
    }
    ring.append("[-76.485,-8.19]")
    ring.append("[-76.5,-8.19]")
    ring.append(ring[0])
    func file(_ code: String, _ ring: [String]) -> String {
      "{\"type\":\"Feature\",\"properties\":{\"codigo\":\"\(code)\",\"pais\":\"PE\"},"
        + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[\(ring.joined(separator: ","))]]}}"
    }
    let long = try await workshop.take(try workshop.file("a-parcelas.geojson", file("LARGA", ring)))
    #expect(long.outcome == .taken, "\(long.problems.map(\.en))")
    let square = [
      "[-76.495123,-8.195123]", "[-76.490123,-8.195123]", "[-76.490123,-8.191123]",
      "[-76.495123,-8.191123]", "[-76.495123,-8.195123]",
    ]
    let second = try await workshop.take(
      try workshop.file("b-parcelas.geojson", file("CRUZA", square)))
    #expect(second.outcome == .taken, "\(second.problems.map(\.en))")
    let reasons = try await workshop.raiz.judgement(of: .plot(try PlotCode("CRUZA"))).reasons
    #expect(reasons.contains { $0.figures["kind"] == "plot-overlap" }, "\(reasons)")
    await workshop.close()
  }
}
