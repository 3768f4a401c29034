public import ValueTypes

extension Movement {
  /// The lines that a fact of a tank's stream adds; none for any other. Lots have books of their
  /// own: `LotState.book()`.
  public static func of(
    _ fact: DomainEvent, occurredAt: Timestamp, in world: World
  ) -> [Movement] {
    switch fact {
    case .tankFilled, .tankDrawn, .tankCounted, .tankEmptied: break
    default: return []
    }
    guard let code = try? TankCode(fact.stream.code), let tank = world.tanks[code] else {
      return []
    }
    func line(_ kind: Kind, _ grams: Int64, _ cause: CauseCode? = nil) -> Movement {
      Movement(
        holder: .organisation(tank.registered.holder), product: tank.registered.product,
        day: occurredAt.localDate, place: .tanks, kind: kind, grams: grams,
        subject: tank.stream, cause: cause)
    }
    func counted(_ grams: Int64, _ cause: CauseCode?) -> [Movement] {
      grams == 0 ? [] : [line(grams > 0 ? .found : .lost, grams, cause)]
    }
    return switch fact {
    case .tankFilled(let event): [line(.filled, event.grams.value)]
    case .tankDrawn(let event): [line(.tapped, -event.grams.value)]
    case .tankCounted(let event):
      counted(event.grams.value - event.beforeGrams.value, event.cause)
    case .tankEmptied(let event): counted(-event.lossGrams.value, event.cause)
    default: []
    }
  }
}

extension LotOrigin {
  /// The origin that a founding event tells; nil for any other.
  public init?(_ fact: DomainEvent) {
    switch fact {
    case .lotHarvested(let event): self = .harvested(event)
    case .lotPurchased(let event): self = .purchased(event)
    case .lotBlended(let event): self = .blended(event)
    case .lotSplit(let event): self = .split(event)
    case .lotProcessed(let event): self = .processed(event)
    case .lotTapped(let event): self = .tapped(event)
    default: return nil
    }
  }
}
