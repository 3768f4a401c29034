import Foundation
import TestSupport
import Testing
import ValueTypes

import enum Crypto.Curve25519

@testable import Ledger

/// A log is audited from its files alone.
@Suite struct LogAuditTests {
  /// Events of some streams, in commits of seven.
  private func made(_ count: Int, in folder: URL) throws -> MadeLog {
    var log = try MadeLog(in: folder)
    for number in 0..<count {
      try log.add("lot:\(number * 7 % 31)", commit: "c\(number / 7)", data: "{\"n\":\(number)}")
    }
    return log
  }

  // 65,536 entries fill a tile of level 1, and 300 more begin others on each level.
  @Test(arguments: [1, 2, 255, 256, 257, 511, 512, 800, 65_836])
  func `a log of any size is sound, and begins with its own earlier trees`(size: Int) async throws {
    try await withFolder { folder in
      let log = try made(size, in: folder)
      try log.write()
      let sizes = [1, 2, 100, 255, 256, 257, 512, 65_536, size].filter { $0 <= size }
      for threads in [1, 3] {
        let report = try await log.audit(earlier: sizes.map { try log.note($0) }, threads: threads)
        #expect(report.isSound, "\(report.audit.discrepancies)")
        #expect(report.audit.size == Int64(size) && report.streams == Int64(min(size, 31)))
        #expect(report.commits == Int64((size + 6) / 7) && report.headsAt == nil)
        #expect(report.audit.checkpoints == Int64(sizes.count + 1))
        let tiles = TileRow.all(of: Int64(size)).dropFirst().reduce(0) { $0 + $1.count }
        #expect(report.audit.tiles == tiles)
      }
    }
  }

  @Test func `every bit of every file counts, and what is missing is said`() async throws {
    try await withFolder { folder in
      let log = try made(700, in: folder)
      let names = try log.write()
      #expect(names.count == 8)
      var random = SeededGenerator(seed: 11)
      for name in names {
        let file = URL(filePath: log.folder + "/" + name)
        let sound = try Data(contentsOf: file)
        for _ in 0..<25 {
          var changed = sound
          let place = Int.random(in: 0..<sound.count, using: &random)
          changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
          try changed.write(to: file)
          let report = try await log.audit()
          #expect(!report.isSound, "\(name), byte \(place)")
        }
        for cut in [sound.dropLast(), sound + [0], Data(), sound + Data(count: 17 << 20)] {
          try cut.write(to: file)
          let report = try await log.audit()
          #expect(!report.isSound, "\(name) of \(cut.count) bytes")
        }
        try FileManager.default.removeItem(at: file)
        if name == "checkpoint" {
          let error = await #expect(throws: LedgerError.self) { try await log.audit() }
          #expect("\(error, default: "")".contains("no checkpoint"))
        } else {
          let report = try await log.audit()
          #expect(report.audit.discrepancies.contains { $0.detail.contains("missing") }, "\(name)")
        }
        try sound.write(to: file)
      }
      #expect(try await log.audit().isSound)
    }
  }

  @Test func `what was changed is told from what is right`() async throws {
    try await withFolder { folder in
      let log = try made(700, in: folder)
      try log.write()
      let cases = [
        // The data of an entry, so that it stays an event; in a full bundle and in the last.
        ("tile/entries/001", "\"n\":300", "\"n\":399", ["event-changed 300"]),
        (
          "tile/entries/002.p/188", "\"n\":600", "\"n\":699",
          ["event-changed 600", "checkpoint-wrong 0"]
        ),
      ]
      for (name, old, new, found) in cases {
        let file = URL(filePath: log.folder + "/" + name)
        let sound = try Data(contentsOf: file)
        let text = String(decoding: sound, as: UTF8.self)
        #expect(text.contains(old))
        var changed = sound
        changed.replaceSubrange(
          try #require(sound.firstRange(of: Data(old.utf8))), with: Data(new.utf8))
        try changed.write(to: file)
        #expect(try await log.audit().found == found, "\(name)")
        try sound.write(to: file)
      }
      for (name, found) in [
        ("tile/0/001", "tile-changed 259"), ("tile/0/002.p/188", "tile-changed 515"),
        ("tile/1/000.p/2", "tile-changed 0"),
      ] {
        let file = URL(filePath: log.folder + "/" + name)
        let sound = try Data(contentsOf: file)
        var changed = sound
        changed[min(3 * 32 + 5, sound.count - 1)] ^= 1
        try changed.write(to: file)
        #expect(try await log.audit().found == [found], "\(name)")
        try sound.write(to: file)
      }
    }
  }

  @Test func `streams, commits and times that are not whole are named`() async throws {
    let faults: [(String, (inout MadeLog) throws -> Void, String)] = [
      ("a hole", { try $0.add("lot:3", commit: "x", version: 90) }, "lot:3 goes from version 2"),
      ("twice", { try $0.add("lot:3", commit: "x", version: 2) }, "from version 2 to 2"),
      ("no start", { try $0.add("lot:new", commit: "x", version: 2) }, "from version 0 to 2"),
      ("started again", { try $0.add("lot:3", commit: "x", version: 1) }, "from version 2 to 1"),
      ("commit again", { try $0.add("lot:3", commit: "c4") }, "c4 was recorded before"),
      ("earlier", { try $0.add("lot:3", commit: "x", later: -900_000) }, "recorded before the"),
      ("no event", { $0.add(raw: Array("{\"id\":1}".utf8)) }, "its bytes are no event"),
    ]
    for (what, fault, says) in faults {
      try await withFolder { folder in
        // Bundles before and after, so that a walk goes on with what it knows.
        var log = try made(60, in: folder)
        try fault(&log)
        for number in 0..<400 { try log.add("lot:z\(number % 9)", commit: "d\(number)") }
        try log.write()
        let report = try await log.audit()
        #expect(report.audit.discrepancies.count == 1, "\(what): \(report.audit.discrepancies)")
        let first = try #require(report.audit.discrepancies.first)
        #expect(first.detail.contains(says) && first.positions == 60..<61, "\(what): \(first)")
      }
    }
  }

  @Test func `the last commitment to heads is that of the events`() async throws {
    try await withFolder { folder in
      var log = try made(300, in: folder)
      try log.commitHeads()
      for number in 0..<40 { try log.add("lot:\(number)", commit: "e\(number)") }
      try log.commitHeads()
      // Some streams go on, one twice, and one begins: none of it is in the map.
      for stream in ["lot:1", "lot:1", "lot:33", "plot:new", "ledger:other"] {
        try log.add(stream, commit: "f\(log.entries.count)")
      }
      try log.write()
      let report = try await log.audit()
      #expect(report.isSound && report.headsAt == 341, "\(report.audit.discrepancies)")
    }
    let lies: [(HeadsCommitted) -> HeadsCommitted] = [
      { HeadsCommitted(size: $0.size, streams: $0.streams - 1, root: $0.root) },
      { HeadsCommitted(size: $0.size, streams: $0.streams, root: MerkleTree.emptyRoot) },
      { HeadsCommitted(size: $0.size - 1, streams: $0.streams, root: $0.root) },
    ]
    for lie in lies {
      try await withFolder { folder in
        var log = try made(300, in: folder)
        try log.commitHeads(lie)
        try log.write()
        #expect(try await log.audit().found == ["heads-wrong 300"])
      }
    }
  }

  @Test func `where an event cannot be read, a commitment to heads is not called wrong`()
    async throws
  {
    try await withFolder { folder in
      var log = try made(300, in: folder)
      try log.commitHeads()
      try log.write()
      let file = URL(filePath: log.folder + "/tile/entries/000")
      var bytes = try Data(contentsOf: file)
      // The brace that the first entry begins with, behind its length.
      bytes[2] ^= 1
      try bytes.write(to: file)
      let report = try await log.audit()
      #expect(report.found == ["event-changed 0", "event-contradicts 0", "stream-wrong 31"])
      #expect(report.headsAt == nil)
    }
  }

  @Test func `a log that was rewritten or set back does not begin with what was signed`()
    async throws
  {
    try await withFolder { folder in
      let log = try made(600, in: folder)
      var other = try MadeLog(in: folder.appending(path: "other"))
      for number in 0..<600 { try other.add("lot:\(number)", commit: "c\(number)") }
      try other.write()
      #expect(try await other.audit(earlier: [other.note(5)]).isSound)
      for size in [1, 256, 300, 600] {
        let report = try await other.audit(earlier: [log.note(size), other.note(size)])
        #expect(report.found == ["published-differs 0"])
      }
      let longer = try other.signer.sign(size: 601, root: MerkleTree.emptyRoot)
      #expect(try await other.audit(earlier: [longer]).found == ["published-differs 600"])
      let stranger = try CheckpointSigner(name: "raiz.example/made", privateKey: .init())
      let note = try stranger.sign(size: 600, root: MerkleTree.emptyRoot)
      #expect(try await other.audit(earlier: [note]).found == ["checkpoint-wrong -1"])
      // A checkpoint that its own key signed, of another tree.
      try other.write(note: log.note())
      #expect(try await other.audit().found == ["checkpoint-wrong 0"])
      try other.write(note: note)
      #expect(try await other.audit().found == ["checkpoint-wrong -1"])
    }
  }

  @Test func `witnesses that are asked for must have cosigned`() async throws {
    try await withFolder { folder in
      let log = try made(9, in: folder)
      let witness = try Cosigner(name: "w.example/1", privateKey: .init())
      let absent = try Cosigner(name: "w.example/2", privateKey: .init())
      let note = try log.note()
      let body = try SignedNote(parsing: note).text
      try log.write(note: note + witness.cosign(body: body, time: 1_790_000_000).line)
      let keys = [witness, absent].map(\.verifier.verifierKey)
      let one = try await log.audit(witnesses: WitnessPolicy(verifierKeys: keys, needed: 1))
      #expect(one.isSound && one.witnesses == ["w.example/1"])
      let both = try await log.audit(witnesses: WitnessPolicy(verifierKeys: keys))
      #expect(both.found == ["checkpoint-wrong -1"])
      #expect(both.audit.discrepancies[0].detail.contains("1 of the 2 witnesses"))
    }
  }

  @Test func `another program's log has its tree, and no events of ours`() async throws {
    let folder = try sharedData("tree/tessera/testdata/log").path
    let key = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
    let verifier = try CheckpointVerifier(verifierKey: key)
    let report = try await LogAudit(folder: folder, verifiers: [verifier], threads: 2).run()
    #expect(report.found == (0..<15).map { "event-contradicts \($0)" })
  }

  @Test func `an exported ledger is sound, and grows from what was kept`() async throws {
    try await TestLedger.with { ledger in
      try await withFolder { folder in
        let out = folder.appending(path: "log").path
        let writer = try await ledger.writer()
        let reader = try await ledger.reader()
        let export = LogExport(reader: reader, verifier: ledger.signer.verifier, folder: out)
        _ = try await writer.append(Sample.commit("a", (0..<600).map { "lot:\($0 % 5)" }))
        _ = try await HeadsKeeper(pool: ledger.pool, reader: reader)
          .commit(writer, recordedBy: "raiz", now: Sample.occurredAt)
        _ = try await export.run()
        let kept = try String(contentsOfFile: out + "/checkpoint", encoding: .utf8)
        let first = try await audit(ledger, out, [])
        #expect(first.isSound && first.audit.size == 601 && first.headsAt == 600)
        _ = try await writer.append(Sample.commit("b", (0..<300).map { "lot:\($0 % 7)" }))
        await writer.close()
        _ = try await export.run()
        let steps = Steps()
        let grown = try await audit(ledger, out, [kept], steps)
        #expect(grown.isSound && grown.audit.size == 901 && grown.streams == 8)
        #expect(grown.commits == 3 && steps.all.last == [901, 901])
        #expect(try await ledger.audit().isSound)
      }
    }
  }

  private func audit(
    _ ledger: TestLedger, _ folder: String, _ earlier: [String], _ steps: Steps = Steps()
  ) async throws -> LogAuditReport {
    try await LogAudit(
      folder: folder, verifiers: [ledger.signer.verifier], earlier: earlier, threads: 2
    ).run { steps.add($0, $1) }
  }
}
