import Land
public import Ledger
import PostgreSQL
import ReadModels
public import Traceability
public import ValueTypes

extension Raiz {
  /// SHA-256 of a document, for evidence that stays with its owner.
  ///
  /// - Throws: what reading throws.
  public func digest(ofFile path: String) throws -> SHA256Digest { try FileDigest.sha256(path) }

  /// Records a review. Nobody reviews a finding that he raised himself, or that rests on what he
  /// recorded.
  public func review(
    _ review: FindingReviewed, recordedBy: String
  ) async throws -> CommitReceipt {
    let receipt = try await record(review: review, recordedBy: recordedBy)
    try await projector.catchUp()
    return receipt
  }

  /// The same without bringing the read models level.
  func record(review: FindingReviewed, recordedBy: String) async throws -> CommitReceipt {
    let own = try StreamName(StreamKey.finding(review.finding).description)
    let events = try await reader.events(ofStreams: [own])
    var raisers = Set(events.prefix(1).map(\.envelope.recordedBy))
    if let first = events.first, case .findingRaised(let raised) = try LedgerFold.fact(of: first) {
      let streams = try Set(raised.restsOn.map(\.stream)).map { try StreamName($0.description) }
      let wanted = Set(raised.restsOn.map(\.description))
      for event in try await reader.events(ofStreams: streams)
      where wanted.contains("\(event.envelope.stream)@\(event.envelope.version)") {
        raisers.insert(event.envelope.recordedBy)
      }
    }
    return try await handler.record(
      .reviewFinding(review, raisedBy: raisers), occurredAt: now(), key: nil,
      recordedBy: recordedBy)
  }

  /// A run's outputs with other masses; each keeps its product.
  ///
  /// - Throws: `ApplicationError.notFound` for a lot that is no output of the run.
  public func outputs(
    of lot: LotCode, as masses: [LotDraw]
  ) async throws -> [LotProcessed.Output] {
    var world = World()
    var loaded: Set<StreamKey> = []
    try await loader.load([.lot(lot)], into: &world, loaded: &loaded)
    guard case .processed(let run) = world.lots[lot]?.origin else {
      throw ApplicationError.notFound(.lot(lot))
    }
    if let stranger = masses.first(where: { mass in
      !run.outputs.contains { $0.lot == mass.lot }
    }) {
      throw ApplicationError.notFound(.lot(stranger.lot))
    }
    return run.outputs.map { output in
      let mass = masses.first { $0.lot == output.lot }?.grams ?? output.grams
      return LotProcessed.Output(lot: output.lot, product: output.product, grams: mass)
    }
  }

  /// Gives a finding to a person to look at.
  public func assign(_ event: FindingAssigned) async throws -> CommitReceipt {
    try await record(.assignFinding(event), occurredAt: now(), key: nil, recordedBy: event.by)
  }

  /// Opens a reviewed finding again.
  public func reopen(_ event: FindingReopened) async throws -> CommitReceipt {
    try await record(.reopenFinding(event), occurredAt: now(), key: nil, recordedBy: event.by)
  }

  /// Raises a finding on every dispatch that nobody has received for too long; answers how many.
  public func noteOverdueDispatches() async throws -> Int {
    try await projector.catchUp()
    let rows = try await pool.withSession { session in
      try await session.query(
        """
        SELECT code FROM raiz_read.lots
        WHERE ledger = \(reader.ledger) AND in_transit_to IS NOT NULL ORDER BY code COLLATE "C"
        """)
    }
    var raised = 0
    for row in rows {
      do {
        _ = try await handler.record(
          .noteOverdue(try LotCode(row.decode("code"))), occurredAt: now(), key: nil,
          recordedBy: "raiz")
        raised += 1
      } catch let refusal as Refusal
        where [.notOverdue, .alreadyRecorded, .notInTransit].contains(refusal.code)
      {
        continue
      }
    }
    if raised > 0 { try await projector.catchUp() }
    return raised
  }
}
