import Application
import Foundation
import Land
import Ledger
import PostgreSQL
import ReadModels
import TestSupport
import Testing
import Traceability
import ValueTypes

/// Evidence that changes over a whole ledger: new maps, corrected outlines, assessments made again.
@Suite(.serialized) struct EvidenceTests {
  /// Of the sample's files the last about land: organisations, producers, maps, plots, tenure.
  private static let land = 5

  /// A map as wide as the sample's forest map, every cell of one value.
  private func uniformMap(_ value: UInt8, in workshop: Workshop) async throws -> String {
    let all = try await workshop.raiz.datasetSummaries()
    let extent = try #require(all.first).registered.extent
    let path = workshop.folder + "/all-\(value).tif"
    let cell = 0.001
    let grid = RasterGrid(
      west: extent[0], north: extent[3], cellWidth: cell, cellHeight: cell,
      columns: Int(((extent[2] - extent[0]) / cell).rounded(.up)),
      rows: Int(((extent[3] - extent[1]) / cell).rounded(.up)))
    try RasterWriter.write(to: path, grid: grid) { window in
      [UInt8](repeating: value, count: window.columns * window.rows)
    }
    return path
  }

  private func request(
    _ name: String, _ kind: String, _ path: String, _ meaning: String?
  ) -> DatasetRequest {
    DatasetRequest(
      name: name, kind: kind, version: "1", licence: "CC0", source: "test", path: path,
      meaning: meaning)
  }

  /// A proven lot made from one plot alone, and that plot.
  private func provenLot(_ raiz: Raiz) async throws -> (lot: LotCode, plot: PlotCode) {
    let page = try await raiz.lots(LotFilter(verdict: .deforestationFree, limit: 200))
    for lot in page.lots {
      let trace = try await raiz.trace(.lot(lot.code))
      if trace.upstreamPlots.count == 1 { return (lot.code, trace.upstreamPlots[0]) }
    }
    throw Missing()
  }

  private struct Missing: Error {}

  @Test func `given a new map when assessed then all downstream is judged again and listed`()
    async throws
  {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample()
    let (lot, plot) = try await provenLot(raiz)
    let map = try await uniformMap(1, in: workshop)
    let added = try await raiz.addDataset(
      request("all-forest", "forest-2020", map, "values 1"), recordedBy: "steward")
    #expect(added.dataset.reading == .values([1]))
    let size = Int64(try await workshop.size())
    let report = try await raiz.assessor.assessAll(recordedBy: "test")
    #expect(report.failed.isEmpty && report.assessed > 50)
    #expect(report.again == report.assessed && report.from == size)
    #expect(try await raiz.judgement(of: .lot(lot)).verdict == .insufficientEvidence)
    #expect(try await raiz.plotsChanged(since: report.from).contains(plot))
    let affected = try await raiz.affected(by: [plot])
    let found = try #require(affected.lots.first { $0.code == lot })
    #expect(found.verdict == .insufficientEvidence && !found.holder.isEmpty)
    #expect(affected.plots.map(\.verdict) == [.insufficientEvidence])
    // What is done is not done twice.
    #expect(try await raiz.assessor.assessAll(recordedBy: "test").assessed == 0)
    // A person answers the doubt, with evidence, and the plot is proven again.
    let judgement = try await raiz.judgement(of: .plot(plot))
    let reason = try #require(judgement.reasons.first { $0.code == .treeCoverAtCutOff })
    let code = try FindingCode("tree-cover-at-cut-off/plot/\(plot)/\(reason.restsOn[0].version)")
    _ = try await raiz.review(
      FindingReviewed(
        finding: code, outcome: .dismissed, reviewer: "Ana", reason: "cacao de 1998 bajo sombra",
        evidence: [added.dataset.digest]), recordedBy: "Ana")
    #expect(try await raiz.judgement(of: .plot(plot)).verdict == .deforestationFree)
    #expect(try await raiz.judgement(of: .lot(lot)).verdict == .deforestationFree)
    // Superseded, it is used no more; the plots are looked at once again.
    _ = try await raiz.supersede(
      DatasetSuperseded(dataset: try .init("all-forest"), by: nil, reason: "wrong everywhere"),
      recordedBy: "steward")
    let last = try await raiz.assessor.assessAll(recordedBy: "test")
    #expect(last.again == report.assessed && !last.datasets.contains("all-forest"))
    #expect(try await raiz.judgement(of: .lot(lot)).verdict == .deforestationFree)
    let audit = try await raiz.audit()
    #expect(audit.isSound, "\(audit.ledger.discrepancies) \(audit.readModels.differences)")
    await workshop.close()
  }

  @Test func `given recorded assessments when made again then they are the same to the bit`()
    async throws
  {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample(last: Self.land)
    let before = Int64(try await workshop.size())
    let map = try await uniformMap(1, in: workshop)
    _ = try await raiz.addDataset(
      request("all-forest", "forest-2020", map, "values 1"), recordedBy: "steward")
    _ = try await raiz.assessor.assessAll(recordedBy: "test")
    let now = try await raiz.assessmentAgain.run(plots: nil, at: nil, maps: nil)
    #expect(now.isSame && now.checked > 50 && now.same == now.checked)
    #expect(now.datasets.contains("all-forest"))
    let then = try await raiz.assessmentAgain.run(plots: nil, at: before, maps: nil)
    #expect(then.isSame && then.checked == now.checked)
    #expect(!then.datasets.contains("all-forest") && !then.datasets.isEmpty)
    // A stranger's own copies, whatever they are called.
    let copies = workshop.folder + "/copies"
    try FileManager.default.createDirectory(
      atPath: copies, withIntermediateDirectories: true)
    for one in try await raiz.datasetSummaries() {
      try FileManager.default.copyItem(
        atPath: one.path, toPath: copies + "/\(one.registered.dataset)-copy.tif")
    }
    let plot = try await provenOrAnyPlot(raiz)
    #expect(try await raiz.assessmentAgain.run(plots: [plot], at: nil, maps: copies).isSame)
    // The data folder's map gone and the stranger's changed by a byte: it is not taken for it.
    let all = try #require(try await raiz.datasetSummaries().first { $0.path.hasSuffix(".tif") })
    let copy = copies + "/\(all.registered.dataset)-copy.tif"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: copy))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: copy))
    try FileManager.default.removeItem(atPath: all.path)
    await #expect(throws: ApplicationError.self) {
      try await raiz.assessmentAgain.run(plots: [plot], at: nil, maps: copies)
    }
    await workshop.close()
  }

  private func provenOrAnyPlot(_ raiz: Raiz) async throws -> PlotCode {
    try #require(try await raiz.plotsChanged(since: 0).first)
  }

  @Test func `given a dataset that is not as it must be then it is refused and nothing recorded`()
    async throws
  {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample(last: Self.land)
    let one = try await uniformMap(1, in: workshop)
    let two = try await uniformMap(2, in: workshop)
    _ = try await raiz.addDataset(
      request("mine", "cocoa-2020", one, "at-least 50"), recordedBy: "steward")
    let size = try await workshop.size()
    let changed = await #expect(throws: Refusal.self) {
      try await raiz.addDataset(
        request("mine", "cocoa-2020", two, "at-least 50"), recordedBy: "steward")
    }
    #expect(changed?.code == .datasetChanged)
    // The same bytes read another way are another dataset.
    let other = await #expect(throws: Refusal.self) {
      try await raiz.addDataset(
        request("mine", "cocoa-2020", one, "at-least 60"), recordedBy: "steward")
    }
    #expect(other?.code == .datasetChanged)
    for (kind, meaning) in [
      ("no-such-kind", "values 1"), ("cocoa-2020", nil), ("cocoa-2020", "year"),
      ("loss-year", "values 1"), ("forest-2020", nil), ("protected-area", "values 1"),
    ] {
      await #expect(throws: ApplicationError.self, "\(kind)") {
        try await raiz.addDataset(request("x", kind, one, meaning), recordedBy: "steward")
      }
    }
    await #expect(throws: VectorError.self) {
      try await raiz.addDataset(request("x", "protected-area", one, nil), recordedBy: "steward")
    }
    #expect(try await workshop.size() == size)
    await workshop.close()
  }

  @Test func `given a protected area over plots then its share and name are evidence`() async throws
  {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample(last: Self.land)
    let extent = try #require(try await raiz.datasetSummaries().first).registered.extent
    let middle = (extent[0] + extent[2]) / 2
    func layer(_ name: String, _ west: Double, _ east: Double) throws -> String {
      let ring = [
        (west, extent[1]), (east, extent[1]), (east, extent[3]), (west, extent[3]),
        (west, extent[1]),
      ].map { "[\($0.0),\($0.1)]" }.joined(separator: ",")
      return try workshop.file(
        "\(name).geojson",
        """
        {"type":"FeatureCollection","features":[{"type":"Feature",
        "properties":{"NOMBRE":"\(name)"},
        "geometry":{"type":"Polygon","coordinates":[[\(ring)]]}}]}
        """)
    }
    _ = try await raiz.addDataset(
      request("parks", "area-protegida", try layer("Parque", extent[0] - 1, middle), nil),
      recordedBy: "steward")
    _ = try await raiz.addDataset(
      request(
        "concessions", "conservation-concession", try layer("Lejos", 10, 11), nil),
      recordedBy: "steward")
    let report = try await raiz.assessor.assessAll(recordedBy: "test")
    #expect(report.failed.isEmpty && report.assessed > 50, "\(report.failed)")
    let policy = try await raiz.policy(named: "pur-eligibility")
    var inside = 0
    var outside = 0
    for plot in try await raiz.plotsChanged(since: report.from) {
      let judgement = try await raiz.judgement(of: .plot(plot), by: policy)
      let broken = judgement.reasons.contains { $0.figures["rule"] == "conservation" }
      #expect(!judgement.reasons.contains { $0.code == .datasetMissing })
      if broken { inside += 1 } else { outside += 1 }
      // The verdict under the usual policy knows no such rule.
      let usual = try await raiz.judgement(of: .plot(plot))
      #expect(!usual.reasons.contains { $0.code == .ruleBroken })
    }
    #expect(inside > 0 && outside > 0)
    #expect(try await raiz.assessmentAgain.run(plots: nil, at: nil, maps: nil).isSame)
    let audit = try await raiz.audit()
    #expect(audit.isSound, "\(audit.readModels.differences)")
    await workshop.close()
  }

  @Test func `given an outline that was wrong then only a correction with a reason changes it`()
    async throws
  {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample(last: Self.land)
    func file(_ east: Double) throws -> String {
      try workshop.file(
        "parcela.geojson",
        """
        {"type":"FeatureCollection","features":[{"type":"Feature",
        "properties":{"ProductionPlace":"NEW-1","ProducerCountry":"PE"},
        "geometry":{"type":"Polygon","coordinates":[[[-76.512311,-8.201217],
        [\(east),-8.201329],[-76.510123,-8.199371],[-76.512123,-8.199117],
        [-76.512311,-8.201217]]]}}]}
        """)
    }
    let plot = try PlotCode("NEW-1")
    #expect(try await workshop.take(try file(-76.510_311)).outcome == .taken)
    let size = try await workshop.size()
    let refused = try await workshop.take(try file(-76.510_611))
    #expect(refused.outcome == .refused)
    #expect(refused.problems.map(\.code) == ["code-used"], "\(refused.problems.map(\.code))")
    #expect(try await workshop.size() == size)
    _ = try await raiz.assessor.assessAll(recordedBy: "test")
    let before = Int64(try await workshop.size())
    let corrected = try await workshop.take(try file(-76.510_611)) {
      $0.correction = "surveyed again with two receivers"
    }
    #expect(corrected.outcome == .taken, "\(corrected.problems.map(\.en))")
    let stale = try await raiz.judgement(of: .plot(plot))
    #expect(stale.reasons.contains { $0.code == .assessmentOfOtherGeometry })
    let report = try await raiz.assessor.assessAll(recordedBy: "test")
    #expect(report.again == 1 && report.assessed == 1)
    #expect(try await raiz.plotsChanged(since: before) == [plot])
    let judged = try await raiz.judgement(of: .plot(plot))
    #expect(!judged.reasons.contains { $0.code == .assessmentOfOtherGeometry })
    // The assessment of the old outline comes out again too.
    #expect(
      try await raiz.assessmentAgain.run(plots: [plot], at: before, maps: nil).isSame)
    let audit = try await raiz.audit()
    #expect(audit.isSound, "\(audit.readModels.differences)")
    await workshop.close()
  }

  @Test func `given a mosaic then it stays where it lies and is known by all its files`()
    async throws
  {
    let workshop = try await Workshop.open()
    let raiz = workshop.raiz
    _ = try await workshop.sample(last: Self.land)
    let map = try await uniformMap(0, in: workshop)
    let grid = try RasterSource(path: map).grid
    let vrt = try workshop.file(
      "mosaic.vrt",
      """
      <VRTDataset rasterXSize="\(grid.columns)" rasterYSize="\(grid.rows)">
      <SRS>EPSG:4326</SRS>
      <GeoTransform>\(grid.west), \(grid.cellWidth), 0, \(grid.north), 0, -\(grid.cellHeight)\
      </GeoTransform>
      <VRTRasterBand dataType="Byte" band="1"><SimpleSource>
      <SourceFilename relativeToVRT="1">all-0.tif</SourceFilename><SourceBand>1</SourceBand>
      <SrcRect xOff="0" yOff="0" xSize="\(grid.columns)" ySize="\(grid.rows)"/>
      <DstRect xOff="0" yOff="0" xSize="\(grid.columns)" ySize="\(grid.rows)"/>
      </SimpleSource></VRTRasterBand></VRTDataset>
      """)
    let added = try await raiz.addDataset(
      request("mosaic", "primary-forest", vrt, nil), recordedBy: "steward")
    let shown = try #require(
      try await raiz.datasetSummaries().first { $0.registered.dataset.text == "mosaic" })
    #expect(shown.path == vrt && shown.isHere)
    #expect(added.dataset.digest != (try raiz.digest(ofFile: vrt)))
    _ = try await raiz.addDataset(
      request("mosaic-forest", "forest-2020", vrt, "values 1"), recordedBy: "steward")
    let plot = try await provenOrAnyPlot(raiz)
    func picture() async throws -> String {
      String(
        decoding: try await raiz.picture(of: plot, format: .svg, language: .english), as: UTF8.self)
    }
    #expect(try await picture().contains("mosaic-forest"))
    let report = try await raiz.assessor.assessAll(recordedBy: "test")
    #expect(report.failed.isEmpty && report.again > 50)
    // A member's byte is the mosaic's byte.
    _ = try await uniformMap(1, in: workshop)
    try FileManager.default.removeItem(atPath: map)
    try FileManager.default.moveItem(atPath: workshop.folder + "/all-1.tif", toPath: map)
    await #expect(throws: ApplicationError.self) {
      try await raiz.assessmentAgain.run(plots: nil, at: nil, maps: nil)
    }
    await #expect(throws: ApplicationError.self) { try await picture() }
    await workshop.close()
  }

  @Test func `given rows judged by another policy when read then they are built anew`() async throws
  {
    let workshop = try await Workshop.open()
    _ = try await workshop.sample()
    let before = try await workshop.raiz.verdictCounts()
    let session = try await Session.connect(workshop.target)
    // As an older program leaves them: its own policy's verdicts, and no word of the maps.
    try await session.execute("UPDATE raiz_read.projections SET policy = 'eudr-1'")
    try await session.execute("UPDATE raiz_read.plots SET own_rank = 0, maps = ''")
    try await session.execute("UPDATE raiz_read.lots SET own_rank = 0, rank = 0")
    await session.close()
    try await workshop.raiz.catchUp()
    #expect(try await workshop.raiz.verdictCounts() == before)
    #expect(try await workshop.raiz.assessor.assessAll(recordedBy: "test").assessed == 0)
    let audit = try await workshop.raiz.audit()
    #expect(audit.isSound, "\(audit.readModels.differences)")
    await workshop.close()
  }
}
