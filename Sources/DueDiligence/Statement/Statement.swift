public import Land
import Ledger
public import Traceability
import ValueTypes

/// A due-diligence statement ready to be recorded and handed over.
public struct DraftedStatement: Sendable, Hashable {
  public let event: StatementDrafted
  public let judgement: Judgement
  /// The plots for the EU Information System, named in `event` by their SHA-256.
  public let geoJSON: [UInt8]
  /// The statement's content for people and programs, JSON (`StatementDocument`).
  public let document: [UInt8]
}

/// What a draft rests on besides the world.
public struct StatementInputs {
  public var policy: Policy
  public var catalogue: Catalogue
  /// The geometry of a plot; nil where it is not at hand.
  public var geometry: (PlotCode) -> PlotGeometry?
  /// The producer's name in clear, only with consent; nil leaves it out.
  public var producerName: (ProducerCode) -> String?
  /// Where the plot lies, in words.
  public var place: (PlotCode) -> String?

  public init(
    policy: Policy, catalogue: Catalogue, geometry: @escaping (PlotCode) -> PlotGeometry?,
    producerName: @escaping (ProducerCode) -> String? = { _ in nil },
    place: @escaping (PlotCode) -> String? = { _ in nil }
  ) {
    self.policy = policy
    self.catalogue = catalogue
    self.geometry = geometry
    self.producerName = producerName
    self.place = place
  }
}

public enum Statement {
  /// The most bytes of the event's data; the rest of an event's 65,535 is for its envelope.
  public static let mostEventBytes = 64_000

  /// Drafts the statement over a shipment that is proven under the policy.
  ///
  /// `world` holds the shipment and everything upstream of it. Listed are the plots upstream of
  /// what is loaded, and no others; masses are the loads' sums by product; the production range
  /// is from the first to the last day of all upstream harvests.
  ///
  /// Throws `refused` with `not-proven` and the judgement where the verdict is another than
  /// `deforestation-free`.
  public static func draft(
    code: StatementCode, shipment: ShipmentCode, world: World, inputs: StatementInputs
  ) throws(StatementError) -> DraftedStatement {
    let judgement = try proven(shipment, world, inputs.policy)
    guard let state = world.shipments[shipment] else { throw .missing(.shipment(shipment)) }
    guard let exporter = world.organisations[state.opened.exporter] else {
      throw .missing(.organisation(state.opened.exporter))
    }
    let upstream = Provenance(world: world).upstream(of: state.loads.map(\.lot))
    let range = try productionRange(upstream.lots, world, shipment)
    let geoJSON = try geoJSON(upstream.plots, world, inputs)
    let event = StatementDrafted(
      statement: code, shipment: shipment, policyName: inputs.policy.name,
      policyVersion: inputs.policy.version,
      commodities: try commodities(state.loads, inputs.catalogue), plots: upstream.plots,
      producedFrom: range.from, producedTo: range.to,
      geoJSONDigest: MerkleTree.digest(geoJSON))
    try check(event, world)
    let document = StatementDocument(
      event: event, shipment: state, exporter: exporter, judgement: judgement, world: world,
      geoJSONBytes: geoJSON.count)
    do {
      return DraftedStatement(
        event: event, judgement: judgement, geoJSON: geoJSON, document: try document.encoded())
    } catch {
      throw .engine(reason: "\(error)")
    }
  }

  private static func proven(
    _ shipment: ShipmentCode, _ world: World, _ policy: Policy
  ) throws(StatementError) -> Judgement {
    let stream = StreamKey.shipment(shipment)
    guard world.shipments[shipment] != nil else {
      throw .refused(
        Refusal(.unknownShipment, stream, ["code": shipment.text]), judgement: nil)
    }
    let judgement = Judge(world: world, policy: policy).judge(shipment: shipment)
    guard judgement.verdict == .deforestationFree else {
      let figures = [
        "code": shipment.text, "verdict": judgement.verdict.rawValue,
        "reasons": judgement.reasonsText(in: .english),
      ]
      throw .refused(Refusal(.notProven, stream, figures), judgement: judgement)
    }
    return judgement
  }

  private static func productionRange(
    _ lots: [LotCode], _ world: World, _ shipment: ShipmentCode
  ) throws(StatementError) -> (from: CivilDate, to: CivilDate) {
    let harvests = lots.compactMap { lot -> LotHarvested? in
      if case .harvested(let event) = world.lots[lot]?.origin { event } else { nil }
    }
    guard let from = harvests.map(\.from).min(), let to = harvests.map(\.to).max() else {
      throw .noHarvest(shipment)
    }
    return (from, to)
  }

  private static func commodities(
    _ loads: [ShipmentLotLoaded], _ catalogue: Catalogue
  ) throws(StatementError) -> [StatementDrafted.Commodity] {
    var masses: [ProductCode: Grams] = [:]
    for load in loads {
      do {
        masses[load.product] = try (masses[load.product] ?? .zero).adding(load.grams)
      } catch {
        throw .refused(
          Refusal(.massTooLarge, .shipment(load.shipment), ["limit": "\(Grams.limit)"]),
          judgement: nil)
      }
    }
    var commodities: [StatementDrafted.Commodity] = []
    for (code, mass) in masses.sorted(by: { $0.key < $1.key }) {
      guard let product = catalogue.product(code) else { throw .productUnknown(code) }
      commodities.append(
        StatementDrafted.Commodity(
          hsHeading: product.hsHeading, product: code, description: product.en,
          scientificName: catalogue.commodity(product.commodity)?.scientificName,
          netGrams: mass))
    }
    return commodities
  }

  private static func geoJSON(
    _ codes: [PlotCode], _ world: World, _ inputs: StatementInputs
  ) throws(StatementError) -> [UInt8] {
    var plots: [EUPlot] = []
    for code in codes {
      guard let plot = world.plots[code]?.registered else { throw .missing(.plot(code)) }
      guard let geometry = inputs.geometry(code) else { throw .geometryMissing(code) }
      guard geometry.digest == plot.geometry.digest else { throw .geometryDiffers(code) }
      plots.append(
        EUPlot(
          code: code, producerName: plot.producer.flatMap(inputs.producerName),
          country: plot.country, place: inputs.place(code), geometry: geometry,
          areaHectares: plot.squareMetres / 10_000))
    }
    do {
      return try EUGeoJSON.build(plots: plots)
    } catch {
      throw .geoJSON(error)
    }
  }

  private static func check(
    _ event: StatementDrafted, _ world: World
  ) throws(StatementError) {
    if let known = world.statements[event.statement] {
      throw .refused(
        Refusal(
          known == event ? .alreadyRecorded : .codeUsed, .statement(event.statement),
          ["code": event.statement.text]),
        judgement: nil)
    }
    let bytes: Int
    do {
      bytes = try DomainEvent.statementDrafted(event).encoded().count
    } catch {
      throw .engine(reason: "\(error)")
    }
    guard bytes <= mostEventBytes else {
      throw .tooManyPlots(count: event.plots.count, bytes: bytes, limit: mostEventBytes)
    }
  }
}
