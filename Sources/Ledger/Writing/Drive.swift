import PostgreSQL
import ValueTypes

/// Writing from memory, on the thread of the session: take what waits, decide, sign, send, answer.
struct Drive: Sendable {
  let intake: Intake
  let store: WriteStore
  let signer: CheckpointSigner
  let clock: LedgerClock
  let aftermath: Aftermath
  /// Positions from here on may lack a partition.
  let sizeLimit: Int64

  /// A batch that was not answered, and what is known of its fate.
  struct Halted: Sendable {
    let batch: [QueuedCommit]
    var attempted = Attempted()
  }

  /// Why the drive ended, and what it leaves.
  struct Outcome: Sendable {
    /// Nil where the next batch must look things up.
    var state: WriterState?
    /// The tail after the last batch that was committed here.
    var confirmed: TreeTail?
    var halted: [Halted] = []
  }

  /// A batch on its way.
  struct Flight: Sendable {
    let batch: [QueuedCommit]
    let plan: BatchPlan
    var note = ""
  }

  /// Decides a batch; nil if `process` must take it.
  func prepare(_ batch: [QueuedCommit], _ state: inout WriterState) -> Flight? {
    guard state.head.size < sizeLimit, !aftermath.isBlocked,
      let plan = state.plan(batch, clock: clock), plan.fitsArrays
    else { return nil }
    state.advance(by: plan)
    return Flight(batch: batch, plan: plan)
  }

  /// Tells every caller of a batch that is committed.
  func land(_ flight: Flight) {
    let size = flight.plan.tail.size
    aftermath.committed(size: size, note: flight.note)
    let notes = [size: flight.note]
    for (commit, verdict) in zip(flight.batch, flight.plan.verdicts) {
      commit.answer(WriterCore.result(commit, verdict, flight.plan, notes))
    }
  }
}

extension Session {
  /// Drives until something is in the way or the intake is closed and empty.
  ///
  /// Two batches are under way at most: while the database writes one, the next is decided as if
  /// the one before were committed. Should that fail, the compare-and-swap fails this one too.
  func run(_ drive: Drive, from state: WriterState) async -> Drive.Outcome {
    var run = DriveRun(drive: drive, state: state)
    while true {
      if let batch = run.nextBatch() {
        guard let plan = run.launch(batch) else { continue }
        // Where sending fails, so does collecting, which says it. The database begins with the head
        // while the rest is made.
        try? post([drive.store.advance(plan)])
        try? post(drive.store.body(plan))
        // Signed while the database writes, and let out only after the commit.
        if let note = run.sign() {
          try? seal([drive.store.checkpoint(plan, note: note)])
        } else {
          close()
        }
      } else if run.awaitsAnswer {
        // Enough may come meanwhile to begin another.
        if run.hasRoom, !hasAnswer(or: drive.intake.signal.descriptor) { continue }
        do throws(PostgresError) {
          try collectPosted()
          run.land()
        } catch {
          run.halt(error)
        }
      } else if run.isHalted || drive.intake.hasLone {
        return run.outcome
      } else if await !drive.intake.waitForWork() {
        return run.outcome
      }
    }
  }
}

/// The state of one drive.
private struct DriveRun {
  private static let mostFlights = 2

  let drive: Drive
  private var state: WriterState
  private var flights: [Drive.Flight] = []
  private var confirmed: TreeTail?
  private var halted: [Drive.Halted] = []
  /// A batch that `process` must take, after those under way.
  private var leftOver: [QueuedCommit]?

  init(drive: Drive, state: WriterState) {
    self.drive = drive
    self.state = state
  }

  /// Nothing new is begun, because something is in the way.
  var isHalted: Bool { leftOver != nil || !halted.isEmpty }

  var awaitsAnswer: Bool { !flights.isEmpty }
  var hasRoom: Bool { !isHalted && flights.count < Self.mostFlights && !drive.intake.hasLone }

  /// What to begin with now; a second flight only where it is worth its transaction.
  func nextBatch() -> [QueuedCommit]? {
    guard !isHalted, flights.count < Self.mostFlights else { return nil }
    return drive.intake.takeBatch(least: (flights.first?.batch.count ?? 0) / 2)
  }

  /// What to send for a batch; nil if `process` must take it.
  mutating func launch(_ batch: [QueuedCommit]) -> BatchPlan? {
    guard let flight = drive.prepare(batch, &state) else {
      leftOver = batch
      return nil
    }
    flights.append(flight)
    return flight.plan
  }

  /// The checkpoint over the newest flight; nil if it cannot be signed.
  mutating func sign() -> String? {
    guard let tail = flights.last?.plan.tail,
      let note = try? drive.signer.sign(size: tail.size, root: tail.range.root)
    else { return nil }
    flights[flights.count - 1].note = note
    return note
  }

  /// The oldest flight is committed, and with it whatever was decided on it.
  mutating func land() {
    let flight = flights.removeFirst()
    guard halted.isEmpty else {
      // That it landed tells that the one before did too, though its answer was lost.
      var next = Drive.Halted(batch: flight.batch)
      next.attempted.note(flight.plan, flight.batch, isOpen: false)
      halted.append(next)
      return
    }
    confirmed = flight.plan.tail
    drive.land(flight)
  }

  mutating func halt(_ error: PostgresError) {
    let flight = flights.removeFirst()
    var lost = Drive.Halted(batch: flight.batch)
    lost.attempted.note(flight.plan, flight.batch, isOpen: error.leavesOutcomeOpen)
    halted.append(lost)
  }

  var outcome: Drive.Outcome {
    let rest = leftOver.map { [Drive.Halted(batch: $0)] } ?? []
    return Drive.Outcome(
      state: halted.isEmpty ? state : nil, confirmed: confirmed, halted: halted + rest)
  }
}
