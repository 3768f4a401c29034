import Ledger
import PostgreSQL
import ReadModels
public import Traceability

/// An erasure as it stands in the ledger.
public struct Erasure: Sendable, Hashable, Codable {
  public let producer: ProducerCode
  /// Where the ledger says so.
  public let position: Int64
  /// False where it had been erased before.
  public let isNew: Bool
}

extension Raiz {
  /// Erases a producer's personal data: records it, then destroys key and ciphertext. Asked again
  /// it destroys again what may have come back, and records nothing.
  ///
  /// The event comes first: it is what makes a crash harmless, since every start destroys what
  /// the events say is erased. Were the key destroyed first, a crash would leave lost data that
  /// nobody is known to have asked to be erased.
  ///
  /// - Throws: a `Refusal` (unknown producer, nothing held), and `erasureIncomplete` where it is
  ///   recorded but not yet carried out.
  public func erase(
    _ producer: ProducerCode, reason: String?, key: String? = nil, recordedBy: String
  ) async throws -> Erasure {
    var isNew = true
    do {
      let receipt = try await handler.record(
        .erasePersonalData(producer, reason: reason), occurredAt: now(), key: key,
        recordedBy: recordedBy)
      isNew = !receipt.duplicate
    } catch let refusal as Refusal where refusal.code == .alreadyErased {
      isNew = false
    }
    let stream = try StreamName(StreamKey.producer(producer).description)
    let erasures = Self.erasures(in: try await reader.events(ofStreams: [stream]))
    do {
      try await vault.destroy(erasures.map(\.event.person), ledger: settings.ledger)
    } catch {
      throw ApplicationError.erasureIncomplete(producer, reason: "\(error)")
    }
    guard let last = erasures.last else { throw ApplicationError.notFound(.producer(producer)) }
    try await projector.catchUp()
    return Erasure(producer: producer, position: last.position, isNew: isNew)
  }

  /// Carries out every erasure that the ledger holds: what a crash left undone, and what a
  /// restored backup brought back.
  func carryOutErasures() async throws {
    // A producer's first version is its registration; the index finds the few that have more.
    let rows = try await pool.withSession { [reader] session in
      try await session.query(
        """
        SELECT position, bytes FROM raiz.events
        WHERE ledger = \(reader.ledger) AND stream >= 'producer:' AND stream < 'producer;'
          AND version > 1 ORDER BY position
        """)
    }
    // Bytes that are no event are for the audit to name: they must not keep it from starting.
    try await carryOut(
      rows.compactMap { try? RecordedEvent(position: $0.decode(0), bytes: $0.decode(1)) })
  }

  /// Carries out the erasures among events that anyone has recorded.
  func carryOut(_ events: [RecordedEvent]) async throws {
    let people = Self.erasures(in: events).map(\.event.person)
    guard !people.isEmpty else { return }
    try await vault.destroy(people, ledger: settings.ledger)
  }

  private static func erasures(
    in events: [RecordedEvent]
  ) -> [(position: Int64, event: PersonalDataErased)] {
    events.compactMap { event in
      guard event.envelope.type == PersonalDataErased.type,
        case .personalDataErased(let fact) = try? LedgerFold.fact(of: event)
      else { return nil }
      return (event.position, fact)
    }
  }
}
