import DueDiligence
import Land
import Ledger
import Testing
import Traceability
import ValueTypes

/// A season of a small cooperative, recorded by the real rules: three plots, purchases, drying,
/// a blend, a split, a dispatch, a shipment; and a fourth plot that nothing shipped comes from.
struct Scenario {
  var ledger: TestLedger
  private(set) var geometries: [PlotCode: PlotGeometry] = [:]
  let aco: OrganisationCode
  let exporter: OrganisationCode

  static let shipment = "EMB-1"

  init(withTenure: Bool = true, lossOn lost: String? = nil) throws {
    ledger = try TestLedger()
    aco = try OrganisationCode("ACO")
    exporter = try OrganisationCode("EXP")
    try foundations()
    for number in 1...4 { try plot(number, withTenure: withTenure, hasLoss: lost == "P-\(number)") }
    try harvests()
    try ship()
  }

  static func square(_ longitude: Double, _ latitude: Double, side: Double = 0.0015) throws
    -> PlotGeometry
  {
    let corners = [(0, 0), (1, 0), (1.0003, 1), (0, 1.0002), (0, 0)].map {
      Position(longitude: longitude + $0.0 * side, latitude: latitude + $0.1 * side)
    }
    return try #require(PlotGeometry.make(polygons: [[corners]]).geometry)
  }

  private mutating func foundations() throws {
    let text = Policy.shippedText
    try ledger.run(
      .registerPolicy(
        PolicyRegistered(
          name: "eudr", version: "2", text: String(decoding: text, as: UTF8.self),
          digest: MerkleTree.digest(text))))
    for (name, kind) in [("gfc2020", DatasetKind.forest2020), ("hansen", .lossYear)] {
      try ledger.run(
        .registerDataset(
          DatasetRegistered(
            dataset: try DatasetName(name), kind: kind, version: "1",
            digest: MerkleTree.digest(Array(name.utf8)), byteCount: 10, licence: "CC-BY-4.0",
            source: "test", extent: [-77, -9, -76, -8], cellDegrees: 0.00025, forestValues: [1],
            yearZero: kind == .lossYear ? 2000 : nil)))
    }
    try ledger.run(
      .registerOrganisation(
        OrganisationRegistered(
          organisation: aco, name: "Cooperativa «Cacao» Ñahui", kind: .cooperative,
          country: "PE")))
    try ledger.run(
      .registerOrganisation(
        OrganisationRegistered(
          organisation: exporter, name: "Exportadora", kind: .exporter, country: "PE",
          taxIdentifier: "20123456789", address: "Jr. Lima 1, Tocache")))
  }

  private mutating func plot(_ number: Int, withTenure: Bool, hasLoss: Bool) throws {
    let producer = try ProducerCode("PR-\(number)")
    let code = try PlotCode("P-\(number)")
    try ledger.run(
      .registerProducer(
        ProducerRegistered(
          producer: producer, organisation: aco, district: "220101", person: nil)))
    let isPoint = number == 3
    let geometry: PlotGeometry =
      isPoint
      ? .point(Position(longitude: -76.5123456789, latitude: -8.1987654321))
      : try Self.square(-76.5 - Double(number) * 0.01, -8.2)
    geometries[code] = geometry
    // The second plot's geometry is kept as an attachment.
    if number == 2 { ledger.attach(geometry.geoJSON()) }
    let record = GeometryRecord(
      digest: geometry.digest, form: isPoint ? .point : .polygon,
      squareMetres: geometry.areaSquareMetres, vertices: geometry.vertexCount,
      geoJSON: number == 2 ? nil : String(decoding: geometry.geoJSON(), as: UTF8.self))
    try ledger.run(
      .registerPlot(
        PlotRegistered(
          plot: code, producer: producer, commodities: ["cocoa"], country: "PE",
          district: "220101", declaredSquareMetres: isPoint ? 20_000 : nil, plantedYear: 2012,
          geometry: record)))
    if withTenure {
      try ledger.run(
        .documentTenure(
          PlotTenureDocumented(
            plot: code, kind: .title, number: "T-\(number)", issuer: nil,
            digest: MerkleTree.digest([UInt8(number)]), validTo: nil)))
    }
    let area = isPoint ? 20_000 : geometry.areaSquareMetres
    let results = try [("gfc2020", DatasetKind.forest2020), ("hansen", .lossYear)].map {
      name, kind in
      let value = hasLoss ? (kind == .forest2020 ? 1 : 23) : 0
      return DatasetResult(
        dataset: try DatasetName(name), kind: kind,
        datasetDigest: MerkleTree.digest(Array(name.utf8)), squareMetres: area,
        outsideSquareMetres: 0, noDataSquareMetres: 0,
        classes: [.init(value: value, squareMetres: area, cells: 40)])
    }
    try ledger.run(
      .recordAssessment(
        PlotAssessed(
          plot: code, geometryDigest: geometry.digest, method: "raiz-overlay/1",
          form: record.form, results: results)))
  }

  private mutating func harvests() throws {
    let wet = try ProductCode("cocoa-wet-beans")
    for number in 1...4 {
      let day = try #require(CivilDate(year: 2026, month: 4, day: 10 + number))
      let until = try #require(CivilDate(year: 2026, month: 4, day: 12 + number))
      let producer = try ProducerCode("PR-\(number)")
      let lot = try LotCode("H-\(number)")
      try ledger.run(
        .harvest(
          LotHarvested(
            lot: lot, plot: try PlotCode("P-\(number)"), producer: producer, product: wet,
            grams: try Grams(300_000), from: day, to: until)))
      try ledger.run(
        .purchase(
          Command.Purchase(
            lot: try LotCode("C-\(number)"), buyer: aco, seller: .producer(producer),
            product: wet, inputs: [LotDraw(lot: lot, grams: try Grams(290_000))],
            receipt: "R-\(number)")))
    }
  }

  private mutating func ship() throws {
    let inputs = try (1...3).map {
      LotDraw(lot: try LotCode("C-\($0)"), grams: try Grams(280_000))
    }
    try ledger.run(
      .blend(Command.Blend(lot: try LotCode("B-1"), holder: aco, inputs: inputs)))
    try ledger.run(
      .process(
        Command.ProcessRun(
          process: try ProcessCode("cocoa-drying"), holder: aco,
          inputs: [LotDraw(lot: try LotCode("B-1"), grams: try Grams(800_000))],
          outputs: [
            .init(
              lot: try LotCode("S-1"), product: try ProductCode("cocoa-dry-beans"),
              grams: try Grams(290_000))
          ])))
    try ledger.run(
      .split(
        Command.Split(
          source: try LotCode("S-1"), holder: aco,
          parts: [
            LotDraw(lot: try LotCode("S-1A"), grams: try Grams(200_000)),
            LotDraw(lot: try LotCode("S-1B"), grams: try Grams(90_000)),
          ])))
    try ledger.run(
      .dispatch(Command.Dispatch(lot: try LotCode("S-1A"), from: aco, to: exporter)))
    try ledger.run(
      .receive(
        Command.Receipt(
          lot: try LotCode("S-1A"), by: exporter, weighedGrams: try Grams(199_800))))
    let shipment = try ShipmentCode(Self.shipment)
    try ledger.run(
      .openShipment(
        ShipmentOpened(
          shipment: shipment, exporter: exporter, importerName: "Schokolade GmbH",
          destination: "DE")))
    for grams in [120_000, 70_000] as [Int64] {
      try ledger.run(
        .load(
          Command.Loading(
            shipment: shipment, holder: exporter, lot: try LotCode("S-1A"),
            grams: try Grams(grams))))
    }
  }

  var shipmentStream: StreamKey { StreamKey(kind: .shipment, code: Self.shipment) }

  func shipmentBundle() throws -> Bundle { try ledger.bundle(of: shipmentStream) }

  func inputs() -> StatementInputs {
    StatementInputs(
      policy: ledger.context.policy, catalogue: ledger.context.catalogue,
      geometry: { geometries[$0] }, place: { "Parcela \($0)" })
  }
}
