import ValueTypes

/// The lines that one act of a lot adds to its holders' books.
public struct LotBookEntry: Sendable, Hashable {
  /// Of the act, in the lot's stream.
  public let version: Int64
  public let lines: [Movement]
}

extension LotState {
  /// The lot's lines, act by act as they happened, each as it was corrected last: a late act or a
  /// correction changes the sheet of the day on which the act happened.
  public func book() -> [LotBookEntry] {
    var entries: [LotBookEntry] = []
    if !isVoided {
      entries.append(LotBookEntry(version: foundingVersion, lines: foundingLines()))
    }
    var state = LotState(
      code: code, origin: origin, createdAt: createdAt, version: foundingVersion)
    for fact in ordered() {
      let before = state
      state.step(fact)
      entries.append(
        LotBookEntry(version: fact.version, lines: Self.lines(of: fact, before, state)))
    }
    return entries
  }

  private func line(
    _ kind: Movement.Kind, _ grams: Int64, _ holder: Party, _ moment: Timestamp,
    at place: Movement.Place = .lots, cause: CauseCode? = nil
  ) -> Movement {
    Movement(
      holder: holder, product: product, day: moment.localDate, place: place, kind: kind,
      grams: grams, subject: stream, cause: cause)
  }

  private func foundingLines() -> [Movement] {
    let kind: Movement.Kind =
      switch origin {
      case .harvested: .harvested
      case .purchased: .bought
      case .blended, .split: .regrouped
      case .processed: .processedOut
      case .tapped: .tapped
      }
    let unknown = origin.unknownOriginGrams.value
    let known = origin.grams.value - unknown
    let lines = known > 0 ? [line(kind, known, origin.holder, createdAt)] : []
    guard unknown > 0 else { return lines }
    return lines + [line(.boughtUnknown, unknown, origin.holder, createdAt)]
  }

  private static func lines(
    of fact: LotFact, _ before: LotState, _ after: LotState
  ) -> [Movement] {
    // From where the mass was by the books, even where the act cannot have been there.
    func from(_ kind: Movement.Kind, _ grams: Int64, cause: CauseCode? = nil) -> Movement {
      before.line(
        kind, grams, before.bookHolder, fact.occurredAt, at: before.bookPlace, cause: cause)
    }
    func to(
      _ kind: Movement.Kind, _ grams: Int64, _ holder: Party, _ place: Movement.Place = .lots
    ) -> Movement {
      before.line(kind, grams, holder, fact.occurredAt, at: place)
    }
    switch fact.act {
    case .drawn(let draw): return [from(draw.bookKind, -draw.grams.value)]
    case .dispatched(let sent):
      return [
        from(.dispatched, -before.balance),
        to(.dispatched, before.balance, sent.from, .transit),
      ]
    case .received(let arrival):
      let lost = before.balance - after.balance
      return [
        from(.received, -after.balance),
        to(.received, after.balance, .organisation(arrival.by)),
      ] + (lost == 0 ? [] : [from(.lost, -lost)])
    case .rejected(let refusal):
      return [
        from(.returned, -before.balance), to(.returned, before.balance, refusal.returnedTo),
      ]
    case .adjusted(let count):
      let grams = after.balance - before.balance
      return grams == 0 ? [] : [from(grams > 0 ? .found : .lost, grams, cause: count.cause)]
    }
  }

  /// In whose books it stands: until it is received, the sender's.
  private var bookHolder: Party { transit?.from ?? holder }
  private var bookPlace: Movement.Place { transit == nil ? .lots : .transit }
}

extension LotDrawn {
  fileprivate var bookKind: Movement.Kind {
    switch purpose {
    case .purchase: .sold
    case .blend, .split, .returned: .regrouped
    case .process: .processedIn
    case .load: .loaded
    case .fill: .filled
    }
  }
}
