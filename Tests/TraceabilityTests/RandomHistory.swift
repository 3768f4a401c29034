import Traceability
import ValueTypes

/// A year of random acts, taken and refused, over plots, lots, tanks, transports, shipments,
/// corrections and doubts.
struct RandomHistory {
  enum Outcome: Equatable {
    case taken([NewEvent])
    case refused(Refusal)
  }

  struct Step {
    let command: Command
    let moment: Timestamp
    /// The streams that deciding may look at.
    let reads: Set<StreamKey>
    let outcome: Outcome

    var events: [NewEvent] { if case .taken(let events) = outcome { events } else { [] } }
  }

  /// What stood before the first step.
  let start: Scenario
  var ledger: Scenario
  private(set) var steps: [Step] = []
  private var ofTanks: [Movement] = []

  /// Tanks as they went, lots by books of their own.
  var movements: [Movement] {
    ofTanks + ledger.world.lots.values.flatMap { $0.book().flatMap(\.lines) }
  }

  init(_ start: Scenario) {
    self.start = start
    ledger = start
  }

  init(seed: UInt64, steps count: Int = 450) throws {
    self.init(try Self.start())
    var acts = RandomActs(random: Random(state: seed))
    var moment = try Make.moment("2026-01-01T12:00:00-05:00")
    for step in 0..<count {
      moment = try Self.later(moment, minutes: acts.random.below(20 * 60))
      let command = try acts.next(step, ledger.world)
      // Now and then a device was offline for days or weeks.
      let late = acts.random.below(5) == 0 ? acts.random.below(30_000) : 0
      try take(command, at: try Self.later(moment, minutes: -late))
    }
  }

  private static func later(_ moment: Timestamp, minutes: Int) throws -> Timestamp {
    try Make.unwrap(
      Timestamp(
        microseconds: moment.microseconds + Int64(minutes) * 60_000_000, offsetMinutes: -300))
  }

  private static func start() throws -> Scenario {
    var ledger = try Scenario()
    try ledger.givenParties()
    for plot in ["A", "B"] { try ledger.givenPlot(plot) }
    try ledger.givenPlot("D", forest: 0.5, loss: 0.5)
    try ledger.givenPlot("E", tenure: false)
    let first = "2026-01-01T11:00:00-05:00"
    for tank in RandomActs.tanks {
      try ledger.when(try Act.tank(tank, capacity: 60_000), at: first)
    }
    for shipment in RandomActs.shipments { try ledger.when(try Act.open(shipment), at: first) }
    return ledger
  }

  /// Decides and applies; a refusal is an outcome too.
  mutating func take(_ command: Command, at moment: Timestamp) throws {
    let reads = command.streams(knowing: ledger.world)
    let outcome: Outcome
    do {
      var moved: [Movement] = []
      let events = try ledger.when(command, at: moment) { event, world in
        moved += Movement.of(event.event, occurredAt: event.occurredAt, in: world)
      }
      ofTanks += moved
      outcome = .taken(events)
    } catch let refusal as Refusal {
      outcome = .refused(refusal)
    }
    steps.append(Step(command: command, moment: moment, reads: reads, outcome: outcome))
  }
}
