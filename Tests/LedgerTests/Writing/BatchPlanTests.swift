import Foundation
import Testing
import ValueTypes

@testable import Ledger

/// Deciding a batch, without a database.
@Suite struct BatchPlanTests {
  private func queued(_ requests: [CommitRequest]) -> [QueuedCommit] {
    requests.enumerated().map { id, request in
      QueuedCommit(
        id: UInt64(id), request: request, content: ContentDigest.of(request.events),
        weight: request.weight, answer: { _ in })
    }
  }

  private func empty() -> BatchSituation {
    BatchSituation(
      head: HeadMark(
        size: 0, root: TreeTail().range.root, epoch: 1, lastRecordedAt: .ledgerEpoch),
      tail: TreeTail(), versions: [:], keys: [:])
  }

  private func names(_ plan: BatchPlan) -> [String] {
    plan.verdicts.map {
      switch $0 {
      case .accepted: "accepted"
      case .duplicate: "duplicate"
      case .refused(let error): error.code
      }
    }
  }

  @Test func `commits of one batch see what those before them wrote`() throws {
    let filler = String(repeating: "a", count: 65_500)
    let batch = queued([
      try Sample.commit("a", ["lot:1"], expecting: ["lot:1": 0]),
      try Sample.commit("b", ["lot:1"], expecting: ["lot:1": 0]),
      try Sample.commit("c", ["lot:1", "lot:1"], expecting: ["lot:1": 1]),
      try Sample.commit("a", ["lot:1"], expecting: ["lot:1": 0]),
      try Sample.commit("a", ["lot:2"]),
      try Sample.commit("d", ["lot:4", "lot:3"], data: "{\"a\":\"\(filler)\"}"),
      try Sample.commit("b", ["lot:1"], expecting: ["lot:1": 3]),
      try Sample.commit("e", ["lot:4"], expecting: ["lot:4": 0]),
    ])
    let plan = BatchPlan(batch, in: empty(), clock: .system)
    #expect(
      names(plan) == [
        "accepted", "conflict", "accepted", "duplicate", "key-reused", "event-too-large",
        "accepted", "accepted",
      ])
    #expect(plan.events.map(\.version) == [1, 2, 3, 4, 1])
    #expect(plan.tail.size == 5)
    #expect(plan.newKeys.map(\.key.text) == ["a", "c", "b", "e"])
    #expect(plan.newKeys.allSatisfy { $0.record.checkpointSize == 5 })
    #expect(plan.newKeys.map(\.record.firstPosition) == [0, 1, 3, 4])
    let leaves = plan.events.map { MerkleTree.leafHash($0.bytes) }
    #expect(plan.tail.range.root == MerkleTree.root(leaves: leaves))
  }

  @Test func `tiles come when they are full, and a stored tail goes on alike`() throws {
    var random = SeededGenerator(seed: 5)
    var tail = TreeTail()
    var tiles: [FullTile] = []
    var leaves: [SHA256Digest] = []
    for index in 0..<66_000 {
      let leaf = MerkleTree.leafHash(Array("\(index)".utf8))
      leaves.append(leaf)
      tail.append(leaf, full: &tiles)
      if index > 65_000, Int.random(in: 0..<200, using: &random) == 0 {
        let restored = try TreeTail(range: tail.range, rows: tail.rows)
        #expect(restored == tail)
      }
    }
    #expect(tiles.filter { $0.level == 0 }.map(\.index) == Array(0..<257))
    #expect(tiles.filter { $0.level == 1 }.map(\.index) == [0])
    let second = try #require(tiles.first { $0.level == 1 })
    #expect(second.hashes == tiles.filter { $0.level == 0 }.prefix(256).map(\.root))
    #expect(second.root == MerkleTree.root(leaves: leaves.prefix(65_536)))
    #expect(tiles[7].hashes == Array(leaves[(7 * 256)..<(8 * 256)]))
    var rows = tail.rows
    rows[0][3] = MerkleTree.emptyRoot
    #expect(throws: LedgerError.self) { try TreeTail(range: tail.range, rows: rows) }
    #expect(throws: LedgerError.self) { try TreeTail(range: tail.range, rows: []) }
  }

  @Test func `the queue is bounded and cuts batches by events and bytes`() throws {
    var limits = WriterLimits()
    limits.queuedCommits = 4
    limits.batchEvents = 3
    var queue = CommitQueue(limits: limits)
    let commits = queued([
      try Sample.commit("a", ["s:1", "s:2"]), try Sample.commit("b", ["s:1"]),
      try Sample.commit("c", ["s:1", "s:2", "s:3", "s:4", "s:5"]), try Sample.commit("d", ["s:1"]),
    ])
    for commit in commits { try queue.add(commit) }
    #expect(throws: LedgerError.queueFull(limit: 4)) { try queue.add(commits[0]) }
    #expect(queue.takeBatch().map(\.request.key.text) == ["a", "b"])
    #expect(queue.takeBatch().map(\.request.key.text) == ["c"])
    let withdrawn = queue.withdraw(3)
    #expect(withdrawn?.request.key.text == "d" && queue.isEmpty)
    let again = queue.withdraw(3)
    #expect(again == nil)
    limits.queuedBytes = 500
    queue = CommitQueue(limits: limits)
    try queue.add(commits[2])
    #expect(throws: LedgerError.queueFull(limit: 4)) { try queue.add(commits[0]) }
  }
}
