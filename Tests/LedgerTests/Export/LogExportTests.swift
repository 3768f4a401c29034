import Foundation
import Testing

import enum Crypto.Curve25519

@testable import Ledger

@Suite struct LogExportTests {
  private static let sizes: [(Int64, [String])] = [
    (0, []), (1, ["tile/entries/000.p/1", "tile/0/000.p/1"]),
    (256, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]),
    (
      600,
      [
        "tile/entries/000", "tile/entries/001", "tile/entries/002.p/88", "tile/0/000",
        "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2",
      ]
    ),
  ]

  @Test(arguments: sizes)
  func `a size has the tiles that C2SP asks for`(size: Int64, paths: [String]) throws {
    let tiles = try TileRow.all(of: size).flatMap { row in
      try (0..<row.count).map { try row.tile(at: $0) }
    }
    #expect(tiles.map(\.path) == paths)
    for tile in tiles {
      #expect(tile.isCovered(by: size), "\(tile.path)")
      // Without the last entry under its last hash it is not.
      let level = if case .hashes(let level) = tile.kind { level } else { 0 }
      let needed = (tile.index << 8 + Int64(tile.width)) << Int64(8 * level)
      #expect(!tile.isCovered(by: needed - 1) && tile.isCovered(by: needed), "\(tile.path)")
    }
  }

  @Test func `C2SP's own example of 70,000 entries comes out`() throws {
    let rows = TileRow.all(of: 70_000)
    #expect(rows.map(\.count) == [274, 274, 2, 1])
    #expect(try rows.map { try $0.tile(at: $0.count - 1).width } == [112, 112, 17, 1])
    let covered = try TilePath(path: "tile/63/000.p/1").isCovered(by: .max)
    #expect(!covered)
  }

  @Test func `an export is restarted, grows, repairs and refuses another log`() async throws {
    try await TestLedger.with { ledger in
      try await withFolder { folder in
        let out = folder.appending(path: "log").path
        let writer = try await ledger.writer()
        let reader = try await ledger.reader()
        let export = LogExport(reader: reader, verifier: ledger.signer.verifier, folder: out)
        await #expect(throws: LedgerError.self) { try await export.run() }
        _ = try await writer.append(Sample.commit("a", (0..<600).map { "lot:\($0 % 5)" }))
        let first = try await export.run()
        #expect(first.treeSize == 600 && first.files == 7 && first.written == 7)
        let again = try await export.run()
        #expect(again.kept == 7 && again.bytesWritten == 0)

        _ = try await writer.append(Sample.commit("b", (0..<200).map { "lot:\($0 % 5)" }))
        await writer.close()
        let steps = Steps()
        let grown = try await export.run { steps.add($0, $1) }
        // 800 events: the third tile is full, and the fourth begins.
        #expect(grown.treeSize == 800 && grown.kept == 4 && grown.written == 5)
        #expect(steps.all.last == [9, 9])
        try await expectSame(reader, out, size: 800)

        let damaged = out + "/tile/entries/001"
        var bytes = try #require(FileManager.default.contents(atPath: damaged))
        bytes[100] ^= 1
        try bytes.write(to: URL(filePath: damaged))
        #expect(try await export.run().repaired == 0)
        let compared = try await LogExport(
          reader: reader, verifier: ledger.signer.verifier, folder: out, comparesAll: true
        ).run()
        #expect(compared.repaired == 1 && compared.kept == 8)
        try await expectSame(reader, out, size: 800)
        try await expectRefusals(ledger, export, out)
      }
    }
  }

  private func expectSame(_ reader: LedgerReader, _ out: String, size: Int64) async throws {
    for row in TileRow.all(of: size) {
      for index in 0..<row.count {
        let tile = try row.tile(at: index)
        let bytes = FileManager.default.contents(atPath: out + "/" + tile.path)
        #expect(bytes == Data(try await reader.tile(tile)), "\(tile.path)")
      }
    }
    let note = FileManager.default.contents(atPath: out + "/checkpoint")
    #expect(note == (try await reader.newestCheckpoint()).map { Data($0.note.utf8) })
  }

  /// A folder with a larger tree, another tree, or another key's checkpoint is left as it is.
  private func expectRefusals(
    _ ledger: TestLedger, _ export: LogExport, _ out: String
  ) async throws {
    let root = MerkleTree.emptyRoot
    let stranger = try CheckpointSigner(name: "raiz.example/other", privateKey: .init())
    let notes = [
      ("rolled-back", try ledger.signer.sign(size: 9_000, root: root)),
      ("inconsistent", try ledger.signer.sign(size: 700, root: root)),
      ("file", try stranger.sign(size: 800, root: root)), ("file", "damaged"),
    ]
    for (code, note) in notes {
      try Data(note.utf8).write(to: URL(filePath: out + "/checkpoint"))
      let error = await #expect(throws: LedgerError.self) { try await export.run() }
      #expect(error?.code == code)
      let kept = FileManager.default.contents(atPath: out + "/checkpoint")
      #expect(kept == Data(note.utf8))
    }
    let held = try LogFolder(out)
    let error = await #expect(throws: LedgerError.self) { try await export.run() }
    #expect("\(error, default: "")".contains("another export") && held.path == out)
  }
}
