import Foundation
import Testing
import ValueTypes

@testable import Ledger

@Suite struct ProofTests {
  @Test func `random batches give the tree, tiles and proofs of the naive implementation`()
    async throws
  {
    try await TestLedger.with { ledger in
      var random = SeededGenerator(seed: 17)
      var writer = try await ledger.writer()
      var sizes: [Int64] = []
      for number in 0..<22 {
        let streams = (0..<Int.random(in: 1...90, using: &random)).map { "lot:\($0 % 11)" }
        sizes.append(try await writer.append(Sample.commit("\(number)", streams)).checkpointSize)
        // A writer that is opened anew goes on with the same tree.
        if number % 5 == 4 {
          await writer.close()
          writer = try await ledger.writer()
        }
      }
      await writer.close()
      let reader = try await ledger.reader()
      let size = try #require(sizes.last)
      #expect(size > 512)
      var entries: [Data] = []
      try await reader.forEachBatch(from: 0, to: size) { entries += $0.map { Data($0.bytes) } }
      let naive = NaiveTree(entries: entries)
      for size in sizes {
        #expect(Data(try await reader.root(of: size).bytes) == naive.root(0..<Int(size)))
      }
      #expect(try await reader.newestCheckpoint()?.root == (try await reader.root(of: size)))
      try await compareProofs(reader, naive, size, &random)
      #expect(try await ledger.audit().discrepancies == [])
    }
  }

  private func compareProofs(
    _ reader: LedgerReader, _ naive: NaiveTree, _ size: Int64, _ random: inout SeededGenerator
  ) async throws {
    for _ in 0..<12 {
      let tree = Int64.random(in: 1...size, using: &random)
      let index = Int64.random(in: 0..<tree, using: &random)
      let path = try await reader.inclusionProof(of: index, treeSize: tree)
      #expect(path.map { Data($0.bytes) } == naive.path(Int(index), 0..<Int(tree)))
      let first = Int64.random(in: 1...tree, using: &random)
      let proof = try await reader.consistencyProof(from: first, to: tree)
      #expect(proof.map { Data($0.bytes) } == naive.proof(Int(first), Int(tree)))
      let chosen = Set((0..<30).map { _ in Int64.random(in: 0..<tree, using: &random) })
      let multi = try await reader.inclusion(of: Array(chosen), treeSize: tree)
      let leaves = Dictionary(
        uniqueKeysWithValues: chosen.map {
          ($0, MerkleTree.leafHash([UInt8](naive.entries[Int($0)])))
        })
      #expect(Data(try multi.root(leaves: leaves).bytes) == naive.root(0..<Int(tree)))
      let coded = try JSONEncoder().encode(multi)
      #expect(try JSONDecoder().decode(MultiProof.self, from: coded) == multi)
    }
    await #expect(throws: LedgerError.self) {
      try await reader.inclusionProof(of: 0, treeSize: size + 1)
    }
  }

  @Test func `tiles and bundles are served as C2SP names them`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(
        Sample.commit("a", (0..<600).map { "lot:\($0 % 5)" }))
      await writer.close()
      let reader = try await ledger.reader()
      let events = try await reader.events(from: 0, limit: 600)
      let leaves = events.map { MerkleTree.leafHash($0.bytes) }
      let full = try await reader.tile(TilePath(path: "tile/0/001"))
      #expect(full == leaves[256..<512].flatMap(\.bytes))
      let partial = try await reader.tile(TilePath(path: "tile/0/002.p/88"))
      #expect(partial == leaves[512...].flatMap(\.bytes))
      let upper = try await reader.tile(TilePath(path: "tile/1/000.p/2"))
      #expect(
        upper == [leaves[..<256], leaves[256..<512]].flatMap { MerkleTree.root(leaves: $0).bytes })
      let bundle = try await reader.tile(TilePath(path: "tile/entries/002.p/80"))
      #expect(try EntryBundle.parse(bundle) == events[512..<592].map(\.bytes))
      for path in ["tile/0/002", "tile/0/002.p/89", "tile/1/000", "tile/2/000.p/1", "tile/9/000"] {
        let error = await #expect(throws: LedgerError.self) {
          try await reader.tile(TilePath(path: path))
        }
        #expect(error?.code == "not-found", "\(path)")
      }
    }
  }

  @Test func `a large commit goes in by COPY and is one commit`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("small", ["lot:0"]))
      let streams = (0..<5_000).map { "lot:\($0 % 1_000)" }
      let receipt = try await writer.append(Sample.commit("large", streams))
      #expect(receipt.firstPosition == 1 && receipt.count == 5_000)
      let lot = try StreamName("lot:7")
      #expect(try await ledger.reader().heads(of: [lot]) == [lot: 5])
      // A stale large commit leaves nothing.
      await #expect(throws: LedgerError.self) {
        try await writer.append(Sample.commit("stale", streams, expecting: ["lot:1": 0]))
      }
      let after = try await writer.append(Sample.commit("after", ["lot:0"]))
      #expect(after.firstPosition == 5_001)
      let report = try await ledger.audit()
      #expect(report.size == 5_002 && report.tiles == 19 && report.checkpoints == 3)
      #expect(report.discrepancies == [])
      await writer.close()
    }
  }

  @Test func `a follower stops loudly at a hole`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("a", ["lot:1", "lot:2", "lot:3"]))
      await writer.close()
      try await ledger.asSuperuser(
        """
        ALTER TABLE raiz.events_p000000 DISABLE TRIGGER append_only;
        DELETE FROM raiz.events_p000000 WHERE position = 1
        """)
      let reader = try await ledger.reader()
      await #expect(throws: LedgerError.gap(expected: 1, found: 2)) {
        try await Follower(reader: reader).run(from: 0) { _ in }
      }
    }
  }

  @Test func `a follower is woken by the writer, not by the poll`() async throws {
    try await TestLedger.with { ledger in
      struct Done: Error {}
      let writer = try await ledger.writer()
      let reader = try await ledger.reader()
      let follower = Task {
        var seen: Int64 = 0
        try await Follower(reader: reader, poll: .seconds(600)).run(from: 0) {
          seen += Int64($0.count)
          if seen >= 5 { throw Done() }
        }
      }
      for number in 0..<5 {
        try await Task.sleep(for: .milliseconds(150))
        _ = try await writer.append(Sample.commit("\(number)", ["lot:1"]))
      }
      await #expect(throws: Done.self) { try await follower.value }
      await writer.close()
    }
  }
}
