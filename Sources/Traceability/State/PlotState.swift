public import ValueTypes

/// A plot as its stream tells it.
public struct PlotState: Sendable, Hashable {
  /// As it was registered, with the outline that counts now.
  public private(set) var registered: PlotRegistered
  /// As it was registered.
  let first: PlotRegistered
  public internal(set) var corrections: [Dated<PlotGeometryCorrected>] = []
  public internal(set) var tenure: [Dated<PlotTenureDocumented>] = []
  /// The oldest first.
  public internal(set) var assessments: [Dated<PlotAssessed>] = []
  public internal(set) var harvests: [PlotHarvested] = []
  public internal(set) var certificates: [Dated<PlotCertified>] = []

  /// The newest assessment.
  public var assessment: Dated<PlotAssessed>? { assessments.last }

  public var stream: StreamKey { .plot(registered.plot) }

  /// The plot as it was with an outline of this digest; nil where it never had it.
  public func outline(_ digest: SHA256Digest) -> PlotRegistered? {
    var plot = first
    if plot.geometry.digest == digest { return plot }
    for correction in corrections {
      plot = plot.corrected(by: correction.value)
      if plot.geometry.digest == digest { return plot }
    }
    return nil
  }

  /// The event that brought the outline that counts now.
  public var outlineReference: EventReference {
    EventReference(stream: stream, version: corrections.last?.version ?? 1)
  }

  init(_ event: PlotRegistered) {
    first = event
    registered = event
  }

  mutating func correct(_ correction: Dated<PlotGeometryCorrected>) {
    registered = registered.corrected(by: correction.value)
    corrections.append(correction)
  }

  /// The assessment's event and those before it that saw the same in the same outline on these
  /// maps: what was said of one is said of all.
  func references(
    seeing assessed: PlotAssessed, at version: Int64, on maps: [DatasetName]
  ) -> Set<EventReference> {
    let shown = assessed.results(on: maps)
    var references: Set = [EventReference(stream: stream, version: version)]
    for earlier in assessments
    where earlier.value.geometryDigest == assessed.geometryDigest
      && earlier.value.results(on: maps) == shown
    {
      references.insert(EventReference(stream: stream, version: earlier.version))
    }
    return references
  }

  /// Mass of one product harvested in one calendar year.
  public func harvested(_ product: ProductCode, in year: Int) -> Int64 {
    harvests.lazy.filter { $0.product == product && $0.to.year == year }
      .reduce(0) { BoundedMass.adding($0, $1.grams.value) }
  }
}

/// A finding and, once a person has looked at it, its review.
public struct FindingState: Sendable, Hashable {
  public let raised: FindingRaised
  public internal(set) var review: FindingReviewed?
  /// Who is to look at it, said last.
  public internal(set) var assignment: FindingAssigned?
  /// By the stream that tells of them: that of the finding and of each subject tells all.
  private var reopeningsIn: [StreamKey: [FindingReopened]] = [:]

  public var reopenings: [FindingReopened] {
    reopeningsIn.values.max { $0.count < $1.count } ?? []
  }

  /// A person has dismissed it, with evidence: without any, a review answers nothing.
  public var isAnswered: Bool {
    guard let review else { return false }
    return review.outcome == .dismissed && !review.evidence.isEmpty
  }

  /// Holds the verdict back: a doubt not yet answered, or one found right.
  public var holds: Bool { raised.severity == .doubt && !isAnswered }

  public var status: FindingStatus {
    switch review?.outcome {
    case .upheld: .upheld
    case .dismissed: .dismissed
    case nil: assignment == nil ? .open : .assigned
    }
  }

  init(_ event: FindingRaised) { raised = event }

  mutating func reopen(_ event: FindingReopened, in stream: StreamKey) {
    review = nil
    reopeningsIn[stream, default: []].append(event)
  }
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

extension PlotAssessed {
  fileprivate func results(on maps: [DatasetName]) -> [DatasetResult] {
    results.filter { maps.contains($0.dataset) }.sorted { $0.dataset < $1.dataset }
  }
}
