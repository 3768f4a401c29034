import ValueTypes

/// How long a product that keeps badly has waited since its harvest; only where too long.
struct Freshness: Hashable {
  let hours: Int64
  let keepHours: Int
  let harvested: CivilDate

  var severity: FindingSeverity { hours > keepHours ? .doubt : .notice }

  /// Nil where it is fresh, keeps well, or nobody knows when it was harvested.
  ///
  /// Counted from the end of the day of harvest.
  init?(_ product: Catalogue.Product?, harvested: CivilDate?, at moment: Timestamp) {
    guard let keep = product?.keepHours, let notice = product?.noticeHours, let harvested,
      let endOfDay = Timestamp(
        harvested, hour: 23, minute: 59, offsetMinutes: moment.offsetMinutes)
    else { return nil }
    hours = (moment.microseconds - endOfDay.microseconds) / 3_600_000_000
    keepHours = keep
    self.harvested = harvested
    guard hours > notice else { return nil }
  }
}

extension Decision {
  /// Raises a finding where a product that keeps badly comes late.
  mutating func checkFreshness(
    _ product: Catalogue.Product?, _ harvested: CivilDate?, on subjects: [StreamKey],
    restsOn: [EventReference]
  ) {
    guard let late = Freshness(product, harvested: harvested, at: occurredAt) else { return }
    add(late, on: subjects, restsOn: restsOn)
  }

  private mutating func add(
    _ late: Freshness, on subjects: [StreamKey], restsOn: [EventReference]
  ) {
    addFinding(
      .deliveredLate, late.severity, on: subjects, restsOn: restsOn,
      figures: [
        "hours": "\(late.hours)", "keepHours": "\(late.keepHours)",
        "harvested": "\(late.harvested)",
      ])
  }

  /// Receipts and process runs that a correction makes later than they were: of the lots
  /// corrected and of what was made of them.
  mutating func checkFreshness(_ corrected: [LotState], restsOn causes: [EventReference]) {
    let now = Dictionary(corrected.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    let codes = corrected.map(\.code)
    let before = HarvestDates(of: codes) { [world] in world.lots[$0] }
    let after = HarvestDates(of: codes) { [world] in now[$0] ?? world.lots[$0] }
    var runs: Set<[LotCode]> = []
    for code in after.reached.sorted() {
      guard let lot = now[code] ?? world.lots[code] else { continue }
      guard case .processed(let run) = lot.origin else {
        for receipt in lot.receipts {
          note(
            lot.product, before.of(code), after.of(code), at: receipt.occurredAt,
            on: [lot.stream],
            act: [EventReference(stream: lot.stream, version: receipt.version)], causes)
        }
        continue
      }
      let outputs = run.outputs.map(\.lot)
      guard runs.insert(outputs).inserted, let input = run.inputs.first,
        let product = world.lots[input.lot]?.product
      else { continue }
      note(
        product, before.of(world.lots[code]?.origin.inputs ?? []), after.of(run.inputs),
        at: lot.createdAt, on: outputs.map(StreamKey.lot),
        act: outputs.map { EventReference(stream: .lot($0), version: 1) }, causes)
    }
  }

  private mutating func note(
    _ product: ProductCode, _ before: CivilDate?, _ after: CivilDate?, at moment: Timestamp,
    on subjects: [StreamKey], act: [EventReference], _ causes: [EventReference]
  ) {
    guard before != after,
      let late = Freshness(context.catalogue.product(product), harvested: after, at: moment),
      !isKnown(late, on: subjects, act)
    else { return }
    add(late, on: subjects, restsOn: causes.filter { !act.contains($0) } + act)
  }

  /// True where people are asked about it already, or have answered for as long a time.
  private func isKnown(
    _ late: Freshness, on subjects: [StreamKey], _ references: [EventReference]
  ) -> Bool {
    guard let subject = subjects.first else { return true }
    return world.findings(.deliveredLate, on: subject, restingOn: Set(references)).contains {
      let isAsSevere = $0.raised.severity == .doubt || late.severity == .notice
      let hours = $0.raised.figures["hours"].flatMap { Int64($0) } ?? 0
      return isAsSevere && ($0.review == nil || hours >= late.hours)
    }
  }
}
