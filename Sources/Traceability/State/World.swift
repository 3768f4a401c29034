public import ValueTypes

/// What a set of streams says, folded: as few as one act needs, or all of a ledger.
///
/// What a stream that was not loaded says is unknown here; deciding loads all that it names.
public struct World: Sendable {
  public private(set) var organisations: [OrganisationCode: OrganisationRegistered] = [:]
  public private(set) var producers: [ProducerCode: ProducerRegistered] = [:]
  /// Producers whose personal data are held or were erased; no others.
  public private(set) var people: [ProducerCode: PersonState] = [:]
  public private(set) var plots: [PlotCode: PlotState] = [:]
  public private(set) var lots: [LotCode: LotState] = [:]
  public private(set) var tanks: [TankCode: TankState] = [:]
  public private(set) var shipments: [ShipmentCode: ShipmentState] = [:]
  public private(set) var statements: [StatementCode: StatementDrafted] = [:]
  public private(set) var datasets: [DatasetName: DatasetRegistered] = [:]
  /// Datasets that are used no more.
  public private(set) var superseded: [DatasetName: DatasetSuperseded] = [:]
  /// By stream code, `eudr-1`.
  public private(set) var policies: [String: PolicyRegistered] = [:]
  /// By stream code, `raiz-2`.
  public private(set) var catalogues: [String: CatalogueRegistered] = [:]
  /// What vehicles carry and mills take in, in the order in which it was declared.
  public private(set) var capacities: [OrganisationCode: [Dated<CapacityDeclared>]] = [:]
  public private(set) var findings: [FindingCode: FindingState] = [:]
  /// Findings by what they touch, in the order in which they were raised.
  public private(set) var findingsOn: [StreamKey: [FindingCode]] = [:]
  /// The newest version applied, by stream.
  public private(set) var versions: [StreamKey: Int64] = [:]

  public init() {}

  /// The version of the stream; 0 where it has no events.
  public func version(of stream: StreamKey) -> Int64 { versions[stream] ?? 0 }

  /// The same world without one statement, to draft it again and compare.
  public func forgetting(statement code: StatementCode) -> World {
    var copy = self
    copy.statements[code] = nil
    return copy
  }

  /// Findings of a kind on a subject that rest on any of these events.
  func findings(
    _ kind: FindingKind, on stream: StreamKey, restingOn references: Set<EventReference>
  ) -> [FindingState] {
    (findingsOn[stream] ?? []).compactMap { findings[$0] }
      .filter { $0.raised.kind == kind && !references.isDisjoint(with: $0.raised.restsOn) }
  }

  public func holdingFindings(on stream: StreamKey) -> [FindingState] {
    (findingsOn[stream] ?? []).compactMap { findings[$0] }.filter(\.holds)
  }

  /// Applies one fact of a stream. Never refuses: what is recorded has happened.
  public mutating func apply(
    _ event: DomainEvent, stream: StreamKey, version: Int64, occurredAt: Timestamp
  ) {
    versions[stream] = version
    switch event {
    case .organisationRegistered(let fact): organisations[fact.organisation] = fact
    case .producerRegistered(let fact):
      producers[fact.producer] = fact
      people[fact.producer] = fact.person.map(PersonState.init)
    case .personalDataGiven(let fact): people[fact.producer] = PersonState(fact.person)
    case .personalDataErased(let fact): people[fact.producer]?.isErased = true
    case .datasetRegistered(let fact): datasets[fact.dataset] = fact
    case .datasetSuperseded(let fact): superseded[fact.dataset] = fact
    case .policyRegistered(let fact): policies[stream.code] = fact
    case .catalogueRegistered(let fact): catalogues[stream.code] = fact
    case .capacityDeclared(let fact):
      capacities[fact.organisation, default: []].append(
        Dated(fact, at: occurredAt, version: version))
    case .statementDrafted(let fact): statements[fact.statement] = fact
    case .findingRaised(let fact): apply(fact, stream: stream)
    case .findingReviewed(let fact): findings[fact.finding]?.review = fact
    case .findingAssigned(let fact): findings[fact.finding]?.assignment = fact
    case .findingReopened(let fact): findings[fact.finding]?.reopen(fact, in: stream)
    case .plotRegistered, .plotGeometryCorrected, .plotTenureDocumented, .plotAssessed,
      .plotHarvested, .plotHarvestCorrected:
      applyToPlot(event, version: version, occurredAt: occurredAt)
    case .shipmentOpened, .shipmentLotLoaded, .shipmentSealed, .shipmentExported:
      applyToShipment(event, version: version, occurredAt: occurredAt)
    case .lotHarvested(let fact): create(fact.lot, .harvested(fact), occurredAt, version)
    case .lotPurchased(let fact): create(fact.lot, .purchased(fact), occurredAt, version)
    case .lotBlended(let fact): create(fact.lot, .blended(fact), occurredAt, version)
    case .lotSplit(let fact): create(fact.lot, .split(fact), occurredAt, version)
    case .lotProcessed(let fact): create(fact.lot, .processed(fact), occurredAt, version)
    case .plotCertified(let fact):
      plots[fact.plot]?.certificates.append(Dated(fact, at: occurredAt, version: version))
    case .lotDowngraded(let fact):
      lots[fact.lot]?.downgrades.append(Dated(fact, at: occurredAt, version: version))
    case .lotTapped(let fact): create(fact.lot, .tapped(fact), occurredAt, version)
    case .tankRegistered(let fact): tanks[fact.tank] = TankState(fact, at: occurredAt)
    case .tankFilled, .tankDrawn, .tankCounted, .tankEmptied:
      guard let tank = try? TankCode(stream.code) else { return }
      tanks[tank]?.take(event, version: version, at: occurredAt)
    case .lotDrawn, .lotDispatched, .lotReceived, .lotRejected, .lotAdjusted, .lotCorrected:
      applyToLot(event, version: version, occurredAt: occurredAt)
    }
  }

  mutating func leaveOut(_ maps: Set<DatasetName>) {
    for code in plots.keys { plots[code]?.leaveOut(maps) }
  }

  private mutating func create(
    _ code: LotCode, _ origin: LotOrigin, _ occurredAt: Timestamp, _ version: Int64
  ) {
    lots[code] = LotState(
      code: code, origin: origin, createdAt: occurredAt, version: version)
  }

  /// A finding stands in its own stream and, copied, in the stream of each subject, so that a
  /// subject's stream alone shows every doubt about it.
  private mutating func apply(_ fact: FindingRaised, stream: StreamKey) {
    if findings[fact.finding] == nil { findings[fact.finding] = FindingState(fact) }
    for subject in fact.subjects where findingsOn[subject]?.contains(fact.finding) != true {
      findingsOn[subject, default: []].append(fact.finding)
    }
  }

  private mutating func applyToPlot(
    _ event: DomainEvent, version: Int64, occurredAt: Timestamp
  ) {
    switch event {
    case .plotRegistered(let fact): plots[fact.plot] = PlotState(fact)
    case .plotGeometryCorrected(let fact):
      plots[fact.plot]?.correct(Dated(fact, at: occurredAt, version: version))
    case .plotTenureDocumented(let fact):
      plots[fact.plot]?.tenure.append(Dated(fact, at: occurredAt, version: version))
    case .plotAssessed(let fact):
      plots[fact.plot]?.assessments.append(Dated(fact, at: occurredAt, version: version))
    case .plotHarvested(let fact): plots[fact.plot]?.harvests.append(fact)
    case .plotHarvestCorrected(let fact):
      plots[fact.plot]?.harvests.removeAll { $0.lot == fact.lot }
      if let harvest = fact.harvest { plots[fact.plot]?.harvests.append(harvest) }
    default: break
    }
  }

  private mutating func applyToShipment(
    _ event: DomainEvent, version: Int64, occurredAt: Timestamp
  ) {
    switch event {
    case .shipmentOpened(let fact): shipments[fact.shipment] = ShipmentState(fact)
    case .shipmentLotLoaded(let fact):
      shipments[fact.shipment]?.loads.append(fact)
      shipments[fact.shipment]?.loadedAt.append(occurredAt)
    case .shipmentSealed(let fact):
      shipments[fact.shipment]?.sealed = Dated(fact, at: occurredAt, version: version)
    case .shipmentExported(let fact):
      shipments[fact.shipment]?.exported = Dated(fact, at: occurredAt, version: version)
    default: break
    }
  }

  private mutating func applyToLot(
    _ event: DomainEvent, version: Int64, occurredAt: Timestamp
  ) {
    if case .lotCorrected(let fact) = event {
      lots[fact.lot]?.correct(fact, at: occurredAt, version: version)
    } else if let act = event.lotAct {
      lots[act.lot]?.take(act, at: occurredAt, version: version)
    }
  }
}
