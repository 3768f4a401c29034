import ValueTypes

/// A plot as its stream tells it.
public struct PlotState: Sendable, Hashable {
  public let registered: PlotRegistered
  public internal(set) var tenure: [Dated<PlotTenureDocumented>] = []
  /// The newest assessment.
  public internal(set) var assessment: Dated<PlotAssessed>?
  public internal(set) var harvests: [PlotHarvested] = []

  public var stream: StreamKey { .plot(registered.plot) }

  init(_ event: PlotRegistered) { registered = event }

  /// Mass of one product harvested in one calendar year.
  public func harvested(_ product: ProductCode, in year: Int) -> Int64 {
    harvests.lazy.filter { $0.product == product && $0.to.year == year }
      .reduce(0) { sum, harvest in
        // A season beyond all bounds stays beyond all bounds.
        let (next, overflow) = sum.addingReportingOverflow(harvest.grams.value)
        return overflow ? Int64.max / 4 : min(next, Int64.max / 4)
      }
  }
}

/// A finding and, once a person has looked at it, its review.
public struct FindingState: Sendable, Hashable {
  public let raised: FindingRaised
  public internal(set) var review: FindingReviewed?

  /// A person has dismissed it, with evidence: without any, a review answers nothing.
  public var isAnswered: Bool {
    guard let review else { return false }
    return review.outcome == .dismissed && !review.evidence.isEmpty
  }

  /// Holds the verdict back: a doubt not yet answered, or one found right.
  public var holds: Bool { raised.severity == .doubt && !isAnswered }

  init(_ event: FindingRaised) { raised = event }
}

/// A shipment as its stream tells it.
public struct ShipmentState: Sendable, Hashable {
  public let opened: ShipmentOpened
  public internal(set) var loads: [ShipmentLotLoaded] = []
  /// When each of `loads` happened.
  var loadedAt: [Timestamp] = []
  public internal(set) var sealed: Dated<ShipmentSealed>?
  public internal(set) var exported: Dated<ShipmentExported>?

  public var stream: StreamKey { .shipment(opened.shipment) }

  init(_ event: ShipmentOpened) { opened = event }
}
