/// Every fact that a ledger of this domain can hold; `docs/events.md` is its catalogue.
///
/// Facts are never refused when they are applied: deciding comes before, in `decide`.
public enum DomainEvent: Sendable, Hashable {
  case organisationRegistered(OrganisationRegistered)
  case producerRegistered(ProducerRegistered)
  case personalDataErased(PersonalDataErased)
  case personalDataGiven(PersonalDataGiven)
  case plotRegistered(PlotRegistered)
  case plotTenureDocumented(PlotTenureDocumented)
  case plotGeometryCorrected(PlotGeometryCorrected)
  case plotAssessed(PlotAssessed)
  case plotHarvested(PlotHarvested)
  case datasetRegistered(DatasetRegistered)
  case datasetSuperseded(DatasetSuperseded)
  case policyRegistered(PolicyRegistered)
  case catalogueRegistered(CatalogueRegistered)
  case capacityDeclared(CapacityDeclared)
  case lotHarvested(LotHarvested)
  case lotPurchased(LotPurchased)
  case lotBlended(LotBlended)
  case lotSplit(LotSplit)
  case lotProcessed(LotProcessed)
  case lotDrawn(LotDrawn)
  case lotDispatched(LotDispatched)
  case lotReceived(LotReceived)
  case lotRejected(LotRejected)
  case lotAdjusted(LotAdjusted)
  case lotCorrected(LotCorrected)
  case plotHarvestCorrected(PlotHarvestCorrected)
  case lotTapped(LotTapped)
  case plotCertified(PlotCertified)
  case lotDowngraded(LotDowngraded)
  case tankRegistered(TankRegistered)
  case tankFilled(TankFilled)
  case tankDrawn(TankDrawn)
  case tankCounted(TankCounted)
  case tankEmptied(TankEmptied)
  case shipmentOpened(ShipmentOpened)
  case shipmentLotLoaded(ShipmentLotLoaded)
  case shipmentSealed(ShipmentSealed)
  case shipmentExported(ShipmentExported)
  case statementDrafted(StatementDrafted)
  case findingRaised(FindingRaised)
  case findingReviewed(FindingReviewed)
  case findingAssigned(FindingAssigned)
  case findingReopened(FindingReopened)

  /// The event's type as the ledger's envelope names it: `lot.harvested`.
  public var type: String {
    switch self {
    case .organisationRegistered: "organisation.registered"
    case .producerRegistered: "producer.registered"
    case .personalDataErased: PersonalDataErased.type
    case .personalDataGiven: "producer.personal-data-given"
    case .plotRegistered: "plot.registered"
    case .plotTenureDocumented: "plot.tenure-documented"
    case .plotGeometryCorrected: "plot.geometry-corrected"
    case .plotAssessed: "plot.assessed"
    case .plotHarvested: "plot.harvested"
    case .datasetRegistered: "dataset.registered"
    case .datasetSuperseded: "dataset.superseded"
    case .policyRegistered: "policy.registered"
    case .catalogueRegistered: "catalogue.registered"
    case .capacityDeclared: "organisation.capacity-declared"
    case .lotHarvested: "lot.harvested"
    case .lotPurchased: "lot.purchased"
    case .lotBlended: "lot.blended"
    case .lotSplit: "lot.split"
    case .lotProcessed: "lot.processed"
    case .lotDrawn: "lot.drawn"
    case .lotDispatched: "lot.dispatched"
    case .lotReceived: "lot.received"
    case .lotRejected: "lot.rejected"
    case .lotAdjusted: "lot.adjusted"
    case .lotCorrected: "lot.corrected"
    case .plotHarvestCorrected: "plot.harvest-corrected"
    case .lotTapped: "lot.tapped"
    case .plotCertified: "plot.certified"
    case .lotDowngraded: "lot.downgraded"
    case .tankRegistered: "tank.registered"
    case .tankFilled: "tank.filled"
    case .tankDrawn: "tank.drawn"
    case .tankCounted: "tank.counted"
    case .tankEmptied: "tank.emptied"
    case .shipmentOpened: "shipment.opened"
    case .shipmentLotLoaded: "shipment.lot-loaded"
    case .shipmentSealed: "shipment.sealed"
    case .shipmentExported: "shipment.exported"
    case .statementDrafted: "statement.drafted"
    case .findingRaised: "finding.raised"
    case .findingReviewed: "finding.reviewed"
    case .findingAssigned: "finding.assigned"
    case .findingReopened: "finding.reopened"
    }
  }

  /// The stream it belongs to.
  public var stream: StreamKey {
    switch self {
    case .organisationRegistered(let event): .organisation(event.organisation)
    case .producerRegistered(let event): .producer(event.producer)
    case .personalDataErased(let event): .producer(event.producer)
    case .personalDataGiven(let event): .producer(event.producer)
    case .plotRegistered(let event): .plot(event.plot)
    case .plotTenureDocumented(let event): .plot(event.plot)
    case .plotGeometryCorrected(let event): .plot(event.plot)
    case .plotAssessed(let event): .plot(event.plot)
    case .plotHarvested(let event): .plot(event.plot)
    case .datasetRegistered(let event): .dataset(event.dataset)
    case .datasetSuperseded(let event): .dataset(event.dataset)
    case .policyRegistered(let event):
      StreamKey(kind: .policy, code: event.name + "-" + event.version)
    case .catalogueRegistered(let event): event.stream
    case .capacityDeclared(let event): .organisation(event.organisation)
    case .lotHarvested(let event): .lot(event.lot)
    case .lotPurchased(let event): .lot(event.lot)
    case .lotBlended(let event): .lot(event.lot)
    case .lotSplit(let event): .lot(event.lot)
    case .lotProcessed(let event): .lot(event.lot)
    case .lotDrawn(let event): .lot(event.lot)
    case .lotDispatched(let event): .lot(event.lot)
    case .lotReceived(let event): .lot(event.lot)
    case .lotRejected(let event): .lot(event.lot)
    case .lotAdjusted(let event): .lot(event.lot)
    case .lotCorrected(let event): .lot(event.lot)
    case .plotHarvestCorrected(let event): .plot(event.plot)
    case .lotTapped(let event): .lot(event.lot)
    case .plotCertified(let event): .plot(event.plot)
    case .lotDowngraded(let event): .lot(event.lot)
    case .tankRegistered(let event): .tank(event.tank)
    case .tankFilled(let event): .tank(event.tank)
    case .tankDrawn(let event): .tank(event.tank)
    case .tankCounted(let event): .tank(event.tank)
    case .tankEmptied(let event): .tank(event.tank)
    case .shipmentOpened(let event): .shipment(event.shipment)
    case .shipmentLotLoaded(let event): .shipment(event.shipment)
    case .shipmentSealed(let event): .shipment(event.shipment)
    case .shipmentExported(let event): .shipment(event.shipment)
    case .statementDrafted(let event): .statement(event.statement)
    case .findingRaised(let event): .finding(event.finding)
    case .findingReviewed(let event): .finding(event.finding)
    case .findingAssigned(let event): .finding(event.finding)
    case .findingReopened(let event): .finding(event.finding)
    }
  }
}
