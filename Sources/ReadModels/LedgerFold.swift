public import Ledger
public import Traceability
import ValueTypes

/// Turns recorded events into the domain's facts and folds them.
public enum LedgerFold {
  /// Applies recorded events to a world in the order given; their bytes are read on all cores. What
  /// the ledger says of itself is none of it.
  ///
  /// `isWanted` leaves out what somebody has no use for.
  ///
  /// - Throws: `EventCodingError` for an event that this version cannot read: nothing is skipped.
  public static func apply(
    _ events: [RecordedEvent], to world: inout World,
    where isWanted: (DomainEvent) -> Bool = { _ in true }
  ) async throws {
    for read in try await facts(of: events) where isWanted(read.fact) { world.apply(read) }
  }

  /// Reads many on all cores, in the order given, without what the ledger says of itself.
  ///
  /// - Throws: `EventCodingError` for an event that this version cannot read.
  static func facts(of events: [RecordedEvent]) async throws -> [RecordedFact] {
    try await CoreSlices.map(events) { try RecordedFact($0) }.compactMap(\.self)
  }

  public static func fact(of event: RecordedEvent) throws -> DomainEvent {
    try DomainEvent.decode(
      type: event.envelope.type, schema: event.envelope.schema, data: event.envelope.data)
  }
}

/// A recorded event as the domain reads it.
struct RecordedFact: Sendable {
  let event: RecordedEvent
  let stream: StreamKey
  let fact: DomainEvent

  /// Nil for what the ledger says of itself.
  init?(_ event: RecordedEvent) throws {
    if event.envelope.stream.kind == "ledger" { return nil }
    guard let stream = StreamKey(event.envelope.stream.description) else {
      throw EventCodingError.unknown(
        type: "\(event.envelope.type) in stream \(event.envelope.stream)",
        schema: event.envelope.schema)
    }
    (self.event, self.stream) = (event, stream)
    fact = try LedgerFold.fact(of: event)
  }
}

extension World {
  mutating func apply(_ read: RecordedFact) {
    apply(
      read.fact, stream: read.stream, version: read.event.envelope.version,
      occurredAt: read.event.envelope.occurredAt)
  }
}
