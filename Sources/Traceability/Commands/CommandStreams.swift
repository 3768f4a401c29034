extension Command {
  /// The streams to load before deciding. What is already known may name more: ask again with
  /// the folded world until nothing new comes.
  public func streams(knowing world: World) -> Set<StreamKey> {
    switch self {
    case .registerOrganisation(let event): [.organisation(event.organisation)]
    case .registerProducer(let event):
      Set([.producer(event.producer)] + some(event.organisation.map(StreamKey.organisation)))
    case .erasePersonalData(let producer, _): [.producer(producer)]
    case .givePersonalData(let event): [.producer(event.producer)]
    case .registerPlot(let event):
      Set([.plot(event.plot)] + some(event.producer.map(StreamKey.producer)))
    case .correctGeometry(let event): [.plot(event.plot)]
    case .documentTenure(let event): [.plot(event.plot)]
    case .registerDataset(let event): [.dataset(event.dataset)]
    case .supersedeDataset(let event):
      Set([.dataset(event.dataset)] + some(event.by.map(StreamKey.dataset)))
    case .registerPolicy(let event):
      [StreamKey(kind: .policy, code: event.name + "-" + event.version)]
    case .recordAssessment(let event):
      Set([.plot(event.plot)] + event.results.map { .dataset($0.dataset) })
    case .raiseFinding(let event): Set([.finding(event.finding)] + event.subjects)
    case .registerCatalogue(let event): [event.stream]
    case .declareCapacity(let event): [.organisation(event.organisation)]
    case .raisePattern(let event): Set([.finding(event.finding)] + event.subjects)
    case .reviewFinding(let event, _):
      finding(event.finding, world).union(some(event.organisation.map(StreamKey.organisation)))
    case .assignFinding(let event): [.finding(event.finding)]
    case .reopenFinding(let event): finding(event.finding, world)
    case .correct(let act): corrected(act, world)
    case .noteOverdue(let lot): [.lot(lot)]
    case .certifyPlot(let event): [.plot(event.plot)]
    case .downgrade(let event): world.streams(certifying: event)
    default: custodyStreams
    }
  }

  private var custodyStreams: Set<StreamKey> {
    switch self {
    case .harvest(let act): [.lot(act.lot), .plot(act.plot), .producer(act.producer)]
    case .purchase(let act):
      Set([.lot(act.lot), .organisation(act.buyer), act.seller.stream] + lots(act.inputs))
    case .blend(let act): Set([.lot(act.lot), .organisation(act.holder)] + lots(act.inputs))
    case .split(let act): Set([.lot(act.source), .organisation(act.holder)] + lots(act.parts))
    case .process(let act):
      Set(
        [.organisation(act.holder)] + lots(act.inputs)
          + act.outputs.map { .lot($0.lot) })
    case .dispatch(let act):
      Set(
        [.lot(act.lot), .organisation(act.from), .organisation(act.to)]
          + some(act.part.map { .lot($0.lot) }))
    case .receive(let act):
      Set([.lot(act.lot), .organisation(act.by)] + some(act.returned.map { .lot($0.lot) }))
    case .reject(let act): [.lot(act.lot), .organisation(act.by)]
    case .adjust(let act): [.lot(act.lot), .organisation(act.holder)]
    case .registerTank(let event): [.tank(event.tank), .organisation(event.holder)]
    case .fillTank(let act):
      Set([.tank(act.tank), .organisation(act.holder)] + lots(act.inputs))
    case .tapTank(let act): [.tank(act.tank), .organisation(act.holder), .lot(act.lot)]
    case .countTank(let act): [.tank(act.tank), .organisation(act.holder)]
    case .emptyTank(let act): [.tank(act.tank), .organisation(act.holder)]
    case .openShipment(let event): [.shipment(event.shipment), .organisation(event.exporter)]
    case .load(let act): [.shipment(act.shipment), .lot(act.lot), .organisation(act.holder)]
    case .seal(let holder, let event): [.shipment(event.shipment), .organisation(holder)]
    case .export(let holder, let event): [.shipment(event.shipment), .organisation(holder)]
    default: []
    }
  }

  private func finding(_ code: FindingCode, _ world: World) -> Set<StreamKey> {
    Set([.finding(code)] + (world.findings[code]?.raised.subjects ?? []))
  }

  /// What the wrong act touched, and what the right one touches.
  private func corrected(_ act: Correction, _ world: World) -> Set<StreamKey> {
    var keys: Set<StreamKey> = [.lot(act.lot), .organisation(act.by)]
    keys.formUnion(lots(act.inputs ?? []) + some(act.plot.map(StreamKey.plot)))
    keys.formUnion(some(act.producer.map(StreamKey.producer)))
    guard let origin = world.lots[act.lot]?.origin else { return keys }
    keys.formUnion(lots(origin.inputs))
    if act.to != nil || act.inputs != nil { keys.formUnion(world.streams(datedBy: act.lot)) }
    switch origin {
    case .harvested(let event):
      keys.formUnion([.plot(event.plot), .producer(event.producer)])
    case .processed(let event): keys.formUnion(event.outputs.map { .lot($0.lot) })
    case .purchased, .blended, .split, .tapped: break
    }
    return keys
  }

  private func lots(_ draws: [LotDraw]) -> [StreamKey] { draws.map { .lot($0.lot) } }

  private func some(_ key: StreamKey?) -> [StreamKey] { key.map { [$0] } ?? [] }
}
