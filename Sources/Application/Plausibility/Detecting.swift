import Ledger
import ReadModels
public import Traceability
import ValueTypes

extension Raiz {
  /// Events read at a time.
  private static let batch = 5_000

  /// Looks over the whole ledger for what no single act shows, and records what is new.
  ///
  /// Answers what was recorded. Done again it records nothing, unless something has grown.
  public func detect(recordedBy: String) async throws -> [FindingRaised] {
    let world = try await wholeWorld()
    var recorded: [FindingRaised] = []
    for finding in PatternSearch(world: world, catalogue: catalogue).findings() {
      do {
        _ = try await handler.record(
          .raisePattern(finding), occurredAt: now(), key: nil, recordedBy: recordedBy)
        recorded.append(finding)
      } catch let refusal as Refusal
        where refusal.code == .alreadyRecorded || refusal.code == .codeUsed
      {
        // Another program looked at the same time, and was first.
        continue
      }
    }
    if !recorded.isEmpty { try await projector.catchUp() }
    return recorded
  }

  private func wholeWorld() async throws -> World {
    var world = World()
    var position: Int64 = 0
    while true {
      let events = try await reader.events(from: position, limit: Self.batch)
      guard let last = events.last else { return world }
      for event in events { try LedgerFold.apply(event, to: &world) }
      position = last.position + 1
    }
  }
}
