import Ledger
import Traceability
import ValueTypes

/// Goes through the events in ledger order and holds each against what was before: the rules by
/// which the ledger itself accepted them.
struct CustodyReplay {
  private(set) var world = World()
  var claims = DrawClaims()
  /// Mass ever in a lot: at its founding, and found by counts.
  var everIn: [LotCode: Int64] = [:]

  /// Applies one event; returns what is wrong with it.
  mutating func take(_ event: ReadEvent) -> [Fault] {
    var faults = belonging(event)
    switch event.fact {
    case .lotHarvested(let fact):
      faults += founded(fact.lot, fact.grams)
      if world.plots[fact.plot] == nil { faults.append(Fault(.cause, ["what": "\(fact.plot)"])) }
    case .lotPurchased, .lotBlended, .lotSplit, .lotProcessed:
      faults += founded(event.fact, event.envelope.occurredAt)
    case .lotTapped(let fact): faults += tapped(fact)
    case .tankFilled, .tankDrawn, .tankCounted, .tankEmptied:
      faults += atTank(event.fact)
    case .lotDrawn(let fact):
      faults += drawn(fact, event.envelope.version, event.envelope.occurredAt)
    case .lotDispatched, .lotReceived, .lotRejected:
      faults += moved(event.fact, event.envelope.occurredAt)
    case .lotAdjusted(let fact): faults += adjusted(fact, event.envelope.occurredAt)
    case .lotCorrected(let fact): faults += corrected(fact, event.envelope.version)
    case .lotDowngraded(let fact):
      if world.lots[fact.lot]?.holder != .organisation(fact.holder) {
        faults.append(Fault(.holder, ["lot": fact.lot.text]))
      }
    case .shipmentLotLoaded(let fact): faults += loaded(fact)
    case .datasetRegistered(let fact):
      if let year = fact.yearZero, !(0...9_999).contains(year) {
        faults.append(Fault(.figure, ["what": "yearZero \(year)"]))
      }
    case .plotAssessed(let fact):
      let values = fact.results.flatMap(\.classes).map(\.value)
      if let value = values.first(where: { Int32(exactly: $0) == nil }) {
        faults.append(Fault(.figure, ["what": "value \(value)"]))
      }
    default: break
    }
    world.apply(
      event.fact, stream: event.key, version: event.envelope.version,
      occurredAt: event.envelope.occurredAt)
    return faults + booked(event)
  }

  /// Harvests that their plots do not count, so that a season's yield would not show them.
  func uncountedHarvests() -> [(StreamKey, Fault)] {
    var faults: [(StreamKey, Fault)] = []
    var counts: [LotCode: [PlotHarvested]] = [:]
    for plot in world.plots.values {
      for harvest in plot.harvests { counts[harvest.lot, default: []].append(harvest) }
    }
    for (code, lot) in world.lots.sorted(by: { $0.key < $1.key }) {
      guard case .harvested(let event) = lot.origin, world.plots[event.plot] != nil else {
        continue
      }
      let counted = counts[code] ?? []
      guard counted.count == 1, counted[0].plot == event.plot, counted[0].grams == event.grams,
        counted[0].product == event.product
      else {
        faults.append((.lot(code), Fault(.harvestNotCounted, ["plot": event.plot.text])))
        continue
      }
    }
    return faults
  }

  // MARK: Streams

  /// An event stands in the stream it is about; a finding also in those of its subjects.
  private func belonging(_ event: ReadEvent) -> [Fault] {
    var faults: [Fault] = []
    let isFounding = Self.foundingTypes.contains(event.fact.type)
    if isFounding != (event.envelope.version == 1) {
      faults.append(
        Fault(
          .founding, ["type": event.fact.type, "version": "\(event.envelope.version)"]))
    }
    switch event.fact {
    case .findingRaised(let fact):
      if event.key != .finding(fact.finding), !fact.subjects.contains(event.key) {
        faults.append(Fault(.foreignEvent, ["about": fact.finding.text]))
      }
      if let known = world.findings[fact.finding], known.raised != fact {
        faults.append(Fault(.findingCopy, ["finding": fact.finding.text]))
      }
    case .findingReopened(let fact):
      guard let known = world.findings[fact.finding],
        known.raised.subjects.contains(event.key) || event.key == .finding(fact.finding)
      else { return faults + [Fault(.foreignEvent, ["about": fact.finding.text])] }
    case .findingReviewed(let fact):
      guard let known = world.findings[fact.finding],
        known.raised.subjects.contains(event.key) || event.key == .finding(fact.finding)
      else { return faults + [Fault(.foreignEvent, ["about": fact.finding.text])] }
      if let review = known.review, review != fact {
        faults.append(Fault(.findingCopy, ["finding": fact.finding.text]))
      }
    default:
      if event.fact.stream != event.key {
        faults.append(Fault(.foreignEvent, ["about": event.fact.stream.description]))
      }
    }
    return faults
  }

  private static let foundingTypes: Set<String> = [
    "organisation.registered", "producer.registered", "plot.registered", "dataset.registered",
    "policy.registered", "lot.harvested", "lot.purchased", "lot.blended", "lot.split",
    "lot.processed", "shipment.opened", "catalogue.registered", "tank.registered", "lot.tapped",
  ]
}
