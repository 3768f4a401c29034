public import Traceability

extension Bundle {
  /// The streams that a bundle about `subject` must hold whole: all lots upstream, the tanks that
  /// they came out of, their plots,
  /// the producers, the organisations that held or sold them, the newest assessments' datasets,
  /// the policy, and the shipment.
  ///
  /// What `world` does not know yet cannot name more: load, fold and ask again until nothing new
  /// comes. A finding stands in the streams of its subjects, so its own is not needed.
  public static func requiredStreams(
    for subject: StreamKey, world: World, policy: Policy
  ) -> Set<StreamKey> {
    requiredStreams(for: subject, world: world, policyCode: policy.code)
  }

  static func requiredStreams(
    for subject: StreamKey, world: World, policyCode: String
  ) -> Set<StreamKey> {
    var keys: Set<StreamKey> = [subject, StreamKey(kind: .policy, code: policyCode)]
    var plots: [PlotCode] = []
    var lots: [LotCode] = []
    switch subject.kind {
    case .plot: plots = [subject.code].compactMap { try? PlotCode($0) }
    case .lot: lots = [subject.code].compactMap { try? LotCode($0) }
    case .shipment:
      let shipment = (try? ShipmentCode(subject.code)).flatMap { world.shipments[$0] }
      if let shipment { keys.insert(.organisation(shipment.opened.exporter)) }
      lots = shipment?.loads.map(\.lot) ?? []
    default: break
    }
    let upstream = everUpstream(of: lots, world)
    plots += upstream.plots
    for lot in upstream.lots {
      keys.insert(.lot(lot))
      if let state = world.lots[lot] { keys.formUnion(state.parties.map(\.stream)) }
    }
    for tank in world.tanks(giving: upstream.lots) {
      keys.insert(.tank(tank))
      if let state = world.tanks[tank] { keys.insert(.organisation(state.registered.holder)) }
    }
    for plot in plots {
      keys.insert(.plot(plot))
      guard let state = world.plots[plot] else { continue }
      if let producer = state.registered.producer { keys.insert(.producer(producer)) }
      for result in state.assessment?.value.results ?? [] { keys.insert(.dataset(result.dataset)) }
    }
    for key in keys where key.kind == .producer {
      guard let code = try? ProducerCode(key.code),
        let organisation = world.producers[code]?.organisation
      else { continue }
      keys.insert(.organisation(organisation))
    }
    return keys
  }

  /// Upstream by what is said now and by what was corrected: whoever replays the events needs
  /// what each rested on when it was recorded.
  private static func everUpstream(
    of lots: [LotCode], _ world: World
  ) -> (lots: [LotCode], plots: [PlotCode]) {
    var found = Provenance(world: world).upstream(of: lots)
    while true {
      let corrected = found.lots.compactMap { world.lots[$0] }.filter { !$0.corrections.isEmpty }
      let origins = corrected.flatMap(\.everyOrigin)
      let more = Set(origins.flatMap { $0.inputs.map(\.lot) }).subtracting(found.lots)
      let plots = Set(found.plots).union(origins.compactMap(\.plot)).sorted()
      guard !more.isEmpty else { return (found.lots, plots) }
      found = Provenance(world: world).upstream(of: found.lots + more.sorted())
    }
  }
}

extension LotState {
  /// All who held, sold, sent or took it, as far as the ledger knows them: who sells mass of
  /// unknown origin need not be registered.
  fileprivate var parties: [Party] {
    var parties = [origin.holder]
    if case .purchased(let event) = origin, !event.inputs.isEmpty { parties.append(event.seller) }
    for dispatch in dispatches {
      parties += [dispatch.value.from, .organisation(dispatch.value.to)]
    }
    parties += receipts.map { .organisation($0.value.by) }
    parties += rejections.map { .organisation($0.value.by) }
    parties += adjustments.map(\.value.holder)
    return parties
  }
}
