import Testing

@testable import Ledger

/// Cosignatures as the database keeps them, under the checkpoint that everyone is shown.
@Suite struct CosignedCheckpointTests {
  @Test func `given cosignatures when the newest is read then their lines stand under it`()
    async throws
  {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let first = try await writer.append(Sample.commit("a", ["lot:1"]))
      let reader = try await ledger.reader()
      let store = CosignatureStore(reader: reader)
      let cosigners = try (1...3).map { try TestWitness.cosigner($0, name: "w\($0).example") }
      let policy = try WitnessPolicy(verifierKeys: cosigners.map(\.verifierKey))
      let body = try SignedNote(parsing: first.checkpoint).text
      for cosigner in cosigners.prefix(2) {
        let line = try cosigner.cosign(body: body, time: TestWitness.time)
        try await store.add(line, size: 1)
        // Once more changes nothing: the first stays.
        try await store.add(try cosigner.cosign(body: body, time: 5), size: 1)
      }
      let newest = try #require(try await reader.newestCheckpoint())
      #expect(newest.note.hasPrefix(first.checkpoint))
      #expect(newest.cosignatures.map(\.witness) == ["w1.example", "w2.example"])
      #expect(newest.cosignatures.allSatisfy { $0.time == TestWitness.time })
      #expect(try policy.cosignatures(in: newest.note) == newest.cosignatures)
      #expect(try ledger.signer.verifier.open(newest.note).size == 1)

      let second = try await writer.append(Sample.commit("b", ["lot:1"]))
      #expect(try await reader.newestCheckpoint()?.note == second.checkpoint)
      #expect(try await reader.cosignedCheckpoint(atLeast: 2) == newest)
      #expect(try await reader.cosignedCheckpoint(atLeast: 3) == nil)
      #expect(try await reader.checkpoint(covering: 0) == newest)
      let other = try cosigners[2].cosign(
        body: try SignedNote(parsing: second.checkpoint).text, time: TestWitness.time)
      try await store.add(other, size: 2)
      #expect(try await reader.cosignedCheckpoint(atLeast: 1)?.size == 2)
      #expect(try await reader.cosignedCheckpoint(atLeast: 2)?.size == 1)
      await writer.close()
    }
  }

  @Test func `given a growing ledger when checkpoints are followed then the newest comes`()
    async throws
  {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      for index in 0..<3 { _ = try await writer.append(Sample.commit("k\(index)", ["lot:1"])) }
      let reader = try await ledger.reader()
      var sizes: [Int64] = []
      struct Enough: Error {}
      await #expect(throws: Enough.self) {
        try await Follower(reader: reader).runCheckpoints { checkpoint in
          sizes.append(checkpoint.size)
          if sizes.count == 2 { throw Enough() }
          _ = try await writer.append(Sample.commit("later", ["lot:1"]))
        }
      }
      #expect(sizes == [3, 4])
      await writer.close()
    }
  }
}
