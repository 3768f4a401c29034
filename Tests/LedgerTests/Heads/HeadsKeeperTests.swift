import PostgreSQL
import Testing
import ValueTypes

@testable import Ledger

/// The stored map against one made from the events alone.
@Suite struct HeadsKeeperTests {
  private func keeper(_ ledger: TestLedger) async throws -> HeadsKeeper {
    HeadsKeeper(pool: ledger.pool, reader: try await ledger.reader())
  }

  /// From all events, in memory.
  private func heads(_ ledger: TestLedger, before size: Int64) async throws -> [StreamHead] {
    var heads: [StreamName: StreamHead] = [:]
    try await ledger.reader().forEachBatch(from: 0, to: size) { batch in
      for event in batch {
        heads[event.envelope.stream] = StreamHead(
          stream: event.envelope.stream, version: event.envelope.version,
          lastPosition: event.position)
      }
    }
    return heads.values.sorted { $0.key < $1.key }
  }

  @Test func `the stored map is that of the events, however it grew`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let keeper = try await keeper(ledger)
      var random = SeededGenerator(seed: 3)
      var names: [String] = []
      for round in 0..<12 {
        // Beyond 16,384 streams the buckets are made narrower.
        let many = round == 8 ? 17_000 : Int.random(in: 1...40, using: &random)
        let fresh = (0..<many).map { "lot:\(round)-\($0)" }
        let again = names.shuffled(using: &random).prefix(15)
        _ = try await writer.append(Sample.commit("c\(round)", fresh + again))
        names += fresh.prefix(100)
        let commitment = try await keeper.commit(
          writer, recordedBy: "raiz", now: Sample.occurredAt)
        let size = commitment.heads.size
        #expect(commitment.event.position == size && commitment.checkpoint.size == size + 1)
        let all = try await heads(ledger, before: size)
        #expect(commitment.heads.streams == Int64(all.count))
        #expect(commitment.heads.root == HeadsMap.root(sorted: all))
        let asked = try Set(fresh.prefix(4) + again.prefix(4) + ["plot:none", "plot:\(round)"])
          .map { try StreamName($0) }
        let proof = try await keeper.proof(of: asked, in: commitment.heads)
        let found = try proof.verify(asked, root: commitment.heads.root)
        #expect(proof == HeadsProof(of: asked, sorted: all))
        #expect(found.count == asked.count - 2)
      }
      // Nothing came since: the same commitment serves.
      let before = try await ledger.reader().size()
      _ = try await keeper.commit(writer, recordedBy: "raiz", now: Sample.occurredAt)
      #expect(try await ledger.reader().size() == before)
      await writer.close()
      #expect(try await ledger.audit().discrepancies == [])
    }
  }

  @Test(arguments: [false, true])
  func `a commitment whose map went on or was lost is made anew`(isLost: Bool) async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let keeper = try await keeper(ledger)
      _ = try await writer.append(Sample.commit("a", ["lot:1", "lot:2"]))
      let first = try await keeper.commit(writer, recordedBy: "raiz", now: Sample.occurredAt)
      if isLost {
        try await ledger.asSuperuser(
          "DELETE FROM raiz.head_pages; DELETE FROM raiz.head_leaves;"
            + " DELETE FROM raiz.head_maps")
      } else {
        try await keeper.follow()
      }
      let names = try ["lot:1", "lot:2", "lot:3"].map { try StreamName($0) }
      let second = try await keeper.commit(writer, recordedBy: "raiz", now: Sample.occurredAt)
      #expect(second.event.position > first.event.position)
      let proof = try await keeper.proof(of: names, in: second.heads)
      #expect(try proof.verify(Set(names), root: second.heads.root).count == 2)
      await writer.close()
    }
  }

  @Test(arguments: [1, 7, 64, 1_000] as [Int64])
  func `a map far behind becomes that of the events, however long its steps are`(
    eventsAtOnce: Int64
  ) async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let reader = try await ledger.reader()
      let store = HeadsStore(ledger: reader.ledger, eventsAtOnce: eventsAtOnce)
      var random = SeededGenerator(seed: UInt64(eventsAtOnce))
      for round in 0..<6 {
        for part in 0..<4 {
          let names = (0..<Int.random(in: 1...90, using: &random)).map { _ in
            "lot:\(Int.random(in: 0..<600, using: &random))"
          }
          _ = try await writer.append(Sample.commit("\(round)-\(part)", Array(Set(names))))
        }
        let size = try await reader.size()
        let map = try await ledger.pool.withSession { try await store.update(to: size, $0) }
        let all = try await heads(ledger, before: size)
        #expect(map.size == size && map.streams == Int64(all.count))
        #expect(map.root == HeadsMap.root(sorted: all))
      }
      await writer.close()
    }
  }

  @Test func `a commitment covers exactly what stands before it, whoever writes meanwhile`()
    async throws
  {
    try await TestLedger.with(sessions: 8) { ledger in
      let writers = [try await ledger.writer(), try await ledger.writer()]
      let keeper = try await keeper(ledger)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, writer) in writers.enumerated() {
          for client in 0..<4 {
            group.addTask {
              for round in 0..<40 {
                _ = try await writer.append(
                  Sample.commit("\(number)-\(client)-\(round)", ["lot:\(number)-\(client)"]))
              }
            }
          }
          group.addTask {
            for _ in 0..<5 {
              let commitment = try await keeper.commit(
                writer, recordedBy: "raiz", now: Sample.occurredAt, patience: .seconds(240))
              let all = try await heads(ledger, before: commitment.heads.size)
              #expect(commitment.heads.root == HeadsMap.root(sorted: all))
              #expect(commitment.event.position == commitment.heads.size)
            }
          }
        }
        try await group.waitForAll()
      }
      for writer in writers { await writer.close() }
      #expect(try await ledger.audit().discrepancies == [])
    }
  }

  @Test func `a map that another server keeps is waited for, and named if that takes too long`()
    async throws
  {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let keeper = try await keeper(ledger)
      _ = try await writer.append(Sample.commit("a", ["lot:1"]))
      _ = try await keeper.commit(writer, recordedBy: "raiz", now: Sample.occurredAt)
      _ = try await writer.append(Sample.commit("b", ["lot:1"]))
      let other = try await Session.connect(ledger.target)
      try await other.script("BEGIN; SELECT * FROM raiz.head_maps FOR UPDATE")
      await #expect(throws: LedgerError.headsBusy) {
        try await keeper.commit(
          writer, recordedBy: "raiz", now: Sample.occurredAt, patience: .zero)
      }
      // The ledger itself waits for nobody's map.
      #expect(try await writer.append(Sample.commit("c", ["lot:1"])).firstPosition == 3)
      let waiting = Task {
        try await keeper.commit(
          writer, recordedBy: "raiz", now: Sample.occurredAt, patience: .seconds(240))
      }
      try await other.script("ROLLBACK")
      #expect(try await waiting.value.heads.size == 4)
      await other.close()
      await writer.close()
    }
  }

  @Test func `a commitment that hides an event is found`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let keeper = try await keeper(ledger)
      _ = try await writer.append(Sample.commit("a", ["lot:1", "lot:2", "lot:1"]))
      // What an operator could sign who wants lot:1 to end at its first event.
      let lie = [("lot:1", Int64(1), Int64(0)), ("lot:2", 1, 1)]
      let heads = try lie.map {
        StreamHead(stream: try StreamName($0.0), version: $0.1, lastPosition: $0.2)
      }.sorted { $0.key < $1.key }
      _ = try await writer.appendAlone { size in
        let claimed = HeadsCommitted(size: size, streams: 2, root: HeadsMap.root(sorted: heads))
        let draft = try EventDraft(
          stream: HeadsCommitted.stream(), type: HeadsCommitted.type,
          occurredAt: Sample.occurredAt, data: claimed.data)
        return CommitRequest(key: try CommitKey("lie"), recordedBy: "raiz", events: [draft])
      }
      var report = try await ledger.audit()
      #expect(report.discrepancies.map(\.kind) == [.headsWrong])
      #expect(report.discrepancies[0].positions == 3..<4)
      // A later true commitment does not cover the lie up.
      _ = try await writer.append(Sample.commit("b", ["lot:2"]))
      _ = try await keeper.commit(writer, recordedBy: "raiz", now: Sample.occurredAt)
      await writer.close()
      #expect(try await ledger.audit().isSound)
      report = try await LedgerAudit.run(
        reader: try await ledger.reader(), verifier: ledger.signer.verifier, allHeads: true)
      #expect(report.discrepancies.map(\.kind) == [.headsWrong])
    }
  }
}
