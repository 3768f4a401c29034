public import Ledger
public import Traceability
import ValueTypes

/// Turns recorded events into the domain's facts and folds them.
public enum LedgerFold {
  /// Applies one recorded event to a world. What the ledger says of itself is none of it.
  ///
  /// `isWanted` leaves out what somebody has no use for.
  ///
  /// - Throws: `EventCodingError` for an event that this version cannot read: nothing is skipped.
  public static func apply(
    _ event: RecordedEvent, to world: inout World,
    where isWanted: (DomainEvent) -> Bool = { _ in true }
  ) throws {
    if event.envelope.stream.kind == "ledger" { return }
    guard let stream = StreamKey(event.envelope.stream.description) else {
      throw EventCodingError.unknown(
        type: "\(event.envelope.type) in stream \(event.envelope.stream)",
        schema: event.envelope.schema)
    }
    let fact = try fact(of: event)
    guard isWanted(fact) else { return }
    world.apply(
      fact, stream: stream, version: event.envelope.version,
      occurredAt: event.envelope.occurredAt)
  }

  public static func fact(of event: RecordedEvent) throws -> DomainEvent {
    try DomainEvent.decode(
      type: event.envelope.type, schema: event.envelope.schema, data: event.envelope.data)
  }
}
