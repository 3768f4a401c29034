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
    guard let (stream, fact) = try read(event), isWanted(fact) else { return }
    world.apply(
      fact, stream: stream, version: event.envelope.version,
      occurredAt: event.envelope.occurredAt)
  }

  /// Applies many in the order given; their bytes are read on all cores.
  static func apply(_ events: [RecordedEvent], to world: inout World) async throws {
    let facts = try await CoreSlices.map(events) { try read($0) }
    for (event, found) in zip(events, facts) {
      guard let (stream, fact) = found else { continue }
      world.apply(
        fact, stream: stream, version: event.envelope.version,
        occurredAt: event.envelope.occurredAt)
    }
  }

  /// Nil for what the ledger says of itself.
  private static func read(
    _ event: RecordedEvent
  ) throws -> (stream: StreamKey, fact: DomainEvent)? {
    if event.envelope.stream.kind == "ledger" { return nil }
    guard let stream = StreamKey(event.envelope.stream.description) else {
      throw EventCodingError.unknown(
        type: "\(event.envelope.type) in stream \(event.envelope.stream)",
        schema: event.envelope.schema)
    }
    return (stream, try fact(of: event))
  }

  public static func fact(of event: RecordedEvent) throws -> DomainEvent {
    try DomainEvent.decode(
      type: event.envelope.type, schema: event.envelope.schema, data: event.envelope.data)
  }
}
