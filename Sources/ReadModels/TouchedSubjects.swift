import Traceability
import ValueTypes

/// What a batch of events changes: whose rows must be made anew.
struct TouchedSubjects {
  private(set) var organisations: Set<OrganisationCode> = []
  private(set) var producers: Set<ProducerCode> = []
  private(set) var datasets: Set<DatasetName> = []
  private(set) var plots: Set<PlotCode> = []
  private(set) var lots: Set<LotCode> = []
  private(set) var shipments: Set<ShipmentCode> = []
  private(set) var statements: Set<StatementCode> = []
  private(set) var findings: Set<FindingCode> = []
  private(set) var tanks: Set<TankCode> = []
  /// The earliest moment at which something came into a tank.
  private var filledFrom: [TankCode: Timestamp] = [:]

  /// Takes in one fact. A draw touches both sides: whether a chain holds is judged on the lot or
  /// shipment that claims the draw.
  mutating func take(_ fact: DomainEvent, in stream: StreamKey, at moment: Timestamp) {
    touch(stream)
    switch fact {
    case .lotDrawn(let event): for key in event.into { touch(key) }
    case .lotCorrected(let event): for key in event.drawn?.into ?? [] { touch(key) }
    case .datasetRegistered(let event): datasets.insert(event.dataset)
    case .findingRaised(let event): for key in event.subjects { touch(key) }
    case .tankFilled(let event):
      filledFrom[event.tank] = min(filledFrom[event.tank] ?? moment, moment)
    default: break
    }
  }

  private mutating func touch(_ stream: StreamKey) {
    // A stream's code was a valid code when its first event was decided.
    switch stream.kind {
    case .organisation: insert(stream.code, into: &organisations)
    case .producer: insert(stream.code, into: &producers)
    case .plot: insert(stream.code, into: &plots)
    case .lot: insert(stream.code, into: &lots)
    case .shipment: insert(stream.code, into: &shipments)
    case .statement: insert(stream.code, into: &statements)
    case .dataset: insert(stream.code, into: &datasets)
    case .finding: insert(stream.code, into: &findings)
    case .tank: insert(stream.code, into: &tanks)
    case .policy, .catalogue: break
    }
  }

  private func insert<Kind>(_ text: String, into set: inout Set<Code<Kind>>) {
    if let code = try? Code<Kind>(text) { set.insert(code) }
  }

  /// Adds lots drawn off a tank after something was poured in that is only told now: they do not
  /// declare it.
  mutating func addDrawOffs(in world: World) {
    for (code, moment) in filledFrom {
      let late = world.tanks[code]?.drawOffs.reversed().filter { $0.occurredAt > moment } ?? []
      lots.formUnion(late.map(\.event.lot))
    }
  }

  /// The streams to fold for the rows of what was touched.
  var streams: Set<StreamKey> {
    var keys = Set(organisations.map(StreamKey.organisation))
    keys.formUnion(producers.map(StreamKey.producer))
    keys.formUnion(datasets.map(StreamKey.dataset))
    keys.formUnion(plots.map(StreamKey.plot))
    keys.formUnion(lots.map(StreamKey.lot))
    keys.formUnion(shipments.map(StreamKey.shipment))
    keys.formUnion(statements.map(StreamKey.statement))
    keys.formUnion(findings.map(StreamKey.finding))
    keys.formUnion(tanks.map(StreamKey.tank))
    return keys
  }

  /// What judging the touched needs besides: sources of lots, their plots, the maps of plots.
  func neighbours(in world: World) -> Set<StreamKey> {
    var keys: Set<StreamKey> = []
    for code in lots {
      guard let origin = world.lots[code]?.origin else { continue }
      keys.formUnion(world.inputs(of: code).map { .lot($0.lot) })
      if let plot = origin.plot { keys.insert(.plot(plot)) }
    }
    for code in shipments {
      keys.formUnion(world.shipments[code]?.loads.map { .lot($0.lot) } ?? [])
    }
    for code in plots {
      let results = world.plots[code]?.assessment?.value.results ?? []
      keys.formUnion(results.map { .dataset($0.dataset) })
    }
    return keys
  }
}
