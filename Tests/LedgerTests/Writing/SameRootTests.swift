import PostgreSQL
import TestSupport
import Testing
import ValueTypes

@testable import Ledger

/// Two batches on their way, and another server that writes first.
@Suite struct SameRootTests {
  /// Ahead of every other: what is decided by it is not refused for going back in time.
  private let clock = LedgerClock(now: {
    Timestamp(microseconds: LedgerClock.system.now().microseconds + 3_600_000_000) ?? .ledgerEpoch
  })

  /// Decides commits as the writer does, from what it remembers.
  private func plan(
    _ keys: [String], _ state: inout WriterState, by signer: CheckpointSigner
  ) throws -> (plan: BatchPlan, note: String) {
    let batch = try keys.map { key in
      let request = try Sample.commit(key, ["lot:" + key], expecting: ["lot:" + key: 0])
      return QueuedCommit(
        id: 0, request: request, content: ContentDigest.of(request.events),
        weight: request.weight, answer: { _ in })
    }
    let decided = state.plan(batch, clock: clock)
    let plan = try #require(decided)
    state.advance(by: plan)
    return (plan, try signer.sign(size: plan.tail.size, root: plan.tail.range.root))
  }

  @Test func `a batch decided on one that failed fails, however many another server wrote`()
    async throws
  {
    try await TestLedger.with { ledger in
      let other = try await ledger.writer()
      _ = try await other.append(Sample.commit("before", ["lot:1"]))
      let session = try await ledger.pool.lend()
      let opening = try await WriterOpening.open(
        session, name: TestLedger.name, signer: ledger.signer, published: nil)
      var state = WriterState(head: opening.head.mark, tail: opening.tail)
      let store = WriteStore(ledger: opening.head.ledger)
      // The statements are known to the session from here on.
      let earlier = [
        try plan(["d", "e"], &state, by: ledger.signer), try plan(["f"], &state, by: ledger.signer),
      ]
      #expect(try await session.outcomes(of: earlier, in: store) == [nil, nil])
      let first = try plan(["a", "b"], &state, by: ledger.signer)
      let second = try plan(["c"], &state, by: ledger.signer)
      // Just as many events as the first batch holds: the size is what the second expects.
      _ = try await other.append(Sample.commit("x", ["lot:8", "lot:9"]))
      let codes = try await session.outcomes(of: [first, second], in: store)
      #expect(codes == ["RZ001", "RZ001"])
      await ledger.pool.giveBack(session)
      let report = try await ledger.audit()
      #expect(report.size == 6)
      #expect(report.discrepancies == [])
      // The other server's memory still holds.
      #expect(try await other.append(Sample.commit("after", ["lot:1"])).firstPosition == 6)
      await other.close()
    }
  }

  @Test func `a large batch fails as well where the events before it are others`() async throws {
    try await TestLedger.with { ledger in
      let session = try await ledger.pool.lend()
      let opening = try await WriterOpening.open(
        session, name: TestLedger.name, signer: ledger.signer, published: nil)
      var state = WriterState(head: opening.head.mark, tail: opening.tail)
      _ = try plan(["a"], &state, by: ledger.signer)
      let large = try plan((0..<600).map { "\($0)" }, &state, by: ledger.signer)
      #expect(!large.plan.fitsArrays)
      let other = try await ledger.writer()
      _ = try await other.append(Sample.commit("x", ["lot:9"]))
      await #expect(throws: HeadMoved.self) {
        try await WriteStore(ledger: opening.head.ledger)
          .write(large.plan, note: large.note, session)
      }
      await ledger.pool.giveBack(session)
      #expect(try await ledger.audit().discrepancies == [])
      #expect(try await ledger.reader().size() == 1)
      await other.close()
    }
  }
}

extension Session {
  /// Sends all, then collects all: the SQLSTATE of each, nil for success.
  fileprivate func outcomes(
    of batches: [(plan: BatchPlan, note: String)], in store: WriteStore
  ) throws -> [String?] {
    for (plan, note) in batches {
      try seal([store.advance(plan)] + store.body(plan) + [store.checkpoint(plan, note: note)])
    }
    return batches.map { _ -> String? in
      do {
        try collectPosted()
        return nil
      } catch {
        return (error as? PostgresError)?.sqlState ?? "\(error)"
      }
    }
  }
}
