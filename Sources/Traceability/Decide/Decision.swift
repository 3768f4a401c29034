public import ValueTypes

/// All that a decision rests on besides the world: no clock is read inside.
public struct DecisionContext: Sendable {
  public var now: Timestamp
  public var catalogue: Catalogue
  public var policy: Policy

  public init(now: Timestamp, catalogue: Catalogue, policy: Policy) {
    self.now = now
    self.catalogue = catalogue
    self.policy = policy
  }
}

/// Bounds of custody; each with its reason.
public enum CustodyLimits {
  /// Clocks of telephones differ; an act this far ahead is still today's.
  public static let clockToleranceMicroseconds: Int64 = 5 * 60 * 1_000_000
  /// A scale may differ from another by this much of the dispatched mass, in thousandths …
  public static let receiptTolerancePermille: Int64 = 10
  /// … and always by one kilogram.
  public static let receiptToleranceGrams: Int64 = 1_000
  /// A dispatch that nobody has received after this is doubted. Tocache to Callao takes two days
  /// by road; a week leaves room for a blocked one.
  public static let transitDays: Int64 = 7
  /// An emptying that books away more than this of what came in since the last one, in
  /// thousandths, is no proof that the tank was empty: what was in it before stays declared.
  public static let emptyingLossPermille: Int64 = 20
  /// A draw-off first in, first out declares the newest fills up to so much of the capacity,
  /// in percent (guidance on Regulation (EU) 2023/1115).
  public static let firstInFirstOutPercent: Int64 = 200
  /// Records older than the five years of Art. 9(1) when they arrive are a notice.
  public static let lateRecordDays = 5 * 366
  /// Declared against measured area: over 10 % and over 0.5 ha is a notice (check G09).
  public static let areaTolerancePercent = 10.0
  public static let areaToleranceSquareMetres = 5_000.0
}

/// A fact decided, with the stream it is written to.
public struct NewEvent: Sendable, Hashable {
  public let stream: StreamKey
  public let event: DomainEvent
  public let occurredAt: Timestamp

  public init(_ event: DomainEvent, at occurredAt: Timestamp, stream: StreamKey? = nil) {
    self.stream = stream ?? event.stream
    self.event = event
    self.occurredAt = occurredAt
  }
}

/// Decides without acting: what the ledger takes for the command, or why it refuses.
///
/// `world` holds every stream that `command.streams(knowing:)` names. The events are in the order
/// in which they are to be recorded, in one commit.
public func decide(
  _ command: Command, occurredAt: Timestamp, in world: World, by context: DecisionContext
) throws(Refusal) -> [NewEvent] {
  var decision = Decision(world: world, context: context, occurredAt: occurredAt)
  try decision.checkDate(of: command)
  switch command {
  case .registerOrganisation(let event): try decision.register(event)
  case .registerProducer(let event): try decision.register(event)
  case .erasePersonalData(let producer, let reason):
    try decision.erase(producer, reason: reason)
  case .givePersonalData(let event): try decision.give(event)
  case .registerPlot(let event): try decision.register(event)
  case .correctGeometry(let event): try decision.correct(event)
  case .documentTenure(let event): try decision.document(event)
  case .registerDataset(let event): try decision.register(event)
  case .supersedeDataset(let event): try decision.supersede(event)
  case .registerPolicy(let event): try decision.register(event)
  case .recordAssessment(let event): try decision.record(event)
  case .harvest(let act): try decision.harvest(act)
  case .purchase(let act): try decision.purchase(act)
  case .blend(let act): try decision.blend(act)
  case .split(let act): try decision.split(act)
  case .process(let act): try decision.process(act)
  case .dispatch(let act): try decision.dispatch(act)
  case .receive(let act): try decision.receive(act)
  case .reject(let act): try decision.reject(act)
  case .adjust(let act): try decision.adjust(act)
  case .certifyPlot(let event): try decision.certify(event)
  case .downgrade(let event): try decision.downgrade(event)
  case .registerTank(let event): try decision.register(event)
  case .fillTank(let act): try decision.fill(act)
  case .tapTank(let act): try decision.tap(act)
  case .countTank(let act): try decision.count(act)
  case .emptyTank(let act): try decision.empty(act)
  case .openShipment(let event): try decision.open(event)
  case .load(let act): try decision.load(act)
  case .seal(let holder, let event): try decision.seal(event, by: holder)
  case .export(let holder, let event): try decision.export(event, by: holder)
  case .correct(let act): try decision.correct(act)
  case .noteOverdue(let lot): try decision.noteOverdue(lot)
  case .raiseFinding(let event): try decision.raise(event)
  case .reviewFinding(let event, let raiser): try decision.review(event, raisedBy: raiser)
  case .assignFinding(let event): try decision.assign(event)
  case .reopenFinding(let event): try decision.reopen(event)
  case .registerCatalogue(let event): try decision.register(event)
  case .declareCapacity(let event): try decision.declare(event)
  case .raisePattern(let event): try decision.raise(pattern: event)
  }
  return decision.events
}

/// A decision in the making: the world as it was, and the facts so far.
struct Decision {
  let world: World
  let context: DecisionContext
  let occurredAt: Timestamp
  private(set) var events: [NewEvent] = []
  private var added: [StreamKey: Int64] = [:]

  init(world: World, context: DecisionContext, occurredAt: Timestamp) {
    self.world = world
    self.context = context
    self.occurredAt = occurredAt
  }

  /// Adds a fact; returns where it will stand.
  @discardableResult
  mutating func add(
    _ event: DomainEvent, to stream: StreamKey? = nil, at moment: Timestamp? = nil
  ) -> EventReference {
    let new = NewEvent(event, at: moment ?? occurredAt, stream: stream)
    events.append(new)
    added[new.stream, default: 0] += 1
    return EventReference(
      stream: new.stream, version: world.version(of: new.stream) + (added[new.stream] ?? 0))
  }

  /// Adds a finding to its own stream and to that of each subject.
  mutating func addFinding(
    _ kind: FindingKind, _ severity: FindingSeverity, on subjects: [StreamKey],
    restsOn: [EventReference], figures: [String: String]
  ) {
    guard let first = subjects.first, let code = findingCode(kind, first) else { return }
    let finding = FindingRaised(
      finding: code, kind: kind, severity: severity, subjects: subjects, restsOn: restsOn,
      figures: figures)
    add(.findingRaised(finding))
    for subject in subjects { add(.findingRaised(finding), to: subject) }
  }

  /// Unique for kind, subject and the subject's version, and the same when decided again.
  private func findingCode(_ kind: FindingKind, _ subject: StreamKey) -> FindingCode? {
    let version = world.version(of: subject) + (added[subject] ?? 0)
    // A subject's code is at most 64 bytes, so this always fits a finding's 160.
    return try? FindingCode("\(kind.rawValue)/\(subject.kind.rawValue)/\(subject.code)/\(version)")
  }

  func checkDate(of command: Command) throws(Refusal) {
    let limit = context.now.microseconds + CustodyLimits.clockToleranceMicroseconds
    guard occurredAt.microseconds > limit else { return }
    throw Refusal(
      .futureDated, command.subject,
      ["occurredAt": "\(occurredAt)", "now": "\(context.now)"])
  }
}

extension Command {
  /// What the command is mainly about.
  public var subject: StreamKey {
    switch self {
    case .registerOrganisation(let event): .organisation(event.organisation)
    case .registerProducer(let event): .producer(event.producer)
    case .erasePersonalData(let producer, _): .producer(producer)
    case .givePersonalData(let event): .producer(event.producer)
    case .registerPlot(let event): .plot(event.plot)
    case .correctGeometry(let event): .plot(event.plot)
    case .documentTenure(let event): .plot(event.plot)
    case .registerDataset(let event): .dataset(event.dataset)
    case .supersedeDataset(let event): .dataset(event.dataset)
    case .registerPolicy(let event):
      StreamKey(kind: .policy, code: event.name + "-" + event.version)
    case .recordAssessment(let event): .plot(event.plot)
    case .harvest(let act): .lot(act.lot)
    case .purchase(let act): .lot(act.lot)
    case .blend(let act): .lot(act.lot)
    case .split(let act): .lot(act.source)
    case .process(let act): act.outputs.first.map { .lot($0.lot) } ?? .organisation(act.holder)
    case .dispatch(let act): .lot(act.lot)
    case .receive(let act): .lot(act.lot)
    case .reject(let act): .lot(act.lot)
    case .adjust(let act): .lot(act.lot)
    case .certifyPlot(let event): .plot(event.plot)
    case .downgrade(let event): .lot(event.lot)
    case .registerTank(let event): .tank(event.tank)
    case .fillTank(let act): .tank(act.tank)
    case .tapTank(let act): .lot(act.lot)
    case .countTank(let act): .tank(act.tank)
    case .emptyTank(let act): .tank(act.tank)
    case .openShipment(let event): .shipment(event.shipment)
    case .load(let act): .shipment(act.shipment)
    case .seal(_, let event): .shipment(event.shipment)
    case .export(_, let event): .shipment(event.shipment)
    case .correct(let act): .lot(act.lot)
    case .noteOverdue(let lot): .lot(lot)
    case .raiseFinding(let event): .finding(event.finding)
    case .reviewFinding(let event, _): .finding(event.finding)
    case .assignFinding(let event): .finding(event.finding)
    case .reopenFinding(let event): .finding(event.finding)
    case .registerCatalogue(let event): event.stream
    case .declareCapacity(let event): .organisation(event.organisation)
    case .raisePattern(let event): .finding(event.finding)
    }
  }
}
