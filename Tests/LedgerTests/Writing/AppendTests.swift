import Testing
import ValueTypes

import enum Crypto.Curve25519

@testable import Ledger

@Suite struct AppendTests {
  @Test func `a commit is recorded in order, under a checkpoint, and read back`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let first = try await writer.append(
        Sample.commit("k1", ["lot:1", "lot:2", "lot:1"], data: "{\"grams\":1}"))
      let second = try await writer.append(Sample.commit("k2", ["lot:2"], expecting: ["lot:2": 1]))
      #expect(first.firstPosition == 0 && first.count == 3 && !first.duplicate)
      #expect(second.firstPosition == 3 && second.checkpointSize == 4)

      let reader = try await ledger.reader()
      let events = try await reader.events(from: 0, limit: 10)
      #expect(events.map(\.position) == [0, 1, 2, 3])
      #expect(events.map(\.envelope.version) == [1, 1, 2, 2])
      #expect(events[0].envelope.data == Array("{\"grams\":1}".utf8))
      #expect(events[3].envelope.commit.text == "k2")
      let checkpoint = try ledger.signer.verifier.open(second.checkpoint)
      #expect(checkpoint.size == 4)
      #expect(
        checkpoint.root == MerkleTree.root(leaves: events.map { MerkleTree.leafHash($0.bytes) }))
      #expect(try await reader.newestCheckpoint()?.note == second.checkpoint)
      #expect(try await reader.size() == 4)
      let names = [try StreamName("lot:1"), try StreamName("lot:2"), try StreamName("lot:3")]
      #expect(try await reader.heads(of: names) == [names[0]: 2, names[1]: 2])
      #expect(try await reader.events(ofStreams: [names[1]]).map(\.position) == [1, 3])
      await writer.close()
    }
  }

  @Test func `a stale expectation refuses the whole commit and names the stream`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      _ = try await writer.append(Sample.commit("k1", ["lot:1"], expecting: ["lot:1": 0]))
      let lot = try StreamName("lot:1")
      await #expect(throws: LedgerError.conflict(stream: lot, expected: 0, actual: 1)) {
        try await writer.append(Sample.commit("k2", ["lot:2", "lot:1"], expecting: ["lot:1": 0]))
      }
      // A stream that is not written may be named too.
      await #expect(throws: LedgerError.conflict(stream: lot, expected: 5, actual: 1)) {
        try await writer.append(Sample.commit("k3", ["lot:3"], expecting: ["lot:1": 5]))
      }
      #expect(try await ledger.reader().size() == 1)
      // The key of a refused commit is free.
      let again = try await writer.append(Sample.commit("k2", ["lot:2"], expecting: ["lot:1": 1]))
      #expect(again.firstPosition == 1)
      await writer.close()
    }
  }

  @Test func `the same key gives the first answer, other content is refused`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let request = try Sample.commit("k1", ["lot:1"], expecting: ["lot:1": 0])
      let first = try await writer.append(request)
      _ = try await writer.append(Sample.commit("k2", ["lot:1"]))
      let again = try await writer.append(request)
      #expect(again.duplicate && again.firstPosition == 0 && again.count == 1)
      #expect(again.checkpoint == first.checkpoint && again.checkpointSize == 1)
      await #expect(throws: LedgerError.keyReused(key: try CommitKey("k1"))) {
        try await writer.append(Sample.commit("k1", ["lot:1"], data: "{\"a\":1}"))
      }
      #expect(try await ledger.reader().size() == 2)
      await writer.close()
      // A new writer knows it as well.
      let next = try await ledger.writer()
      #expect(try await next.append(request) == again)
      await next.close()
    }
  }

  @Test func `what no ledger takes is refused by name`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      await #expect(throws: LedgerError.emptyCommit(key: try CommitKey("k"))) {
        try await writer.append(Sample.commit("k", []))
      }
      let filler = String(repeating: "a", count: 65_400)
      let large = try Sample.commit("k", ["lot:1"], data: "{\"a\":\"\(filler)\"}")
      let error = await #expect(throws: LedgerError.self) { try await writer.append(large) }
      #expect(error?.code == "event-too-large")
      #expect(try await ledger.reader().size() == 0)
      // 65,535 bytes exactly are an event.
      let probe = try await writer.append(Sample.commit("p", ["lot:1"], data: "{\"a\":\"\"}"))
      let bytes = try await ledger.reader().events(from: 0, limit: 1)[0].bytes.count
      let room = String(repeating: "a", count: 65_535 - bytes)
      _ = try await writer.append(Sample.commit("q", ["lot:2"], data: "{\"a\":\"\(room)\"}"))
      #expect(try await ledger.reader().events(from: 1, limit: 1)[0].bytes.count == 65_535)
      #expect(probe.count == 1)
      await writer.close()
      await #expect(throws: LedgerError.closed) {
        try await writer.append(Sample.commit("z", ["lot:1"]))
      }
    }
  }

  @Test func `recordedAt never goes back though the clock does`() async throws {
    try await TestLedger.with { ledger in
      let times = Times([5_000_000, 3_000_000, 4_000_000, 9_000_000])
      let writer = try await ledger.writer(clock: LedgerClock(now: { times.next() }))
      for key in ["a", "b", "c", "d"] { _ = try await writer.append(Sample.commit(key, ["lot:1"])) }
      let events = try await ledger.reader().events(from: 0, limit: 9)
      #expect(
        events.map(\.envelope.recordedAt.microseconds)
          == [5_000_000, 5_000_000, 5_000_000, 9_000_000])
      #expect(events.allSatisfy { $0.envelope.occurredAt == Sample.occurredAt })
      await writer.close()
    }
  }

  @Test func `attachments are kept by their digest and may be erased`() async throws {
    try await TestLedger.with { ledger in
      let writer = try await ledger.writer()
      let attachment = Attachment(mediaType: "image/jpeg", bytes: Array(0...255))
      for key in ["a", "b"] {
        _ = try await writer.append(
          Sample.commit(key, ["lot:1"], attachments: [attachment, attachment]))
      }
      let reader = try await ledger.reader()
      #expect(try await reader.attachment(attachment.digest) == attachment)
      try await ledger.asSuperuser("SET ROLE raiz_writer; DELETE FROM raiz.attachments")
      #expect(try await reader.attachment(attachment.digest) == nil)
      #expect(try await ledger.audit().isSound)
      await writer.close()
    }
  }

  @Test func `a ledger belongs to one origin`() async throws {
    try await TestLedger.with { ledger in
      _ = try await ledger.writer()
      let other = try CheckpointSigner(name: "other.example/x", privateKey: .init())
      let error = await #expect(throws: LedgerError.self) {
        try await LedgerWriter.open(pool: ledger.pool, ledger: TestLedger.name, signer: other)
      }
      #expect(error?.code == "origin-mismatch")
      await #expect(throws: LedgerError.notFound(what: "ledger nowhere")) {
        try await LedgerReader(pool: ledger.pool, ledger: "nowhere")
      }
    }
  }
}
