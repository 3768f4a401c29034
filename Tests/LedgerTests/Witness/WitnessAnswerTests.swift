import Foundation
import Testing

@testable import Ledger

/// Every answer of C2SP tlog-witness v1.0.0, and what stays after a crash.
@Suite struct WitnessAnswerTests {
  private let log: TestLog
  private let fork: TestLog

  init() throws {
    log = try TestLog((0..<20).map { "entry \($0)" })
    fork = try TestLog((0..<20).map { $0 < 4 ? "entry \($0)" : "other \($0)" })
  }

  private func with(_ body: (Witness, URL) async throws -> Void) async throws {
    try await withFolder { folder in
      try await body(TestWitness.open(folder, [log.signer.verifierKey]), folder)
    }
  }

  @Test func `200: each step is cosigned, and served to monitors`() async throws {
    try await with { witness, _ in
      let hash = witness.logs[0].originHash
      #expect(await witness.checkpoint(originHash: hash) == nil)
      var known = 0
      for size in [0, 1, 1, 7, 8, 20, 20] {
        let request = try log.request(from: known, to: size)
        let cosignature = try await witness.cosign(Array(request.text.utf8))
        let note = try log.note(size) + cosignature.line
        #expect(try witness.cosigner.verifier.cosignature(in: note) == cosignature)
        #expect(cosignature.time == TestWitness.time)
        #expect(await witness.checkpoint(originHash: hash) == note)
        known = size
      }
    }
  }

  @Test func `400: what does not parse, and an old size above the checkpoint's`() async throws {
    try await with { witness, _ in
      let note = try log.note(5)
      let hash = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
      for body in [
        "", "old 0\n", "old 0\n\n", "old 00\n\n\(note)", "old -1\n\n\(note)",
        "old +0\n\n\(note)", "old  0\n\n\(note)", "new 0\n\n\(note)", "old 0\r\n\r\n\(note)",
        "old 0\nAAAA\n\n\(note)", "old 0\n\(hash) \n\n\(note)", "old 6\n\n\(note)",
        "old 0\n" + String(repeating: hash + "\n", count: 64) + "\n\(note)",
        "old 0\n\nno checkpoint\n\n— x AAAAAAAA\n".replacing("AAAAAAAA", with: "A"),
        "old 0\n\n" + note.dropLast(3), "\u{FEFF}old 0\n\n\(note)",
      ] {
        #expect(try await TestWitness.ask(witness, body).status == 400, "\(body.prefix(40))")
      }
      let invalid = Array("old 0\n\n".utf8) + [0xFF] + Array(note.utf8)
      await #expect(throws: WitnessRefusal.self) { try await witness.cosign(invalid) }
      let signed = try log.signer.sign(body: "\(TestLog.origin)\n05\n\(hash)\n")
      #expect(try await TestWitness.ask(witness, "old 0\n\n\(signed)").status == 400)
      #expect(try await TestWitness.ask(witness, log.request(from: 0, to: 5).text).status == 200)
    }
  }

  @Test func `403: no known key signed, or a known key signed badly`() async throws {
    try await with { witness, _ in
      let stranger = try TestLog(["entry 0"], seed: 2)
      #expect(
        try await TestWitness.ask(witness, stranger.request(from: 0, to: 1).text).status == 403)
      let lines = try log.note(5).split(separator: "\n").last ?? ""
      let mixed = try log.note(6) + lines + "\n"
      #expect(try await TestWitness.ask(witness, "old 0\n\n\(mixed)").status == 403)
      // Signatures by unknown keys beside a good one are ignored, and not passed on.
      let extra = try stranger.note(1).split(separator: "\n").last ?? ""
      let both = try log.note(6) + extra + "\n"
      #expect(try await TestWitness.ask(witness, "old 0\n\n\(both)").status == 200)
      let kept = await witness.checkpoint(originHash: witness.logs[0].originHash)
      #expect(kept?.contains(extra) == false)
    }
  }

  @Test func `404: an origin that nobody named`() async throws {
    try await with { witness, _ in
      let other = try TestLog(["a"], origin: "raiz.example/other")
      #expect(try await TestWitness.ask(witness, other.request(from: 0, to: 1).text).status == 404)
    }
  }

  @Test func `409: another old size, with the known one; a shrinking or split tree`() async throws {
    try await with { witness, folder in
      #expect(try await TestWitness.ask(witness, log.request(from: 3, to: 5).text) == (409, 0))
      #expect(try await TestWitness.ask(witness, log.request(from: 0, to: 8).text).status == 200)
      #expect(try await TestWitness.ask(witness, log.request(from: 0, to: 8).text) == (409, 8))
      #expect(try await TestWitness.ask(witness, log.request(from: 0, to: 5).text) == (409, 8))
      #expect(try await TestWitness.ask(witness, log.request(from: 5, to: 5).text) == (409, 8))
      #expect(try await TestWitness.ask(witness, fork.request(from: 8, to: 8).text) == (409, 8))
      // Both notes of the split view are kept: the log's own signature stands under each.
      let evidence = folder.appending(path: witness.logs[0].originHash + ".split-view")
      let text = try String(contentsOf: evidence, encoding: .utf8)
      #expect(try text.contains(log.note(8)) && text.contains(fork.note(8)))
      #expect(try await TestWitness.ask(witness, log.request(from: 8, to: 9).text).status == 200)
    }
  }

  @Test func `422: a proof that does not lead from the known tree to the new one`() async throws {
    try await with { witness, _ in
      let start = try log.request(from: 0, to: 8)
      let padded = AddCheckpointRequest(
        oldSize: 0, proof: [log.root(1)], checkpoint: start.checkpoint)
      #expect(try await TestWitness.ask(witness, padded.text).status == 422)
      let empty = try log.signer.sign(size: 0, root: log.root(1))
      #expect(try await TestWitness.ask(witness, "old 0\n\n\(empty)").status == 422)
      #expect(try await TestWitness.ask(witness, start.text).status == 200)
      let good = try log.request(from: 8, to: 13)
      for proof in [[], Array(good.proof.dropLast()), good.proof + [log.root(1)]] {
        let bad = AddCheckpointRequest(oldSize: 8, proof: proof, checkpoint: good.checkpoint)
        #expect(try await TestWitness.ask(witness, bad.text).status == 422)
      }
      let same = AddCheckpointRequest(
        oldSize: 8, proof: [log.root(1)], checkpoint: start.checkpoint)
      #expect(try await TestWitness.ask(witness, same.text).status == 422)
      #expect(try await TestWitness.ask(witness, fork.request(from: 8, to: 13).text).status == 422)
      #expect(try await TestWitness.ask(witness, good.text).status == 200)
    }
  }

  @Test func `a crash between keeping and answering costs one question more`() async throws {
    try await withFolder { folder in
      let request = try log.request(from: 0, to: 8)
      do {
        let witness = try TestWitness.open(folder, [log.signer.verifierKey])
        // The answer is lost with the process.
        _ = try await witness.cosign(Array(request.text.utf8))
      }
      let again = try TestWitness.open(folder, [log.signer.verifierKey])
      #expect(try await TestWitness.ask(again, request.text) == (409, 8))
      #expect(try await TestWitness.ask(again, log.request(from: 8, to: 8).text).status == 200)
      #expect(try await TestWitness.ask(again, fork.request(from: 0, to: 9).text) == (409, 8))
    }
  }

  @Test func `a state that nobody signed, or a folder in use, is refused`() async throws {
    try await with { witness, folder in
      _ = try await witness.cosign(Array(log.request(from: 0, to: 8).text.utf8))
      #expect(throws: LedgerError.self) {
        try TestWitness.open(folder, [log.signer.verifierKey])
      }
    }
    try await withFolder { folder in
      let path = folder.appending(path: WitnessedLog.hash(of: TestLog.origin) + ".checkpoint")
      let stranger = try TestLog(["entry 0"], seed: 2)
      try Data(stranger.note(1).utf8).write(to: path)
      #expect(throws: LedgerError.self) {
        try TestWitness.open(folder, [log.signer.verifierKey])
      }
    }
  }
}
