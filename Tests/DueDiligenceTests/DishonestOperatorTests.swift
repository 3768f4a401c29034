import DueDiligence
import Land
import Ledger
import Testing
import Traceability
import ValueTypes

/// Who can sign a ledger can write any event into it; what the rules would have refused is found.
struct DishonestOperatorTests {
  private func lot(_ code: String) throws -> LotCode { try LotCode(code) }

  private func failures(
    _ scenario: Scenario, _ subject: String
  ) throws -> [VerificationFailure] {
    let bundle = try scenario.ledger.bundle(of: try #require(StreamKey(subject)))
    let report = try scenario.ledger.verify(bundle)
    #expect(!report.isSound, "\(subject)")
    return report.failures
  }

  private func blend(
    _ scenario: Scenario, _ code: String, _ grams: Int64, _ inputs: [LotDraw]
  ) throws -> DomainEvent {
    .lotBlended(
      LotBlended(
        lot: try lot(code), holder: .organisation(scenario.aco),
        product: try ProductCode("cocoa-wet-beans"), grams: try Grams(grams), inputs: inputs,
        oldestHarvest: nil))
  }

  private func draw(
    _ source: String, _ grams: Int64, leaving: Int64, into: String
  ) throws -> DomainEvent {
    .lotDrawn(
      LotDrawn(
        lot: try lot(source), grams: try Grams(grams), remainingGrams: try Grams(leaving),
        purpose: .blend, into: [.lot(try lot(into))]))
  }

  @Test func `given a lot heavier than its inputs then mass is found not to close`() throws {
    var scenario = try Scenario()
    try scenario.ledger.record(try draw("C-4", 100_000, leaving: 190_000, into: "X"))
    try scenario.ledger.record(
      try blend(
        scenario, "X", 150_000, [LotDraw(lot: lot("C-4"), grams: try Grams(100_000))]))
    let found = try failures(scenario, "lot:X")
    #expect(found.map(\.code) == [.mass])
    #expect(found.first?.stream == "lot:X")
  }

  @Test func `given a draw that leaves more than it should then the position is named`() throws {
    var scenario = try Scenario()
    let position = Int64(scenario.ledger.entries.count)
    try scenario.ledger.record(try draw("C-4", 100_000, leaving: 250_000, into: "X"))
    try scenario.ledger.record(
      try blend(
        scenario, "X", 100_000, [LotDraw(lot: lot("C-4"), grams: try Grams(100_000))]))
    let found = try failures(scenario, "lot:X")
    #expect(found.contains { $0.code == .mass && $0.position == position })
  }

  @Test func `given one draw used for two inputs then the second use is found`() throws {
    var scenario = try Scenario()
    let input = LotDraw(lot: try lot("C-4"), grams: try Grams(100_000))
    try scenario.ledger.record(try draw("C-4", 100_000, leaving: 190_000, into: "X"))
    let position = Int64(scenario.ledger.entries.count)
    try scenario.ledger.record(try blend(scenario, "X", 200_000, [input, input]))
    let found = try failures(scenario, "lot:X")
    #expect(found.map(\.code) == [.draw])
    #expect(found.first?.position == position)
  }

  @Test func `given parts of a split that outweigh its draw then the last part is found`() throws {
    var scenario = try Scenario()
    let parts = [StreamKey.lot(try lot("X")), .lot(try lot("Y"))]
    try scenario.ledger.record(
      .lotDrawn(
        LotDrawn(
          lot: try lot("C-4"), grams: try Grams(100_000), remainingGrams: try Grams(190_000),
          purpose: .split, into: parts)))
    for code in ["X", "Y"] {
      try scenario.ledger.record(
        .lotSplit(
          LotSplit(
            lot: try lot(code), holder: .organisation(scenario.aco),
            product: try ProductCode("cocoa-wet-beans"), grams: try Grams(100_000),
            source: try lot("C-4"), oldestHarvest: nil)))
    }
    let inputs = try ["X", "Y"].map { LotDraw(lot: try lot($0), grams: try Grams(100_000)) }
    for code in ["X", "Y"] {
      try scenario.ledger.record(try draw(code, 100_000, leaving: 0, into: "Z"))
    }
    try scenario.ledger.record(try blend(scenario, "Z", 200_000, inputs))
    #expect(try failures(scenario, "lot:Z").map(\.stream) == ["lot:Y"])
  }

  @Test func `given lots made from each other then neither comes from nowhere`() throws {
    var scenario = try Scenario()
    let grams = try Grams(100_000)
    try scenario.ledger.record(
      try blend(scenario, "X", 100_000, [LotDraw(lot: lot("Y"), grams: grams)]))
    try scenario.ledger.record(try draw("X", 100_000, leaving: 0, into: "Y"))
    try scenario.ledger.record(
      try blend(scenario, "Y", 100_000, [LotDraw(lot: lot("X"), grams: grams)]))
    try scenario.ledger.record(try draw("Y", 100_000, leaving: 0, into: "X"))
    #expect(try failures(scenario, "lot:X").contains { $0.code == .cause })
  }

  @Test func `given a lot founded twice then the second founding is found`() throws {
    var scenario = try Scenario()
    let position = Int64(scenario.ledger.entries.count)
    try scenario.ledger.record(
      try blend(
        scenario, "C-1", 280_000, [LotDraw(lot: lot("C-4"), grams: try Grams(280_000))]))
    let found = try failures(scenario, "lot:C-1")
    #expect(found.contains { $0.code == .founding && $0.position == position })
  }

  @Test func `given an event in a stream it is not about then it is found`() throws {
    var scenario = try Scenario()
    let event = DomainEvent.plotTenureDocumented(
      PlotTenureDocumented(
        plot: try PlotCode("P-1"), kind: .title, number: "1", issuer: nil,
        digest: MerkleTree.digest([]), validTo: nil))
    try scenario.ledger.record(event, in: .lot(try lot("H-1")))
    #expect(try failures(scenario, "lot:H-1").map(\.code) == [.foreignEvent])
  }

  @Test func `given mass found past every limit then judging it stops nothing`() throws {
    var scenario = try Scenario()
    let code = try lot("C-4")
    let limit = try Grams(Grams.limit)
    var holds = try #require(scenario.ledger.world.lots[code]).grams
    for _ in 0..<3 {
      let found = try #require(limit.subtracting(holds))
      try scenario.ledger.record(
        .lotAdjusted(
          LotAdjusted(
            lot: code, holder: .organisation(scenario.aco), beforeGrams: holds, grams: limit,
            unknownOriginGrams: found, reason: "count")))
      try scenario.ledger.record(try draw("C-4", Grams.limit, leaving: 0, into: "X"))
      holds = .zero
    }
    #expect(try failures(scenario, "lot:C-4").contains { $0.code == .mass })
  }

  @Test func `given a year that overflows then it is an impossible figure`() throws {
    var scenario = try Scenario()
    let name = try DatasetName("hansen-2")
    try scenario.ledger.record(
      .datasetRegistered(
        DatasetRegistered(
          dataset: name, kind: .lossYear, version: "1", digest: MerkleTree.digest([]),
          byteCount: 1, licence: "", source: "", extent: [], cellDegrees: 1, forestValues: [],
          yearZero: .max)))
    let plot = try #require(scenario.ledger.world.plots[try PlotCode("P-1")])
    try scenario.ledger.record(
      .plotAssessed(
        PlotAssessed(
          plot: try PlotCode("P-1"), geometryDigest: plot.registered.geometry.digest,
          method: "m", form: .polygon,
          results: [
            DatasetResult(
              dataset: name, kind: .lossYear, datasetDigest: MerkleTree.digest([]),
              squareMetres: 1, outsideSquareMetres: 0, noDataSquareMetres: 0,
              classes: [.init(value: .max, squareMetres: 1, cells: 1)])
          ])))
    let streams: Set<StreamKey> = try Set(
      ["plot:P-1", "dataset:hansen-2", "producer:PR-1", "organisation:ACO", "policy:eudr-2"]
        .map { try #require(StreamKey($0)) })
    // Building judges, so the file of a program that does not is put together by hand.
    let positions = scenario.ledger.positions(of: streams)
    let proof = try scenario.ledger.proof(of: positions)
    let heads = try scenario.ledger.headsEvent()
    let bundle = Bundle(
      subject: plot.stream, ledger: TestLedger.origin, treeSize: proof.treeSize,
      checkpoint: try scenario.ledger.checkpoint,
      verifierKey: scenario.ledger.signer.verifierKey, policyName: "eudr", policyVersion: "2",
      judgement: Judgement(
        subject: plot.stream, policy: scenario.ledger.context.policy, reasons: []),
      events: positions.map {
        let bytes = scenario.ledger.entries[Int($0)]
        return Bundle.Event(position: $0, leafHash: MerkleTree.leafHash(bytes), bytes: bytes)
      },
      headsEvent: Bundle.Event(
        position: heads.position, leafHash: MerkleTree.leafHash(heads.bytes), bytes: heads.bytes),
      headsProof: try scenario.ledger.headsProof(of: positions),
      nodes: proof.nodes.map { Bundle.Node(level: $0.level, index: $0.index, hash: $0.hash) },
      attachments: [])
    let report = try scenario.ledger.verify(bundle)
    #expect(report.failures.contains { $0.code == .figure })
    #expect(report.verdict == nil)
  }

  @Test func `given a lax policy under the published name then it is found`() throws {
    var ledger = try TestLedger()
    let text = String(decoding: Policy.shippedText, as: UTF8.self)
      .replacing("\"thresholdPercent\": 10,", with: "\"thresholdPercent\": 90,")
    try ledger.run(
      .registerPolicy(
        PolicyRegistered(
          name: "eudr", version: "2", text: text, digest: MerkleTree.digest(Array(text.utf8)))))
    let geometry = try Scenario.square(-76.5, -8.2)
    try ledger.run(
      .registerPlot(
        PlotRegistered(
          plot: try PlotCode("P"), producer: nil, commodities: [], country: "PE", district: nil,
          declaredSquareMetres: nil, plantedYear: nil,
          geometry: GeometryRecord(
            digest: geometry.digest, form: .polygon, squareMetres: geometry.areaSquareMetres,
            vertices: geometry.vertexCount,
            geoJSON: String(decoding: geometry.geoJSON(), as: UTF8.self)))))
    let report = try ledger.verify(try ledger.bundle(of: try #require(StreamKey("plot:P"))))
    #expect(report.failures.map(\.code) == [.policyDiffers])
  }

  @Test func `given an area or form that the geometry has not then the plot is named`() throws {
    let geometry = try Scenario.square(-76.5, -8.2)
    let right = geometry.areaSquareMetres
    for (area, form, vertices) in [
      (right * (1 + 1e-8), GeometryForm.polygon, geometry.vertexCount),
      (right, .point, geometry.vertexCount), (right, .polygon, geometry.vertexCount + 1),
    ] {
      var ledger = try TestLedger()
      let policy = Policy.shippedText
      try ledger.run(
        .registerPolicy(
          PolicyRegistered(
            name: "eudr", version: "2", text: String(decoding: policy, as: UTF8.self),
            digest: MerkleTree.digest(policy))))
      try ledger.record(
        .plotRegistered(
          PlotRegistered(
            plot: try PlotCode("P"), producer: nil, commodities: [], country: "PE",
            district: nil, declaredSquareMetres: nil, plantedYear: nil,
            geometry: GeometryRecord(
              digest: geometry.digest, form: form, squareMetres: area, vertices: vertices,
              geoJSON: String(decoding: geometry.geoJSON(), as: UTF8.self)))))
      let report = try ledger.verify(try ledger.bundle(of: try #require(StreamKey("plot:P"))))
      #expect(report.failures.map(\.code) == [.geometryFigures])
      #expect(report.failures.first?.stream == "plot:P")
    }
  }

  @Test func `given time that runs back then the position is named`() throws {
    var scenario = try Scenario()
    let position = Int64(scenario.ledger.entries.count)
    try scenario.ledger.record(
      .plotTenureDocumented(
        PlotTenureDocumented(
          plot: try PlotCode("P-1"), kind: .title, number: "1", issuer: nil,
          digest: MerkleTree.digest([]), validTo: nil)), recordedEarlier: 1_000)
    let found = try failures(scenario, "plot:P-1")
    #expect(found.map(\.code) == [.timeDecreases])
    #expect(found.first?.position == position)
  }

  @Test func `given a version that comes twice then it is found`() throws {
    var scenario = try Scenario()
    try scenario.ledger.record(
      .plotTenureDocumented(
        PlotTenureDocumented(
          plot: try PlotCode("P-1"), kind: .title, number: "1", issuer: nil,
          digest: MerkleTree.digest([]), validTo: nil)), version: 2)
    #expect(try failures(scenario, "plot:P-1").map(\.code) == [.version])
  }
}
