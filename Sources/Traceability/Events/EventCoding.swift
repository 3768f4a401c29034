import FoundationEssentials

/// Why bytes are no event of this domain.
public enum EventCodingError: Error, Sendable, CustomStringConvertible {
  /// A type or schema that this version does not know.
  case unknown(type: String, schema: Int)
  /// Known, but a field is missing or of the wrong form.
  case malformed(type: String, reason: String)

  public var description: String {
    switch self {
    case .unknown(let type, let schema):
      "event type «\(type)» in schema \(schema) is not known to this version"
    case .malformed(let type, let reason): "event of type «\(type)» is malformed: \(reason)"
    }
  }
}

extension DomainEvent {
  /// The schema that `encoded()` writes; every type is in its first.
  public static let schema = 1

  /// The `data` member of the ledger's envelope: one compact JSON object with sorted keys.
  public func encoded() throws(EventCodingError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encode(with: encoder))
    } catch {
      throw .malformed(type: type, reason: "\(error)")
    }
  }

  private func encode(with encoder: JSONEncoder) throws -> Data {
    switch self {
    case .organisationRegistered(let event): try encoder.encode(event)
    case .producerRegistered(let event): try encoder.encode(event)
    case .personalDataErased(let event): try encoder.encode(event)
    case .personalDataGiven(let event): try encoder.encode(event)
    case .plotRegistered(let event): try encoder.encode(event)
    case .plotTenureDocumented(let event): try encoder.encode(event)
    case .plotGeometryCorrected(let event): try encoder.encode(event)
    case .plotAssessed(let event): try encoder.encode(event)
    case .plotHarvested(let event): try encoder.encode(event)
    case .datasetRegistered(let event): try encoder.encode(event)
    case .datasetSuperseded(let event): try encoder.encode(event)
    case .policyRegistered(let event): try encoder.encode(event)
    case .catalogueRegistered(let event): try encoder.encode(event)
    case .capacityDeclared(let event): try encoder.encode(event)
    case .lotHarvested(let event): try encoder.encode(event)
    case .lotPurchased(let event): try encoder.encode(event)
    case .lotBlended(let event): try encoder.encode(event)
    case .lotSplit(let event): try encoder.encode(event)
    case .lotProcessed(let event): try encoder.encode(event)
    case .lotDrawn(let event): try encoder.encode(event)
    case .lotDispatched(let event): try encoder.encode(event)
    case .lotReceived(let event): try encoder.encode(event)
    case .lotRejected(let event): try encoder.encode(event)
    case .lotAdjusted(let event): try encoder.encode(event)
    case .lotCorrected(let event): try encoder.encode(event)
    case .plotHarvestCorrected(let event): try encoder.encode(event)
    case .lotTapped(let event): try encoder.encode(event)
    case .plotCertified(let event): try encoder.encode(event)
    case .lotDowngraded(let event): try encoder.encode(event)
    case .tankRegistered(let event): try encoder.encode(event)
    case .tankFilled(let event): try encoder.encode(event)
    case .tankDrawn(let event): try encoder.encode(event)
    case .tankCounted(let event): try encoder.encode(event)
    case .tankEmptied(let event): try encoder.encode(event)
    case .shipmentOpened(let event): try encoder.encode(event)
    case .shipmentLotLoaded(let event): try encoder.encode(event)
    case .shipmentSealed(let event): try encoder.encode(event)
    case .shipmentExported(let event): try encoder.encode(event)
    case .statementDrafted(let event): try encoder.encode(event)
    case .findingRaised(let event): try encoder.encode(event)
    case .findingReviewed(let event): try encoder.encode(event)
    case .findingAssigned(let event): try encoder.encode(event)
    case .findingReopened(let event): try encoder.encode(event)
    }
  }

  /// Reads what `encoded()` wrote. Unknown fields are left alone; an unknown type is an error.
  public static func decode(
    type: String, schema: Int, data: some Sequence<UInt8>
  ) throws(EventCodingError) -> DomainEvent {
    guard schema == Self.schema, let read = readers[type] else {
      throw .unknown(type: type, schema: schema)
    }
    do {
      return try read(JSONDecoder(), Data(data))
    } catch {
      throw .malformed(type: type, reason: "\(error)")
    }
  }

  private typealias Reader = @Sendable (JSONDecoder, Data) throws -> DomainEvent

  private static func reader<Payload: Decodable & Sendable>(
    _ wrap: @escaping @Sendable (Payload) -> DomainEvent
  ) -> Reader {
    { decoder, data in wrap(try decoder.decode(Payload.self, from: data)) }
  }

  private static let readers: [String: Reader] = [
    "organisation.registered": reader { (payload: OrganisationRegistered) in
      .organisationRegistered(payload)
    },
    "producer.registered": reader { (payload: ProducerRegistered) in .producerRegistered(payload) },
    "producer.personal-data-erased": reader { (payload: PersonalDataErased) in
      .personalDataErased(payload)
    },
    "producer.personal-data-given": reader { (payload: PersonalDataGiven) in
      .personalDataGiven(payload)
    },
    "plot.registered": reader { (payload: PlotRegistered) in .plotRegistered(payload) },
    "plot.tenure-documented": reader { (payload: PlotTenureDocumented) in
      .plotTenureDocumented(payload)
    },
    "plot.geometry-corrected": reader { (payload: PlotGeometryCorrected) in
      .plotGeometryCorrected(payload)
    },
    "plot.assessed": reader { (payload: PlotAssessed) in .plotAssessed(payload) },
    "plot.harvested": reader { (payload: PlotHarvested) in .plotHarvested(payload) },
    "dataset.registered": reader { (payload: DatasetRegistered) in .datasetRegistered(payload) },
    "dataset.superseded": reader { (payload: DatasetSuperseded) in .datasetSuperseded(payload) },
    "policy.registered": reader { (payload: PolicyRegistered) in .policyRegistered(payload) },
    "catalogue.registered": reader { (payload: CatalogueRegistered) in
      .catalogueRegistered(payload)
    },
    "organisation.capacity-declared": reader { (payload: CapacityDeclared) in
      .capacityDeclared(payload)
    },
    "lot.harvested": reader { (payload: LotHarvested) in .lotHarvested(payload) },
    "lot.purchased": reader { (payload: LotPurchased) in .lotPurchased(payload) },
    "lot.blended": reader { (payload: LotBlended) in .lotBlended(payload) },
    "lot.split": reader { (payload: LotSplit) in .lotSplit(payload) },
    "lot.processed": reader { (payload: LotProcessed) in .lotProcessed(payload) },
    "lot.drawn": reader { (payload: LotDrawn) in .lotDrawn(payload) },
    "lot.dispatched": reader { (payload: LotDispatched) in .lotDispatched(payload) },
    "lot.received": reader { (payload: LotReceived) in .lotReceived(payload) },
    "lot.rejected": reader { (payload: LotRejected) in .lotRejected(payload) },
    "lot.adjusted": reader { (payload: LotAdjusted) in .lotAdjusted(payload) },
    "lot.corrected": reader { (payload: LotCorrected) in .lotCorrected(payload) },
    "plot.harvest-corrected": reader { (payload: PlotHarvestCorrected) in
      .plotHarvestCorrected(payload)
    },
    "plot.certified": reader { (payload: PlotCertified) in .plotCertified(payload) },
    "lot.downgraded": reader { (payload: LotDowngraded) in .lotDowngraded(payload) },
    "lot.tapped": reader { (payload: LotTapped) in .lotTapped(payload) },
    "tank.registered": reader { (payload: TankRegistered) in .tankRegistered(payload) },
    "tank.filled": reader { (payload: TankFilled) in .tankFilled(payload) },
    "tank.drawn": reader { (payload: TankDrawn) in .tankDrawn(payload) },
    "tank.counted": reader { (payload: TankCounted) in .tankCounted(payload) },
    "tank.emptied": reader { (payload: TankEmptied) in .tankEmptied(payload) },
    "shipment.opened": reader { (payload: ShipmentOpened) in .shipmentOpened(payload) },
    "shipment.lot-loaded": reader { (payload: ShipmentLotLoaded) in .shipmentLotLoaded(payload) },
    "shipment.sealed": reader { (payload: ShipmentSealed) in .shipmentSealed(payload) },
    "shipment.exported": reader { (payload: ShipmentExported) in .shipmentExported(payload) },
    "statement.drafted": reader { (payload: StatementDrafted) in .statementDrafted(payload) },
    "finding.raised": reader { (payload: FindingRaised) in .findingRaised(payload) },
    "finding.reviewed": reader { (payload: FindingReviewed) in .findingReviewed(payload) },
    "finding.assigned": reader { (payload: FindingAssigned) in .findingAssigned(payload) },
    "finding.reopened": reader { (payload: FindingReopened) in .findingReopened(payload) },
  ]
}
