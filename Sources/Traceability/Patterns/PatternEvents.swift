extension PatternSearch {
  /// True for the facts that patterns rest on: how lots came into being and moved, plots and their
  /// harvests, capacities, and what was raised before. A world of these alone gives the same
  /// findings as one of all.
  public static func rests(on fact: DomainEvent) -> Bool {
    switch fact {
    case .lotHarvested, .lotPurchased, .lotBlended, .lotSplit, .lotProcessed, .lotTapped, .lotDrawn,
      .lotDispatched, .lotReceived, .lotRejected, .lotAdjusted, .lotCorrected:
      true
    case .plotRegistered, .plotGeometryCorrected, .plotHarvested, .plotHarvestCorrected,
      .capacityDeclared:
      true
    case .findingRaised(let finding): finding.kind.isPattern
    case .organisationRegistered, .producerRegistered, .personalDataErased, .personalDataGiven,
      .plotTenureDocumented, .plotAssessed, .plotCertified, .datasetRegistered,
      .datasetSuperseded, .policyRegistered, .catalogueRegistered, .lotDowngraded,
      .tankRegistered, .tankFilled, .tankDrawn, .tankCounted, .tankEmptied, .shipmentOpened,
      .shipmentLotLoaded, .shipmentSealed, .shipmentExported, .statementDrafted,
      .findingReviewed, .findingAssigned, .findingReopened:
      false
    }
  }
}
