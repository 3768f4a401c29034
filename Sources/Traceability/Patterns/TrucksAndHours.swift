import ValueTypes

/// More goods in a day than a vehicle carries or a mill takes in, by what their owners declare.
/// Whoever has declared nothing is not judged.
extension PatternSearch {
  private struct Day: Hashable {
    let organisation: OrganisationCode
    /// Of a vehicle its plate.
    let plate: String?
    let day: CivilDate
  }

  struct Load {
    var grams: Int64 = 0
    var lots: Set<LotCode> = []
    var events: [EventReference] = []
  }

  func vehicles(_ limit: Catalogue.PatternLimits.Vehicles) -> [Found] {
    var loads: [Day: Load] = [:]
    for (code, lot) in world.lots {
      for sent in lot.dispatches {
        guard case .organisation(let sender) = sent.value.from, let vehicle = sent.value.vehicle,
          let capacity = world.capacity(of: sender, vehicle: vehicle)?.value
        else { continue }
        let key = Day(
          organisation: sender, plate: capacity.plate, day: sent.occurredAt.localDate)
        loads[key, default: Load()].add(
          sent.value.grams.value, code, EventReference(stream: lot.stream, version: sent.version))
      }
    }
    return loads.compactMap { key, load in
      guard let plate = key.plate,
        let capacity = world.capacity(of: key.organisation, vehicle: plate)?.value,
        let trip = capacity.tripGrams?.value
      else { return nil }
      let trips = capacity.tripsPerDay ?? limit.tripsPerDay
      let allowed = BoundedMass.times(trip, Int64(trips), over: 1)
      guard load.grams > Self.tolerated(allowed, limit.tolerancePermille) else { return nil }
      return found(
        .moreThanVehiclesCarry, .notice, key, load, allowed,
        ["vehicle": plate, "trips": "\(trips)"])
    }
  }

  func mills(_ limit: Catalogue.PatternLimits.Mills) -> [Found] {
    var loads: [Day: Load] = [:]
    for (code, lot) in world.lots {
      // Each output carries the whole run: it is counted once, by its first.
      guard case .processed(let run) = lot.origin, run.outputs.first?.lot == code,
        world.capacity(of: run.holder, vehicle: nil) != nil
      else { continue }
      let input = run.inputs.reduce(Int64(0)) { BoundedMass.adding($0, $1.grams.value) }
      let key = Day(organisation: run.holder, plate: nil, day: lot.createdAt.localDate)
      loads[key, default: Load()].add(
        input, code, EventReference(stream: lot.stream, version: 1))
      // A doubt about the run is one about all that came out of it.
      loads[key]?.lots.formUnion(run.outputs.map(\.lot))
    }
    let days = Dictionary(grouping: loads.keys, by: \.organisation)
      .mapValues { $0.map(\.day).sorted() }
    return loads.compactMap { key, load in
      guard let capacity = world.capacity(of: key.organisation, vehicle: nil)?.value,
        let hour = capacity.hourGrams?.value
      else { return nil }
      // A run over several days is told on its last: all days since the last run are its own.
      let before = days[key.organisation]?.last { $0 < key.day }
      let since = before.map { key.day.daysSinceEpoch - $0.daysSinceEpoch } ?? Self.mostDays
      let span = Int64(min(since, Self.mostDays))
      let hours = Int64(capacity.hoursPerDay ?? limit.hoursPerDay) * span
      let allowed = BoundedMass.times(hour, hours, over: 1)
      guard load.grams > Self.tolerated(allowed, limit.tolerancePermille) else { return nil }
      let most = Self.tolerated(
        BoundedMass.times(hour, 24 * span, over: 1), limit.tolerancePermille)
      return found(
        .moreThanHoursAllow, load.grams > most ? .doubt : .notice, key, load, allowed,
        ["hours": "\(hours)"])
    }
  }

  /// Longest run that is thought of.
  private static let mostDays = 7

  private static func tolerated(_ grams: Int64, _ permille: Int64) -> Int64 {
    BoundedMass.adding(grams, BoundedMass.times(grams, permille, over: 1_000))
  }

  private func found(
    _ kind: FindingKind, _ severity: FindingSeverity, _ key: Day, _ load: Load,
    _ allowed: Int64, _ more: [String: String]
  ) -> Found {
    let figures = [
      "organisation": key.organisation.text, "day": "\(key.day)", "mass": Grams.text(load.grams),
      "allowed": Grams.text(allowed), "lots": "\(load.lots.count)",
    ]
    let what = key.plate.map { "\($0)/" } ?? ""
    return Found(
      kind: kind, severity: severity, about: .organisation(key.organisation),
      when: what + "\(key.day)", size: load.grams, subjects: load.lots.sorted().map(StreamKey.lot),
      restsOn: load.events.sorted(), figures: figures.merging(more) { $1 })
  }
}

extension PatternSearch.Load {
  fileprivate mutating func add(_ more: Int64, _ lot: LotCode, _ event: EventReference) {
    grams = BoundedMass.adding(grams, more)
    lots.insert(lot)
    events.append(event)
  }
}
