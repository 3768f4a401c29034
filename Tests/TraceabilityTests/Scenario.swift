import Traceability
import ValueTypes

/// A ledger in memory: given what was recorded, when an act is asked for, then facts or a refusal.
struct Scenario {
  var world = World()
  var recorded: [NewEvent] = []
  let context: DecisionContext

  init(_ catalogue: Catalogue? = nil) throws {
    context = DecisionContext(
      now: try Make.moment("2026-11-01T12:00:00-05:00"),
      catalogue: try catalogue ?? Catalogue.shipped(), policy: try Policy.shipped())
  }

  /// Decides and applies; throws the refusal.
  @discardableResult
  mutating func when(_ command: Command, at moment: String = day) throws -> [NewEvent] {
    try when(command, at: try Make.moment(moment))
  }

  /// `seen` is told each fact and the world that it leads to.
  @discardableResult
  mutating func when(
    _ command: Command, at moment: Timestamp, seen: (NewEvent, World) -> Void = { _, _ in }
  ) throws -> [NewEvent] {
    let events = try decide(command, occurredAt: moment, in: world, by: context)
    for event in events {
      world.apply(event)
      recorded.append(event)
      seen(event, world)
    }
    return events
  }

  /// The refusal's code; nil where the act is taken.
  func refusal(of command: Command, at moment: String = day) throws -> Refusal? {
    do {
      _ = try decide(command, occurredAt: try Make.moment(moment), in: world, by: context)
      return nil
    } catch let refusal as Refusal {
      return refusal
    }
  }

  static let day = "2026-05-10T12:00:00-05:00"

  var judge: Judge { Judge(world: world, policy: context.policy) }

  /// The world as a service loads it for one act: the streams named, and no others.
  func loading(_ command: Command) throws -> World {
    var streams = command.streams(knowing: World())
    while true {
      var part = World()
      for event in recorded where streams.contains(event.stream) { part.apply(event) }
      let more = streams.union(command.streams(knowing: part))
      if more == streams { return part }
      streams = more
    }
  }

  // MARK: Given

  mutating func givenParties() throws {
    for (code, kind) in [
      ("COOP", OrganisationKind.cooperative), ("EXP", .exporter), ("MILL", .mill),
    ] {
      try when(
        .registerOrganisation(
          OrganisationRegistered(
            organisation: try .init(code), name: code, kind: kind, country: "PE")))
    }
    for code in ["P1", "P2"] {
      try when(
        .registerProducer(
          ProducerRegistered(
            producer: try .init(code), organisation: try .init("COOP"), district: "221001",
            person: nil)))
    }
    try when(.registerDataset(try Make.dataset("forest", .forest2020)))
    try when(.registerDataset(try Make.dataset("loss", .lossYear)))
  }

  /// A plot with title and, unless told otherwise, maps that show nothing.
  mutating func givenPlot(
    _ code: String, producer: String = "P1", forest: Double = 0, loss: Double = 0,
    hectares: Double = 2, tenure: Bool = true, assessed: Bool = true
  ) throws {
    try when(.registerPlot(try Make.plot(code, producer: producer, hectares: hectares)))
    if tenure { try when(.documentTenure(try Make.title(code))) }
    if assessed {
      try when(
        .recordAssessment(
          try Make.assessment(code, hectares: hectares, forest: forest, loss: loss)))
    }
  }

  mutating func givenHarvest(
    _ lot: String, plot: String, grams: Int64 = 100_000, producer: String = "P1",
    product: String = "cocoa-wet-beans"
  ) throws {
    try when(
      .harvest(try Make.harvest(lot, plot: plot, grams: grams, producer: producer, product)))
  }

  mutating func givenPurchase(
    _ lot: String, from source: String, grams: Int64, seller: String = "P1",
    buyer: String = "COOP", product: String = "cocoa-wet-beans"
  ) throws {
    try when(
      .purchase(
        Command.Purchase(
          lot: try .init(lot), buyer: try .init(buyer), seller: .producer(try .init(seller)),
          product: try .init(product), inputs: [try Make.draw(source, grams)])))
  }
}

extension World {
  /// Applies a fact as the next of its stream.
  mutating func apply(_ new: NewEvent) {
    apply(
      new.event, stream: new.stream, version: version(of: new.stream) + 1,
      occurredAt: new.occurredAt)
  }
}

/// Values that tests need again and again.
enum Make {
  static func digest(_ byte: UInt8) throws -> SHA256Digest {
    try unwrap(SHA256Digest([UInt8](repeating: byte, count: 32)))
  }

  static func draw(_ lot: String, _ grams: Int64) throws -> LotDraw {
    LotDraw(lot: try .init(lot), grams: try Grams(grams))
  }

  static func dataset(_ name: String, _ kind: DatasetKind) throws -> DatasetRegistered {
    DatasetRegistered(
      dataset: try .init(name), kind: kind, version: "1",
      digest: try digest(kind == .forest2020 ? 1 : 2), byteCount: 10, licence: "CC0",
      source: "test", extent: [-78, -9, -76, -7], cellDegrees: 0.000_25,
      forestValues: kind == .forest2020 ? [1] : [], yearZero: kind == .lossYear ? 2_000 : nil)
  }

  static func plot(
    _ code: String, producer: String?, hectares: Double = 2, form: GeometryForm = .polygon,
    declared: Int64? = nil, planted: Int? = 2_012, district: String = "221001"
  ) throws -> PlotRegistered {
    PlotRegistered(
      plot: try .init(code), producer: try producer.map { try ProducerCode($0) },
      commodities: ["cocoa"], country: "PE", district: district,
      declaredSquareMetres: declared, plantedYear: planted,
      geometry: GeometryRecord(
        digest: try digest(UInt8(truncatingIfNeeded: code.utf8.reduce(7) { $0 &+ Int($1) })),
        form: form, squareMetres: form == .polygon ? hectares * 10_000 : 0, vertices: 5,
        geoJSON: nil))
  }

  /// Another outline of the plot.
  static func correction(
    _ plot: String, hectares: Double, byte: UInt8 = 77, reason: String = "surveyed again"
  ) throws -> PlotGeometryCorrected {
    PlotGeometryCorrected(
      plot: try .init(plot),
      geometry: GeometryRecord(
        digest: try digest(byte), form: .polygon, squareMetres: hectares * 10_000, vertices: 6,
        geoJSON: nil),
      declaredSquareMetres: nil, reason: reason)
  }

  static func title(_ plot: String) throws -> PlotTenureDocumented {
    PlotTenureDocumented(
      plot: try .init(plot), kind: .title, number: "T-\(plot)", issuer: nil,
      digest: try digest(9), validTo: nil)
  }

  static func assessment(
    _ code: String, hectares: Double = 2, forest: Double, loss: Double, outside: Double = 0
  ) throws -> PlotAssessed {
    let area = hectares * 10_000
    func result(
      _ name: String, _ kind: DatasetKind, _ value: Int, _ share: Double
    ) throws -> DatasetResult {
      DatasetResult(
        dataset: try .init(name), kind: kind,
        datasetDigest: try digest(kind == .forest2020 ? 1 : 2), squareMetres: area,
        outsideSquareMetres: outside, noDataSquareMetres: 0,
        classes: [.init(value: value, squareMetres: area * share, cells: 3)])
    }
    return PlotAssessed(
      plot: try .init(code), geometryDigest: try plot(code, producer: nil).geometry.digest,
      method: "test", form: .polygon,
      results: [
        try result("forest", .forest2020, 1, forest), try result("loss", .lossYear, 22, loss),
      ])
  }

  static func harvest(
    _ lot: String, plot: String, grams: Int64, producer: String = "P1",
    _ product: String = "cocoa-wet-beans", to: String = "2026-05-10"
  ) throws -> LotHarvested {
    LotHarvested(
      lot: try .init(lot), plot: try .init(plot), producer: try .init(producer),
      product: try .init(product), grams: try Grams(grams), from: try unwrap(CivilDate(to)),
      to: try unwrap(CivilDate(to)))
  }

  struct Missing: Error {}

  static func unwrap<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
  }

  static func moment(_ text: String) throws -> Timestamp { try unwrap(Timestamp(text)) }
}
