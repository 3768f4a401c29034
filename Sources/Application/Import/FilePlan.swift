import Crypto
import Ledger
import ReadModels
import Tabular
import Traceability
import ValueTypes

/// A file's acts decided one after the other, each on what those before it change.
struct FilePlan {
  var world = World()
  var loaded: Set<StreamKey> = []
  private(set) var events: [NewEvent] = []
  private(set) var problems: [RowProblem] = []
  private(set) var decided = 0
  private(set) var unchanged = 0
  private(set) var personKeys: [PersonKey] = []
  private(set) var notices: [FileReport.Problem] = []
  private var attachments: [Attachment] = []
  /// Versions of the streams when they were loaded.
  private var base: [StreamKey: Int64] = [:]
  /// The rows of the plots that are new, for what is found about them later.
  private(set) var rowsOfNewPlots: [PlotCode: Int] = [:]
  let file: String
  /// Where plots lie; nil where no map of districts is registered.
  private(set) var places: PlotPlaces?
  /// What the place of each plot was noticed for.
  var placeRemarks: [PlotCode: [RowProblem]] = [:]
  /// Why plots that are known come with another outline.
  private var correction: String?

  private init(file: String) { self.file = file }

  static func make(
    _ acts: [PlannedAct], loader: WorldLoader, context: DecisionContext, file: String,
    progress: @Sendable (Int, Int) -> Void, vault: PersonVault, options: ImportOptions,
    places: PlotPlaces? = nil
  ) async throws -> FilePlan {
    var plan = FilePlan(file: file)
    plan.correction = options.correction
    plan.places = places
    for problem in places?.unusable ?? [] { plan.remark(problem) }
    try await loader.close(&plan.world, loaded: &plan.loaded) { world in
      acts.reduce(into: Set<StreamKey>()) { $0.formUnion($1.streams(knowing: world)) }
    }
    for (index, act) in acts.enumerated() {
      try plan.decide(act, context, vault, options.newConsent)
      if index.isMultiple(of: 1_000) { progress(index, acts.count) }
    }
    progress(acts.count, acts.count)
    return plan
  }

  private mutating func decide(
    _ act: PlannedAct, _ context: DecisionContext, _ vault: PersonVault,
    _ newConsent: Set<ProducerCode>
  ) throws {
    var command = act.command(in: world)
    var attachments = act.attachments
    if case .producer(let event, let person) = act.content, !person.isEmpty {
      let place = place(of: event, newConsent)
      if place == .leftOut { notices.append(.personLeftOut(event.producer, file, act.rows)) }
      if place == .registration || place == .newConsent {
        let sealed = try vault.seal(person, of: event.producer)
        attachments.append(sealed.attachment)
        personKeys.append(sealed.key)
        command =
          place == .newConsent
          ? .givePersonalData(
            PersonalDataGiven(producer: event.producer, person: sealed.reference))
          : .registerProducer(
            ProducerRegistered(
              producer: event.producer, organisation: event.organisation,
              district: event.district, person: sealed.reference))
      }
    }
    command = corrected(placed(command, row: act.rows.first ?? 0))
    do {
      let new = try Traceability.decide(
        command, occurredAt: act.occurredAt, in: world, by: context)
      take(new)
      self.attachments += attachments
      decided += 1
      switch command {
      case .registerPlot(let event): rowsOfNewPlots[event.plot] = act.rows.first ?? 0
      case .correctGeometry(let event): rowsOfNewPlots[event.plot] = act.rows.first ?? 0
      default: break
      }
    } catch  where error.code == .alreadyRecorded {
      unchanged += 1
    } catch {
      for row in act.rows { problems.append(RowProblem(error, file: file, row: row)) }
    }
  }

  /// A known plot of the same producer with another outline is a correction, where a reason for
  /// one was given.
  private func corrected(_ command: Command) -> Command {
    guard let correction, case .registerPlot(let event) = command,
      let known = world.plots[event.plot]?.registered, known.producer == event.producer,
      known.geometry.digest != event.geometry.digest
    else { return command }
    return .correctGeometry(
      PlotGeometryCorrected(
        plot: event.plot, geometry: event.geometry,
        declaredSquareMetres: event.declaredSquareMetres, reason: correction))
  }

  /// Adds facts to the plan and to the world that the next act is decided on.
  mutating func take(_ new: [NewEvent]) {
    for event in new {
      let version = world.version(of: event.stream)
      if base[event.stream] == nil { base[event.stream] = version }
      world.apply(
        event.event, stream: event.stream, version: version + 1, occurredAt: event.occurredAt)
      events.append(event)
    }
  }

  mutating func refuse(_ problem: RowProblem) { problems.append(problem) }

  /// Tells what was noticed about plots that are taken all the same, in order of their rows.
  mutating func remark(_ remarks: [PlotCode: [RowProblem]]) {
    let taken = rowsOfNewPlots.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    for (plot, _) in taken {
      for problem in (remarks[plot] ?? []) + (placeRemarks[plot] ?? []) { remark(problem) }
    }
  }

  mutating func remark(_ problem: RowProblem) {
    guard notices.count < ImportLimits.listedProblems else { return }
    notices.append(FileReport.Problem(problem))
  }

  /// Takes out a plot that the look at the neighbours refused, with all that was decided for it.
  mutating func drop(_ plot: PlotCode) {
    events.removeAll { $0.stream == .plot(plot) }
    base[.plot(plot)] = nil
    rowsOfNewPlots[plot] = nil
    decided -= 1
  }

  /// The commit: its key names its content, so that the same commit sent twice is one.
  func request(recordedBy: String) throws -> CommitRequest {
    var hash = SHA256()
    var drafts: [EventDraft] = []
    drafts.reserveCapacity(events.count)
    for event in events {
      let draft = try EventDraft(event)
      hash.update(data: Array("\(event.stream)\n\(event.occurredAt)\n".utf8))
      hash.update(data: draft.data)
      drafts.append(draft)
    }
    var expectations: [StreamName: Int64] = [:]
    for (stream, version) in base.sorted(by: { $0.key < $1.key }) {
      expectations[try StreamName(stream.description)] = version
      hash.update(data: Array("\(stream)=\(version)\n".utf8))
    }
    return CommitRequest(
      key: try CommitKey("import:" + Hex.encode(Array(hash.finalize()).prefix(20))),
      recordedBy: recordedBy, expectations: expectations, events: drafts,
      attachments: attachments)
  }
}

extension EventDraft {
  init(_ event: NewEvent) throws {
    try self.init(
      stream: StreamName(event.stream.description), type: event.event.type,
      schema: DomainEvent.schema, occurredAt: event.occurredAt, data: event.event.encoded())
  }
}
