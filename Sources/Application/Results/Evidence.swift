import Ledger
import ReadModels
public import Traceability

/// The part of a ledger that a verdict or a trace rests on, folded from the log.
struct Evidence {
  var world = World()
  var loaded: Set<StreamKey> = []
}

extension Raiz {
  /// Loads all upstream of a lot, a plot or a shipment, and on request all downstream.
  ///
  /// - Throws: `ApplicationError.notFound`, `.unsupported`.
  func evidence(for subject: StreamKey, downstream: Bool) async throws -> Evidence {
    guard [.lot, .plot, .shipment].contains(subject.kind) else {
      throw ApplicationError.unsupported(subject)
    }
    var evidence = Evidence()
    try await loader.close(&evidence.world, loaded: &evidence.loaded) { world in
      var streams: Set<StreamKey> = [subject]
      streams.formUnion(Self.upstream(of: subject, world))
      if downstream { streams.formUnion(Self.downstream(of: subject, world)) }
      return streams
    }
    guard evidence.world.version(of: subject) > 0 else {
      throw ApplicationError.notFound(subject)
    }
    return evidence
  }

  private static func upstream(of subject: StreamKey, _ world: World) -> Set<StreamKey> {
    var lots: [LotCode] = []
    var plots: Set<PlotCode> = []
    switch subject.kind {
    case .lot: if let code = try? LotCode(subject.code) { lots = [code] }
    case .plot: if let code = try? PlotCode(subject.code) { plots = [code] }
    default:
      if let code = try? ShipmentCode(subject.code) {
        lots = world.shipments[code]?.loads.map(\.lot) ?? []
      }
    }
    let found = Provenance(world: world).upstream(of: lots)
    plots.formUnion(found.plots)
    var streams = Set(found.lots.map(StreamKey.lot)).union(plots.map(StreamKey.plot))
    streams.formUnion(world.tanks(giving: found.lots).map(StreamKey.tank))
    for plot in plots {
      let results = world.plots[plot]?.assessment?.value.results ?? []
      streams.formUnion(results.map { .dataset($0.dataset) })
    }
    return streams
  }

  private static func downstream(of subject: StreamKey, _ world: World) -> Set<StreamKey> {
    var lots: [LotCode] = []
    switch subject.kind {
    case .lot: if let code = try? LotCode(subject.code) { lots = [code] }
    case .plot:
      if let code = try? PlotCode(subject.code) {
        lots = world.plots[code]?.harvests.map(\.lot) ?? []
      }
    default: break
    }
    let found = Provenance(world: world).downstream(of: lots)
    return Set(found.lots.map(StreamKey.lot)).union(found.shipments.map(StreamKey.shipment))
      .union(world.tanks(taking: found.lots).map(StreamKey.tank))
  }

  /// The verdict of a lot, a plot or a shipment, derived from the log.
  ///
  /// - Parameter policy: by which rules; nil takes those by which verdicts are kept.
  public func judgement(
    of subject: StreamKey, by policy: Policy? = nil
  ) async throws -> Judgement {
    let evidence = try await evidence(for: subject, downstream: false)
    let judge = Judge(world: evidence.world, policy: policy ?? self.policy)
    switch subject.kind {
    case .lot: return judge.judge(lot: try LotCode(subject.code))
    case .plot: return judge.judge(plot: try PlotCode(subject.code))
    default: return judge.judge(shipment: try ShipmentCode(subject.code))
    }
  }

  /// Back to plots and forward to shipments.
  public func trace(_ subject: StreamKey) async throws -> Trace {
    let evidence = try await evidence(for: subject, downstream: true)
    let world = evidence.world
    let provenance = Provenance(world: world)
    var lots: [LotCode] = []
    var origins: [OriginShare] = []
    var plots: [PlotCode] = []
    var shipments: [ShipmentCode] = []
    switch subject.kind {
    case .lot:
      lots = [try LotCode(subject.code)]
      origins = try await self.origins(of: lots[0], world)
    case .plot:
      let plot = try PlotCode(subject.code)
      lots = world.plots[plot]?.harvests.map(\.lot) ?? []
      plots = [plot]
    default:
      let shipment = try ShipmentCode(subject.code)
      lots = world.shipments[shipment]?.loads.map(\.lot) ?? []
      shipments = [shipment]
    }
    let up = provenance.upstream(of: lots)
    let down =
      subject.kind == .shipment ? (lots: [], shipments: []) : provenance.downstream(of: lots)
    let upstreamLots = subject.kind == .plot ? [] : up.lots
    let all = Set(upstreamLots).union(down.lots)
    shipments = Set(shipments + down.shipments).sorted()
    return Trace(
      subject: subject, upstreamLots: upstreamLots,
      upstreamPlots: subject.kind == .plot ? plots : up.plots, downstreamLots: down.lots,
      downstreamShipments: shipments,
      links: links(among: all.union(lots), shipments: shipments, world), origins: origins,
      tanks: world.passages(of: all.union(lots)))
  }

  private func links(
    among lots: Set<LotCode>, shipments: [ShipmentCode], _ world: World
  ) -> [Trace.Link] {
    var links: [Trace.Link] = []
    for code in lots.sorted() {
      guard let origin = world.lots[code]?.origin else { continue }
      if let plot = origin.plot {
        links.append(
          Trace.Link(from: .plot(plot), into: .lot(code), grams: origin.grams.value))
      }
      for input in world.inputs(of: code) where lots.contains(input.lot) {
        links.append(
          Trace.Link(from: .lot(input.lot), into: .lot(code), grams: input.grams.value))
      }
    }
    for code in shipments {
      for load in world.shipments[code]?.loads ?? [] where lots.contains(load.lot) {
        links.append(
          Trace.Link(from: .lot(load.lot), into: .shipment(code), grams: load.grams.value))
      }
    }
    return links
  }
}

extension Raiz {
  /// Whether the ledger has any event of the stream.
  public func exists(_ stream: StreamKey) async throws -> Bool {
    let name = try StreamName(stream.description)
    return try await reader.heads(of: [name])[name] != nil
  }
}
