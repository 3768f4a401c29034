public import Ledger
import Traceability

/// Whose rows of the read models some events change: what follows the tables reads these again.
///
/// The projection writes the rows of just these; a verdict may change further downstream.
public struct TouchedRows: Sendable {
  public let plots: [String]
  public let lots: [String]
  public let shipments: [String]
  /// Lots that came out of these are judged again where something was poured in late.
  public let tanks: [String]

  /// - Throws: `EventCodingError` for an event that this version cannot read.
  public init(_ events: some Sequence<RecordedEvent>) throws {
    var touched = TouchedSubjects()
    for event in events {
      guard let read = try RecordedFact(event) else { continue }
      touched.take(read.fact, in: read.stream, at: event.envelope.occurredAt)
    }
    plots = touched.plots.map(\.text).sorted()
    lots = touched.lots.map(\.text).sorted()
    shipments = touched.shipments.map(\.text).sorted()
    tanks = touched.tanks.map(\.text).sorted()
  }
}
