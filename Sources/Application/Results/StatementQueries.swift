import Ledger
import PostgreSQL
import ReadModels
public import Traceability
import ValueTypes

/// A drafted statement with what it names, as it stands now.
public struct StatementDetail: Sendable, Codable {
  public struct Load: Sendable, Hashable, Codable {
    public let lot: LotCode
    public let product: ProductCode
    public let grams: Int64
    public let verdict: Verdict
  }

  public struct Plot: Sendable, Hashable, Codable {
    public let plot: PlotCode
    public let producer: ProducerCode?
    /// Whether the producer's personal data were erased.
    public let producerErased: Bool
    public let country: String
    public let district: String?
    public let form: GeometryForm
    public let squareMetres: Double
    public let verdict: Verdict
  }

  public let statement: StatementDrafted
  /// RFC 3339, UTC.
  public let draftedAt: String
  public let position: Int64
  public let exporter: OrganisationRegistered?
  public let shipment: ShipmentOpened
  /// One a lot and product, in the order in which they were loaded.
  public let loads: [Load]
  /// In the statement's order.
  public let plots: [Plot]
  public let countriesOfProduction: [String]
  /// Of the shipment, derived anew from the log by the policy in use: it was
  /// `deforestation-free` when the statement was drafted.
  public let judgement: Judgement
}

extension Raiz {
  /// A statement as it was drafted, with the verdicts that its shipment, lots and plots have now.
  ///
  /// - Throws: `ApplicationError.notFound`.
  public func statement(_ code: StatementCode) async throws -> StatementDetail {
    let stream = StreamKey.statement(code)
    let events = try await reader.events(ofStreams: [try StreamName(stream.description)])
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load([stream], into: &world, loaded: &loaded)
    guard let event = events.first, let drafted = world.statements[code] else {
      throw ApplicationError.notFound(stream)
    }
    let subject = StreamKey.shipment(drafted.shipment)
    var evidence = try await evidence(for: subject, downstream: false)
    guard let shipment = evidence.world.shipments[drafted.shipment] else {
      throw ApplicationError.notFound(subject)
    }
    try await loader.load(
      [.organisation(shipment.opened.exporter)], into: &evidence.world, loaded: &evidence.loaded)
    let judge = Judge(world: evidence.world, policy: policy)
    let registered = drafted.plots.compactMap { evidence.world.plots[$0]?.registered }
    let erased = try await erased(among: registered.compactMap(\.producer))
    return StatementDetail(
      statement: drafted, draftedAt: event.envelope.occurredAt.description,
      position: event.position, exporter: evidence.world.organisations[shipment.opened.exporter],
      shipment: shipment.opened,
      loads: shipment.loads.map {
        StatementDetail.Load(
          lot: $0.lot, product: $0.product, grams: $0.grams.value,
          verdict: judge.judge(lot: $0.lot).verdict)
      },
      plots: registered.map { plot in
        StatementDetail.Plot(
          plot: plot.plot, producer: plot.producer,
          producerErased: plot.producer.map(erased.contains) ?? false, country: plot.country,
          district: plot.district, form: plot.geometry.form, squareMetres: plot.squareMetres,
          verdict: judge.judge(plot: plot.plot).verdict)
      },
      countriesOfProduction: Set(registered.map(\.country)).sorted(),
      judgement: judge.judge(shipment: drafted.shipment))
  }

  /// The statement drafted over each of some shipments; none for those that have none.
  public func statements(
    over shipments: Set<ShipmentCode>
  ) async throws -> [ShipmentCode: StatementCode] {
    guard !shipments.isEmpty else { return [:] }
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT shipment, min(code COLLATE "C") AS code FROM raiz_read.statements
        WHERE ledger = \(reader.ledger) AND shipment = ANY(\(shipments.map(\.text).sorted()))
        GROUP BY shipment
        """)
    }
    var found: [ShipmentCode: StatementCode] = [:]
    for row in rows {
      found[try ShipmentCode(row.decode("shipment"))] = try StatementCode(row.decode("code"))
    }
    return found
  }
}
