import Ledger
import ReadModels
public import Traceability
import ValueTypes

extension Raiz {
  /// Looks over the whole ledger for what no single act shows, and records what is new.
  ///
  /// Answers what was recorded. Done again it records nothing, unless something has grown.
  public func detect(recordedBy: String) async throws -> [FindingRaised] {
    let world = try await patternWorld()
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

  /// Of the whole ledger what patterns rest on, and no more of it in memory.
  private func patternWorld() async throws -> World {
    var world = World()
    let size = try await reader.newestCheckpoint()?.size ?? 0
    try await reader.forEachBatch(from: 0, to: size) { events in
      try await LedgerFold.apply(events, to: &world, where: PatternSearch.rests(on:))
    }
    return world
  }
}
