import ValueTypes

/// What happens to a lot after its founding.
enum LotAct: Sendable, Hashable {
  case drawn(LotDrawn)
  case dispatched(LotDispatched)
  case received(LotReceived)
  case rejected(LotRejected)
  case adjusted(LotAdjusted)

  var lot: LotCode {
    switch self {
    case .drawn(let event): event.lot
    case .dispatched(let event): event.lot
    case .received(let event): event.lot
    case .rejected(let event): event.lot
    case .adjusted(let event): event.lot
    }
  }

  /// True for what ends a way: it never comes before the dispatch that began it, whatever the
  /// receiver's clock says.
  var endsTransit: Bool {
    switch self {
    case .received, .rejected: true
    case .drawn(let event): event.purpose == .returned
    case .dispatched, .adjusted: false
    }
  }
}

/// One act of a lot's stream, as recorded.
struct LotFact: Sendable, Hashable {
  let version: Int64
  let occurredAt: Timestamp
  /// Where it stands among the lot's acts, microseconds since 1970.
  let place: Int64
  var act: LotAct

  func dated<Value>(_ value: Value) -> Dated<Value> {
    Dated(value, at: occurredAt, version: version)
  }
}

extension DomainEvent {
  /// What it does to the lot in whose stream it stands; nil where it does nothing, or founds it.
  var lotAct: LotAct? {
    switch self {
    case .lotDrawn(let fact): .drawn(fact)
    case .lotDispatched(let fact): .dispatched(fact)
    case .lotReceived(let fact): .received(fact)
    case .lotRejected(let fact): .rejected(fact)
    case .lotAdjusted(let fact): .adjusted(fact)
    default: nil
    }
  }
}
